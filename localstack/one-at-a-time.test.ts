import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lock = () => join(folder, 'lock');

/**
 * Processes that try to take the lock at the same moment; each writes down when it began and ended, and holds it
 * for a moment. Answers what they said while waiting.
 */
async function contend(names: readonly string[], heldMs: number): Promise<string[]> {
  const children = names.map((name) => {
    const script = `
      import { oneAtATime } from ${JSON.stringify(join(import.meta.dirname, 'one-at-a-time.mjs'))};
      import { appendFileSync } from 'node:fs';
      import { once } from 'node:events';
      const log = (line) => appendFileSync(${JSON.stringify(join(folder, 'log'))}, line + '\\n');
      console.log('ready');
      await once(process.stdin, 'data');
      await oneAtATime(${JSON.stringify(lock())}, () => console.log('waits'), async () => {
          log('begin ${name}');
          await new Promise((resolve) => setTimeout(resolve, ${heldMs}));
          log('end ${name}');
        });
      process.exit();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ready = new Promise((resolve) => child.stdout.once('data', resolve));
    const said = new Promise<string>((resolve) => child.once('close', () => resolve(output.replace('ready\n', ''))));
    return { child, ready, said };
  });
  await Promise.all(children.map(({ ready }) => ready));
  for (const { child } of children) child.stdin.write('go');
  return Promise.all(children.map(({ said }) => said));
}

/** Whoever begins ends before another begins. */
function expectOneAtATime(times: number) {
  const entries = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  expect(entries).toHaveLength(2 * times);
  for (let at = 0; at < entries.length; at += 2) expect(entries[at + 1]).toBe(entries[at]?.replace('begin', 'end'));
  expect(readdirSync(folder)).toEqual(['log']);
}

test('of several at once each has it to itself, and who waits says so once', async () => {
  const outputs = await contend(['a', 'b', 'c'], 150);
  expectOneAtATime(3);
  expect(outputs.filter((output) => output === 'waits\n').length).toBeGreaterThanOrEqual(1);
  expect(outputs.filter((output) => output !== '' && output !== 'waits\n')).toEqual([]);
});

/** What somebody left behind, by the name of the file in it. */
test.each([
  ['whose holder was killed', async () => `${await aDeadPid()}.${Date.now()}`],
  ['from before the machine was started', () => Promise.resolve(`${process.pid}.1700000000000`)],
  ['of an older version', () => Promise.resolve('pid')],
  ['that is empty', () => Promise.resolve(undefined)],
])('a lock %s is taken over, by one after the other of those who find it', async (_what, leftBehind) => {
  mkdirSync(lock());
  const file = await leftBehind();
  if (file !== undefined) writeFileSync(join(lock(), file), '');
  await contend(['a', 'b', 'c'], 1);
  expectOneAtATime(3);
});

async function aDeadPid(): Promise<number | undefined> {
  const dead = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => dead.once('exit', resolve));
  return dead.pid;
}
