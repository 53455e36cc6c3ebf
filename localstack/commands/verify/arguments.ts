import { parseArgs } from 'node:util';

export interface VerifyArguments {
  json: boolean;
  help: boolean;
  /** How long each thing that takes its time may take. */
  timeoutMs: number;
}

/** The command was typed wrongly: exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A payment takes 10 s outside test mode, a refund 5 s; three times as much is no load any more. */
const STANDARD_TIMEOUT_S = 30;

export const usageOf = (command: string, about: string) => `${about}

npm run ${command} -- [--json] [--timeout n]
  --json       print one JSON object at the end instead of the steps
  --timeout n  wait at most n seconds for each thing (1 to 600, else ${STANDARD_TIMEOUT_S})
Environment: API_URL, API_KEY, API_SECRET; else those of the gateway that runs here
Exit status: 0 all is well, 1 something is not, 2 the command was typed wrongly`;

/** @throws UsageError */
export function readVerifyArguments(args: string[]): VerifyArguments {
  const { json = false, help = false, timeout = String(STANDARD_TIMEOUT_S) } = parse(args);
  const seconds = Number(timeout);
  if (seconds >= 1 && seconds <= 600) return { json, help, timeoutMs: seconds * 1_000 };
  throw new UsageError(`--timeout must be a number from 1 to 600, but it is "${timeout}".`);
}

function parse(args: string[]) {
  const boolean = { type: 'boolean' } as const;
  try {
    const options = { json: boolean, help: { ...boolean, short: 'h' }, timeout: { type: 'string' } } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
