import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { anyFreePort } from '../ports/is-port-taken.ts';
import { processStart } from '../processes/process-start.ts';
import { startPostgres, withClient } from './start-postgres.ts';

let folder: string;
let dataDir: string;
let pidFile: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-postgres-'));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'postgres');
  pidFile = join(dataDir, 'postmaster.pid');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = async (durable = false) => startPostgres({ dataDir, port: await anyFreePort(), durable });
const serverPid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);

test('it starts on an empty folder, keeps what it was told, and stops within a second', async () => {
  const first = await start(true);
  await withClient(first.url, (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
  const stoppingAt = Date.now();
  await first.stop();
  expect(Date.now() - stoppingAt).toBeLessThan(1_000);

  const second = await start(true);
  const { rows } = await withClient(second.url, (client) => client.query('SELECT answer FROM kept'));
  await second.stop();
  expect(rows).toEqual([{ answer: 42 }]);
});

test('the pid file of a crash is no obstacle, even if a stranger has the pid now', async () => {
  writeFileSync(pidFile, `${process.pid}\n${dataDir}\n0\n5432\n\n127.0.0.1\n0 0\nready\n`);
  const { uid, gid } = statSync(dataDir);
  chownSync(pidFile, uid, gid);
  const postgres = await start();
  expect(serverPid()).not.toBe(process.pid);
  await postgres.stop();
});

test('a folder that another server has open is refused', async () => {
  const postgres = await start();
  const second = start();
  await expect(second).rejects.toThrow(`Another gateway is running on ${dataDir} (PostgreSQL pid ${serverPid()})`);
  await postgres.stop();
});

test('it dies with its parent, even by SIGKILL', async () => {
  const port = await anyFreePort();
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const pid = serverPid();
  expect(processStart(pid)).toBeDefined();
  parent.kill('SIGKILL');
  for (let waited = 0; processStart(pid) !== undefined && waited < 2_000; waited += 50) await delay(50);
  expect(processStart(pid)).toBeUndefined();
  expect(existsSync(pidFile)).toBe(false);
});

function parentScript(port: number): string {
  const options = JSON.stringify({ dataDir, port, durable: false });
  return `
    const { startPostgres } = await import('./start-postgres.ts');
    await startPostgres(${options});
    console.log('up');
    setInterval(() => undefined, 1000);`;
}
