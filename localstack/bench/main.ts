/** `npm run bench`: drives the running gateway and prints what it does beside what the machine can. Ctrl-C ends it tidily. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import '../die-with-parent.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { sentenceOf } from '../startup-error.ts';
import { findGateway } from './find-gateway.ts';
import { readBenchSettings } from './bench-settings.ts';
import { runBench } from './run-bench.ts';
import { showJson, showTable } from './show-figures.ts';
import { startGateway } from './start-gateway.ts';

const root = join(import.meta.dirname, '..', '..');
/** Standard output carries the figures and nothing else. What an interrupted run fails of is no news. */
const tell = (line: string) => {
  if (leaving === undefined) console.error(line);
};

const cleanUps: (() => Promise<void>)[] = [];
const atEnd = (cleanUp: () => Promise<void>) => void cleanUps.unshift(cleanUp);
let leaving: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(130));
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.chdir(root);
  const settings = readBenchSettings(process.argv.slice(2));
  // A gateway of its own shall not be told what a running one works with.
  if (settings.start && existsSync('.env')) process.loadEnvFile('.env');
  const gateway = settings.start
    ? await startGateway({ root, env: process.env, tell, atEnd })
    : await findGateway(commandEnvironment(root, process.env));
  const figures = await runBench(gateway, { seconds: settings.seconds, root, tell, atEnd });
  console.log(settings.json ? showJson(figures) : showTable(figures));
  leave(0);
} catch (error) {
  tell(sentenceOf(error));
  leave(1);
}

function leave(exitCode: number): void {
  leaving ??= cleanUpAndExit(exitCode);
}

/** The last thing set up is the first to go: the merchant's webhook URL is restored while there is a gateway to ask. */
async function cleanUpAndExit(exitCode: number): Promise<void> {
  for (const cleanUp of cleanUps) await cleanUp().catch((error: unknown) => console.error(sentenceOf(error)));
  process.exit(exitCode);
}
