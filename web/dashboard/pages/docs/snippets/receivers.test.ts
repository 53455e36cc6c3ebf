import { afterEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { signWebhook } from '../../../../../shared/webhooks/outgoing/sign.ts';
import { anyFreePort } from '../../../../../localstack/ports/is-port-taken.ts';
import { until } from '../../../../../shared/testing/until.ts';

const secret = 'whsec_test_abc123';
const body = '{"event":"payment.success","timestamp":1894703472,"data":{"note":"₹200"}}';

// These have no clock to be told: they are written to be copied, so the delivery is signed now.
const fresh = () =>
  signWebhook({
    body,
    webhookId: 'evt_1',
    timestampSeconds: Math.floor(Date.now() / 1000),
    secrets: { current: secret, previous: [] },
  });

describe.each([
  ['http.mjs', []],
  ['express.mjs', ['--import', join(import.meta.dirname, 'drivers', 'express-double.mjs')]],
])('%s', (file, flags) => {
  let server: ChildProcess | undefined;
  afterEach(() => void server?.kill('SIGKILL'));

  test('takes what is signed and refuses what is not', async () => {
    const port = await anyFreePort();
    const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret };
    server = spawn(process.execPath, [...flags, join(import.meta.dirname, file)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const send = async (sent: string) =>
      fetch(`http://localhost:${port}/webhook`, { method: 'POST', headers: fresh(), body: sent }).catch(
        () => undefined,
      );
    await until(`${file} listens`, async () => (await send(`${body} `)) !== undefined);
    expect((await send(`${body} `))?.status).toBe(400);
    expect(printed).toBe('');
    expect((await send(body))?.status).toBe(204);
    expect(printed).toContain('payment.success');
  });
});

test.each([true, false])('lambda.mjs takes what is signed and refuses what is not (base64: %s)', (isBase64Encoded) => {
  const headers = Object.fromEntries(Object.entries(fresh()).map(([name, value]) => [name.toLowerCase(), value]));
  const answered = (sent: string) => {
    const event = { headers, isBase64Encoded, body: isBase64Encoded ? Buffer.from(sent).toString('base64') : sent };
    const script = `
      import { handler } from ${JSON.stringify(join(import.meta.dirname, 'lambda.mjs'))};
      const answer = await handler(${JSON.stringify(event)});
      console.log('answered ' + answer.statusCode);`;
    const env = { ...process.env, WEBHOOK_SECRET: secret };
    return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { env, encoding: 'utf8' }).stdout;
  };
  expect(answered(body)).toContain('answered 204');
  expect(answered(`${body} `)).toBe('answered 400\n');
});
