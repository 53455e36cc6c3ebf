/** `npm run remove`: takes a stage off AWS, with everything its deployment made. */
import { join } from 'node:path';
import '../die-with-parent.ts';
import { sentenceOf } from '../startup-error.ts';
import { agrees } from './deploy/agrees.ts';
import { readStageArguments, runServerless, StageUsageError } from './deploy/stage-arguments.ts';

const root = join(import.meta.dirname, '..', '..');

const HELP = [
  'npm run remove -- --stage dev|prod [--yes] [--region R] [--aws-profile P]',
  '',
  'Deletes the stack of the stage with its queues, its table, its logs and its web. What is outside the stack stays: the',
  'database, and the secrets in the Parameter Store (aws ssm delete-parameters removes those).',
].join('\n');

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit status: 1 when it did not work, 2 when it was typed wrongly. */
async function main(args: string[]): Promise<number> {
  try {
    const { stage, isDryRun, isAgreed, isHelp, handedOn } = readStageArguments(args);
    if (isHelp || isDryRun) {
      console.log(HELP);
      return 0;
    }
    if (!isAgreed && !(await agrees(`Remove stage ${stage}, whatever it holds?`))) return 1;
    return (await runServerless(root, ['remove', '--stage', stage, ...handedOn])) === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof StageUsageError ? `${error.message}\n\n${HELP}` : sentenceOf(error));
    return error instanceof StageUsageError ? 2 : 1;
  }
}
