/** `npm start`: the whole gateway on this machine. Ctrl-C ends all of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import './die-with-parent.ts';
import { readyJson, readyScreen } from './stack/ready-screen.ts';
import { sandboxEnvironment } from './stack/sandbox-environment.ts';
import { readSettings, type Settings } from './stack/settings.ts';
import { Stack } from './stack/stack.ts';
import { sentenceOf } from './startup-error.ts';

const root = join(import.meta.dirname, '..');
/** Standard output carries the screen, or the JSON line, and nothing else. */
const tell = (line: string) => console.error(line);

let stack: Stack | undefined;
let leaving: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(0));
// A terminal that was closed takes no more lines; that must not end us before the children have ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.chdir(root);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = readSettings(process.argv.slice(2), process.env, root);
  // The migrations and the seed run in this process and read their settings here.
  const env = Object.assign(process.env, sandboxEnvironment(process.env, tell));
  stack = new Stack({ root, env, settings, tell, giveUp });
  show(await stack.start(), settings);
} catch (error) {
  // A start that was interrupted fails in many ways, none of them news.
  if (leaving === undefined) giveUp(sentenceOf(error));
}

function show(facts: Awaited<ReturnType<Stack['start']>>, { json }: Settings): void {
  console.log(json ? readyJson(facts) : readyScreen(facts));
}

function giveUp(lastWords: string): void {
  tell(lastWords);
  leave(1);
}

function leave(exitCode: number): void {
  leaving ??= stopAndExit(exitCode);
}

async function stopAndExit(exitCode: number): Promise<void> {
  await stack?.stop().catch((error: unknown) => tell(sentenceOf(error)));
  process.exit(exitCode);
}
