/** `npm run seed`: fills the test merchant's books, in the running gateway's database or the one of DATABASE_URL. */
import { join } from 'node:path';
import '../die-with-parent.ts';
import { connectDatabase } from '../../shared/database/database.ts';
import { createLog } from '../../shared/runtime/log.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { createSealer } from '../../shared/secrets/sealer.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { StartupError } from '../startup-error.ts';
import { whyNot } from './merchant/why-not.ts';
import { readSeedArguments, SEED_USAGE, type SeedArguments, UsageError } from './seed/arguments.ts';
import { fill } from './seed/fill.ts';
import { filledScreen, showProgress } from './seed/screen.ts';

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit status: 1 when it did not work, 2 when it was typed wrongly. */
async function main(args: string[]): Promise<number> {
  let env = process.env;
  try {
    const wanted = readSeedArguments(args);
    if (wanted.help) console.log(SEED_USAGE);
    if (wanted.help) return 0;
    env = commandEnvironment(join(import.meta.dirname, '..', '..'), process.env);
    await seed(env, wanted);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${SEED_USAGE}`);
    else console.error(whyNot(error, env));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function seed(env: NodeJS.ProcessEnv, wanted: SeedArguments): Promise<void> {
  const settings = readSettings(env);
  if (settings.GATEWAY_MODE === 'production') {
    throw new StartupError('This gateway is a production one: payments that nobody made have no business there.');
  }
  const startedMs = performance.now();
  const database = connectDatabase({ url: settings.DATABASE_URL, poolSize: 2, log: createLog('silent') });
  try {
    const progress = wanted.json ? () => undefined : showProgress(wanted.payments);
    const filled = await fill({ database, sealer: createSealer(settings.SEALING_KEYS) }, wanted, progress);
    const tookMs = Math.round(performance.now() - startedMs);
    console.log(wanted.json ? JSON.stringify({ ...filled, took_ms: tookMs }) : filledScreen(filled, tookMs));
  } finally {
    await database.close();
  }
}
