import { parseArgs } from 'node:util';
import { StartupError } from '../startup-error.ts';

export interface BenchSettings {
  /** Start a gateway for this run instead of driving the one that is there. */
  start: boolean;
  json: boolean;
  /** How long each case is measured. */
  seconds: number;
}

const USAGE = `npm run bench -- [--start] [--json] [--seconds n]
  --start      start a gateway of its own for the run, on free ports and an empty database
  --json       print one JSON object instead of the table
  --seconds n  measure each case for n seconds (1 to 60)
Environment: API_URL or API_PORT, API_KEY, API_SECRET, DATABASE_URL`;

/** Long enough for thousands of requests a case, short enough for the whole run to end within a minute and a half. */
const STANDARD_SECONDS = 4;

export function readBenchSettings(args: string[]): BenchSettings {
  const { start = false, json = false, seconds = String(STANDARD_SECONDS) } = parse(args);
  const measured = Number(seconds);
  if (!(measured >= 1 && measured <= 60)) {
    throw new StartupError(`--seconds must be a number from 1 to 60, but it is "${seconds}".\nUsage: ${USAGE}`);
  }
  return { start, json, seconds: measured };
}

function parse(args: string[]) {
  try {
    const boolean = { type: 'boolean' } as const;
    return parseArgs({ args, options: { start: boolean, json: boolean, seconds: { type: 'string' } } }).values;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`);
  }
}
