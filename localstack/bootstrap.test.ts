import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processStart } from './processes/process-start.ts';
import { reasonToInstall, writeStamp } from './bootstrap.mjs';

const OLD_NODE = 20;
const OWN_NODE = 24;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gateway-bootstrap-'));
  writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3}');
});

afterEach(() => rmSync(root, { recursive: true }));

const installEverything = () => {
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.bin', 'node'), '');
  writeStamp(root);
};

describe('reasonToInstall', () => {
  test('there are no packages yet', () => {
    expect(reasonToInstall(root, OLD_NODE)).toBe('first start');
  });

  test('nothing is installed twice', () => {
    installEverything();
    expect(reasonToInstall(root, OLD_NODE)).toBeUndefined();
  });

  test('the lockfile is not the one that was installed', () => {
    installEverything();
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
    expect(reasonToInstall(root, OLD_NODE)).toBe('the lockfile changed');
  });

  test('an install that did not reach its end left no stamp', () => {
    mkdirSync(join(root, 'node_modules'));
    expect(reasonToInstall(root, OLD_NODE)).toBe('the lockfile changed');
  });

  test('a missing Node is a reason only where the running one will not do', () => {
    installEverything();
    rmSync(join(root, 'node_modules', '.bin', 'node'));
    expect(reasonToInstall(root, OLD_NODE)).toBe('its Node is missing');
    expect(reasonToInstall(root, OWN_NODE)).toBeUndefined();
  });
});

describe('handing over', () => {
  const bootstrap = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'localstack', 'bootstrap.mjs'), ...args], { encoding: 'utf8' });

  beforeEach(() => {
    mkdirSync(join(root, 'localstack'));
    for (const file of ['bootstrap.mjs', 'one-at-a-time.mjs', 'watch-launcher.mjs', 'die-with-parent.ts']) {
      cpSync(join(import.meta.dirname, file), join(root, 'localstack', file));
    }
    mkdirSync(join(root, 'node_modules'));
    writeStamp(root);
  });

  test('arguments and the exit code travel through', () => {
    const script = 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);';
    writeFileSync(join(root, 'localstack', 'start.ts'), script);
    const { status, stdout } = bootstrap('start', '--fresh', 'two words');
    expect([status, stdout.trim()]).toEqual([7, '["--fresh","two words"]']);
  });

  test('a word it does not know is answered with the words it knows', () => {
    const { status, stderr } = bootstrap('sing');
    expect(status).toBe(1);
    expect(stderr).toContain('start|test|bench');
  });

  test('it ends when the npm that started it is killed', async () => {
    const script = 'console.log(process.pid); setInterval(() => undefined, 1000);';
    writeFileSync(join(root, 'localstack', 'start.ts'), script);
    const command = `"${process.execPath}" "${join(root, 'localstack', 'bootstrap.mjs')}" start; :`;
    const npm = spawn('sh', ['-c', command], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'start' },
    });
    const pid = Number(await new Promise((resolve) => npm.stdout.once('data', resolve)));
    npm.kill('SIGKILL');
    for (let waited = 0; processStart(pid) !== undefined && waited < 3_000; waited += 50) await delay(50);
    expect(processStart(pid)).toBeUndefined();
  });
});
