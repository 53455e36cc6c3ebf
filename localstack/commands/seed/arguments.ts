import { parseArgs } from 'node:util';

export type SeedArguments = { payments: number; seed: number; json: boolean; help: boolean };

/** The command was typed wrongly: exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const standardPayments = 1_000;
const mostPayments = 1_000_000;

export const SEED_USAGE = `Fills the books of the test merchant of the gateway that runs here with thirty days of payments, refunds and
webhooks, as a shop in India might have them. Sandbox only. What is there already stays.

npm run seed -- [--payments n] [--seed n] [--json]
  --payments n  how many, 1 to ${mostPayments} (else ${standardPayments})
  --seed n      the same two numbers make the same payments; another one makes others (else 1)
  --json        print one JSON object at the end instead of the progress
Exit status: 0 done, 1 not done, 2 the command was typed wrongly`;

/** @throws UsageError */
export function readSeedArguments(args: string[]): SeedArguments {
  const { payments, seed, json = false, help = false } = parse(args);
  return {
    payments: wholeNumber('--payments', payments, 1, mostPayments) ?? standardPayments,
    seed: wholeNumber('--seed', seed, 0, 2 ** 31) ?? 1,
    json,
    help,
  };
}

function wholeNumber(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${name} must be a whole number from ${min} to ${max}, but it is "${text}".`);
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = { payments: text, seed: text, json: flag, help: { ...flag, short: 'h' } } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
