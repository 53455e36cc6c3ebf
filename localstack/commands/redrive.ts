/** `npm run redrive`: what lies in the dead-letter queues of a stage, and with --apply, back with it. */
import { join } from 'node:path';
import { sqsClient } from '../../shared/queue/sqs-client.ts';
import { jobs } from '../aws-resources.ts';
import '../die-with-parent.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { readRedriveArguments, REDRIVE_USAGE, UsageError } from './redrive/arguments.ts';
import { redriveJson, redriveScreen } from './redrive/report.ts';
import { redriveQueue } from './redrive/redrive-queue.ts';
import { whyNot } from './redrive/why-not.ts';

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit status: 1 when it did not work, 2 when it was typed wrongly. */
async function main(args: string[]): Promise<number> {
  try {
    const { stage, apply, json, help } = readRedriveArguments(args);
    if (help) {
      console.log(REDRIVE_USAGE);
      return 0;
    }
    // The SDK reads its own variables from the environment, so what .env says has to stand there.
    Object.assign(process.env, commandEnvironment(join(import.meta.dirname, '..', '..'), process.env));
    const client = sqsClient();
    const queues = [];
    for (const type of jobs) queues.push(await redriveQueue(client, { stage, type, apply }));
    client.destroy();
    console.log(json ? redriveJson(stage, queues) : redriveScreen(stage, queues, { apply }));
    return 0;
  } catch (error) {
    console.error(whyNot(error));
    return error instanceof UsageError ? 2 : 1;
  }
}
