import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { anyFreePort } from '../ports/is-port-taken.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

function start(env: Record<string, string>) {
  child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...env }, stdio: 'pipe' });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { child, exited, ready: once(child.stdout!, 'data') };
}

test('says that it is ready, answers on localhost, and leaves at once on SIGTERM', async () => {
  const port = String(await anyFreePort());
  const running = start({ TEST_MERCHANT_PORT: port });
  await running.ready;
  for (const host of ['127.0.0.1', 'localhost']) {
    expect((await fetch(`http://${host}:${port}/logs`)).status).toBe(200);
  }
  running.child.kill('SIGTERM');
  expect(await running.exited).toEqual({ code: 0, output: 'test merchant ready\n' });
});

test('goes when its standard input ends, if told so', async () => {
  const running = start({ TEST_MERCHANT_PORT: String(await anyFreePort()), DIE_WITH_STDIN: '1' });
  await running.ready;
  running.child.stdin!.end();
  expect((await running.exited).code).toBe(0);
});

test('a taken port is one sentence that names the variable', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  const { code, output } = await start({ TEST_MERCHANT_PORT: String(port) }).exited;
  blocker.close();
  expect(code).toBe(1);
  expect(output).toBe(
    `Port ${port} for the test merchant is taken: stop what uses it, or set TEST_MERCHANT_PORT to a free port.\n`,
  );
});

test.each([
  [{ TEST_MERCHANT_PORT: 'http' }, /^TEST_MERCHANT_PORT must be a port number/],
  [{ TEST_MERCHANT_PORT: '65536' }, /^TEST_MERCHANT_PORT must be a port number/],
  [{ API_URL: 'localhost:8000' }, /^API_URL must be an address/],
])('%j is refused with one sentence', async (env, sentence) => {
  const { code, output } = await start(env).exited;
  expect(code).toBe(1);
  expect(output).toMatch(sentence);
});
