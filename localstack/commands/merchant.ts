/** `npm run merchant`: makes and looks after merchants, in the running gateway's database or the one of DATABASE_URL. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '../die-with-parent.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { create } from './merchant/create.ts';
import { list } from './merchant/list.ts';
import { demote, promote } from './merchant/operator.ts';
import { withDeps } from './merchant/with-deps.ts';
import { rotateSecret } from './merchant/rotate-secret.ts';
import { setPassword } from './merchant/set-password.ts';
import { parseOptionsOf, type Subcommand, UsageError } from './merchant/subcommand.ts';
import { activate, deactivate } from './merchant/switch.ts';
import { whyNot } from './merchant/why-not.ts';

const SUBCOMMANDS = new Map<string, Subcommand>([
  ['create', create],
  ['list', list],
  ['deactivate', deactivate],
  ['activate', activate],
  ['promote', promote],
  ['demote', demote],
  ['rotate-secret', rotateSecret],
  ['set-password', setPassword],
]);

const usageOf = (name: string, { usage }: Subcommand) => `npm run merchant -- ${name} ${usage}`.trimEnd();

const HELP = [
  'Makes and looks after the merchants of the gateway that runs here, or of the one behind DATABASE_URL.',
  '',
  ...[...SUBCOMMANDS].flatMap(([name, subcommand]) => [`  ${usageOf(name, subcommand)}`, `      ${subcommand.about}`]),
  '',
  '--json prints one JSON object instead of the text (npm run --silent merchant -- ... for nothing else beside it).',
].join('\n');

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit status: 1 when it did not work, 2 when it was typed wrongly. */
async function main([name = '', ...args]: string[]): Promise<number> {
  const subcommand = SUBCOMMANDS.get(name);
  if (subcommand === undefined) return withoutSubcommand(name);
  let env = process.env;
  try {
    const { values, positionals: words } = parse(args, subcommand);
    const { json, help, ...options } = values;
    if (help === true) return say(`${usageOf(name, subcommand)}\n    ${subcommand.about}`);
    const perform = subcommand.prepare({
      words,
      options: options as Record<string, string>,
      flags: new Set(Object.keys(options).filter((given) => options[given] === true)),
    });
    env = commandEnvironment(join(import.meta.dirname, '..', '..'), process.env);
    const report = await withDeps(env, perform);
    return say(json === true ? JSON.stringify(report.json) : report.text);
  } catch (error) {
    if (error instanceof UsageError) return wrongly(`${error.message}${swallowed()}\n  ${usageOf(name, subcommand)}`);
    console.error(whyNot(error, env));
    return 1;
  }
}

function withoutSubcommand(name: string): number {
  if (['--help', '-h', 'help'].includes(name)) return say(HELP);
  return wrongly(name === '' ? HELP : `There is no ${JSON.stringify(name)} here.\n\n${HELP}`);
}

function parse(args: string[], subcommand: Subcommand) {
  try {
    return parseArgs({ args, options: parseOptionsOf(subcommand), allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong; the others are about a syntax that nobody means.
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

/** What stands before the -- is npm's: it takes --name for itself and hands on nothing but the value. */
function swallowed(): string {
  const taken = ['name', 'email', 'webhook_url'].some((name) => process.env[`npm_config_${name}`] !== undefined);
  return taken ? ' npm has taken the options for itself: put -- before them.' : '';
}

function say(text: string): number {
  console.log(text);
  return 0;
}

function wrongly(text: string): number {
  console.error(text);
  return 2;
}
