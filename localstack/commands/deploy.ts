/** `npm run deploy`: packages a stage, says what it makes and what rights that takes, and puts it on AWS. */
import { join } from 'node:path';
import '../die-with-parent.ts';
import { describeTemplate } from '../aws/deployment/describe-template.ts';
import { readTemplate } from '../aws/lambda-runtime/resolve-template.ts';
import { sentenceOf } from '../startup-error.ts';
import { buildWeb, isBuilt } from '../web-build/built-web.ts';
import { agrees } from './deploy/agrees.ts';
import { readStageArguments, runServerless, StageUsageError } from './deploy/stage-arguments.ts';

const root = join(import.meta.dirname, '..', '..');

const HELP = [
  'npm run deploy -- --stage dev|prod [--yes] [--dry-run] [--param="name=value" ...] [--region R] [--aws-profile P]',
  '',
  'Packages the stage, prints what it will create and the rights that takes, asks, and deploys: secrets are looked for,',
  'the database is migrated, the functions and all around them are made, the built web is uploaded.',
  '--dry-run ends after printing and needs no account; --yes asks nothing. Parameters stand in serverless.yml.',
].join('\n');

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit status: 1 when it did not work, 2 when it was typed wrongly. */
async function main(args: string[]): Promise<number> {
  try {
    const { stage, isDryRun, isAgreed, isHelp, handedOn } = readStageArguments(args);
    if (isHelp) {
      console.log(HELP);
      return 0;
    }
    if (!isBuilt(root)) await buildWeb(root);
    const packaged = await runServerless(root, ['package', '--stage', stage, ...handedOn]);
    if (packaged !== 0) return 1;
    console.log(`\n${describeTemplate(readTemplate(join(root, '.serverless')), stage)}\n`);
    if (isDryRun) return 0;
    if (!isAgreed && !(await agrees(`Deploy stage ${stage}?`))) return 1;
    return (await runServerless(root, ['deploy', '--stage', stage, ...handedOn])) === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof StageUsageError ? `${error.message}\n\n${HELP}` : sentenceOf(error));
    return error instanceof StageUsageError ? 2 : 1;
  }
}
