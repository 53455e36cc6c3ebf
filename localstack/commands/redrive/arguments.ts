import { parseArgs } from 'node:util';

export const REDRIVE_USAGE = `
  npm run redrive -- [--stage dev] [--apply] [--json] [--help]

  Shows what lies in the dead-letter queues of a stage: messages that a function
  failed to answer again and again. With --apply they go back to their queues;
  those that cannot be read stay. Do that once the cause is mended. Nothing is
  lost meanwhile: the rows know what is due, and the sweep rings for them.

  --stage  whose queues; dev unless AWS_STAGE says otherwise
  --apply  moves the messages back
  --json   one JSON object: {"stage", "queues": [{"type", "queue", "moved", "letters":
           [{"message_id", "ids" or null, "body", "age_s", "receives"}]}]}

  Region and credentials are those of the AWS command line (AWS_PROFILE,
  AWS_REGION, ...); AWS_ENDPOINT_URL names an emulator. It needs sqs:GetQueueUrl,
  ReceiveMessage, ChangeMessageVisibility and DeleteMessage, and SendMessage on
  the queues they go back to.
`;

export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError for an argument that is not known, or a stage that cannot be one. */
export function readRedriveArguments(args: string[], env: NodeJS.ProcessEnv = process.env) {
  const { stage, ...flags } = parse(args);
  const named = stage ?? (env['AWS_STAGE'] || 'dev');
  if (!/^[A-Za-z0-9-]{1,40}$/.test(named)) throw new UsageError(`${JSON.stringify(named)} is not the name of a stage.`);
  return { stage: named, apply: flags.apply ?? false, json: flags.json ?? false, help: flags.help ?? false };
}

function parse(args: string[]) {
  try {
    const boolean = { type: 'boolean' } as const;
    const options = {
      stage: { type: 'string' },
      apply: boolean,
      json: boolean,
      help: { ...boolean, short: 'h' },
    } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${REDRIVE_USAGE}`);
  }
}
