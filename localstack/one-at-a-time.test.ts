import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that takes the lock, writes down when it began and ended, and holds it for a moment. */
function contend(name: string): Promise<string> {
  const script = `
    import { oneAtATime } from ${JSON.stringify(join(import.meta.dirname, 'one-at-a-time.mjs'))};
    import { appendFileSync } from 'node:fs';
    const log = (line) => appendFileSync(${JSON.stringify(join(folder, 'log'))}, line + '\\n');
    await oneAtATime(${JSON.stringify(join(folder, 'lock'))}, () => console.log('waits'), async () => {
      log('begin ${name}');
      await new Promise((resolve) => setTimeout(resolve, 150));
      log('end ${name}');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}

const lines = () => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

test('of several at once each has it to itself, and who waits says so once', async () => {
  const outputs = await Promise.all(['a', 'b', 'c'].map(contend));
  const entries = lines();
  expect(entries).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) expect(entries[at + 1]).toBe(entries[at]?.replace('begin', 'end'));
  expect(outputs.filter((output) => output === 'waits\n').length).toBeGreaterThanOrEqual(1);
  expect(outputs.filter((output) => output !== '' && output !== 'waits\n')).toEqual([]);
});

test('a lock whose holder was killed is taken over', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => dead.once('exit', resolve));
  mkdirSync(join(folder, 'lock'));
  writeFileSync(join(folder, 'lock', 'pid'), String(dead.pid));
  await contend('a');
  expect(lines()).toEqual(['begin a', 'end a']);
});

test('so is one that its holder never signed', async () => {
  mkdirSync(join(folder, 'lock'));
  await contend('a');
  expect(lines()).toEqual(['begin a', 'end a']);
});
