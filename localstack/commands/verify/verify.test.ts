import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../../../shared/testing/start-api.ts';
import { startWorker, type TestWorker } from '../../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../../shared/testing/test-gateway.ts';
import { type RunningTestMerchant, startTestMerchant } from '../../test-merchant/start-test-merchant.ts';

type Ran = { status: number; stdout: string; stderr: string };

/** The command as its own process, which knows of no gateway but the one it is told of. */
const verify = async (which: 'async' | 'refunds', env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const script = fileURLToPath(new URL(`../verify-${which}.ts`, import.meta.url));
    const all = { ...process.env, GATEWAY_DATA_DIR: '/nowhere', ...env };
    execFile(process.execPath, [script, ...args], { env: all }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

const ticked = ({ stdout }: Ran) => stdout.split('\n').filter((line) => line.startsWith('  ✓')).length;
const inOneLine = ({ stdout }: Ran) => stdout.replace(/\s+/g, ' ');

describe('against a running gateway', () => {
  const testGateway = useTestGateway({
    TEST_PROCESSING_DELAY: '200',
    REFUND_PROCESSING_DELAY: '200',
    WEBHOOK_RETRY_INTERVALS_TEST: '0,1,1,1,1',
  });
  const { sql } = testGateway;
  let api: TestApi;
  let worker: TestWorker | undefined;
  let merchant: RunningTestMerchant;
  let stranger: RunningTestMerchant;
  let env: NodeJS.ProcessEnv;

  const listenAt = (url: string | null) => sql('update merchants set webhook_url = $1', [url]);

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    stranger = await startTestMerchant({ port: 0, secret: 'whsec_of_somebody_else' });
    api = await startApi(testGateway.env);
    env = { API_URL: api.url, TEST_MERCHANT_URL: merchant.url };
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker?.stop(), merchant.close(), stranger.close()]);
  });

  test('without a worker, both say so', async () => {
    await listenAt(`${merchant.url}/webhook`);
    for (const which of ['async', 'refunds'] as const) {
      const ran = await verify(which, env, '--timeout', '1');
      expect(ran.status).toBe(1);
      expect(inOneLine(ran)).toMatch(/✗ pay_\w{16}: success .* came status pending look at No worker is running/);
    }
  });

  describe('with a worker', () => {
    beforeAll(async () => {
      worker = await startWorker(testGateway.env);
    });

    test('asynchronous payments are followed to the last webhook and its signature', async () => {
      const ran = await verify('async', env);
      expect(ran.stdout.replace(/\d[\d.]* m?s\b/g, 'T').replace(/\w{16}(?=:)/g, 'X')).toMatch(
        /✓ webhooks go to .*✓ order_X: created.*✓ pay_X: created, pending.*✓ pay_X: success.*✓ payment.created: delivered.*✓ payment.pending: delivered.*✓ payment.success: delivered.*✓ signatures: verified by the test merchant.*Asynchronous payments work, up to the last webhook, in T\./s,
      );
      expect([ran.status, ran.stderr, ticked(ran)]).toEqual([0, '', 8]);
    });

    test('refunds are followed to the last paisa', async () => {
      const ran = await verify('refunds', env);
      expect([ran.status, ran.stderr, ticked(ran)]).toEqual([0, '', 11]);
      expect(ran.stdout).toContain('refund of 30001 refused: Refund amount exceeds available amount');
      expect(ran.stdout).toContain('partially_refunded, 20000 given back');
      expect(ran.stdout).toContain('refund of 1 refused: Payment not in refundable state');
    });

    test('as JSON it is one object, with every step', async () => {
      const { status, stdout } = await verify('refunds', env, '--json');
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, api: api.url });
      expect(JSON.parse(stdout).steps).toHaveLength(11);
    });

    test('no line is wider than a terminal, and no colour is where there is none', async () => {
      const texts = [await verify('async', env), await verify('async', { ...env, API_SECRET: 'x', API_KEY: 'x' })];
      for (const line of texts.flatMap(({ stdout }) => stdout.split('\n'))) expect(line.length).toBeLessThanOrEqual(80);
      expect(texts.map(({ stdout }) => stdout).join('')).not.toContain('\u001b');
    });

    test('a receiver that refuses every attempt is named, with what it answered', async () => {
      await listenAt(`${stranger.url}/webhook`);
      const ran = await verify('async', env);
      expect(ran.status).toBe(1);
      expect(inOneLine(ran)).toMatch(/✗ payment\.created .* came status failed after 5 attempts to .* 401/);
    });

    test('wrong keys, and nowhere to send webhooks to: both say what to do', async () => {
      const strange = await verify('refunds', { ...env, API_KEY: 'key_test_abc123', API_SECRET: 'wrong' });
      expect([strange.status, inOneLine(strange)]).toEqual([1, expect.stringContaining('API_KEY and API_SECRET must')]);
      await listenAt(null);
      const silent = await verify('async', env);
      expect([silent.status, inOneLine(silent)]).toEqual([1, expect.stringContaining(`${merchant.url}/webhook`)]);
    });
  });
});

test('without a gateway, the sentence says where it was looked for and how to start one', async () => {
  const { status, stdout, stderr } = await verify('async', { API_URL: 'http://127.0.0.1:1' });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('No gateway answers at http://127.0.0.1:1/health');
  expect(stderr).toContain('npm start');
  const json = await verify('async', { API_URL: 'http://127.0.0.1:1' }, '--json');
  expect([json.status, JSON.parse(json.stdout)]).toEqual([1, expect.objectContaining({ ok: false, steps: [] })]);
});

test('a payment that the bank declined is told as that, with how to choose the outcome', async () => {
  const answers: Record<string, [number, object]> = {
    'GET /health': [200, {}],
    'POST /api/v1/orders': [201, { id: 'order_1' }],
    'POST /api/v1/payments': [201, { id: 'pay_1', status: 'pending', created_at: '' }],
    'GET /api/v1/payments/pay_1': [
      200,
      { status: 'failed', error_code: 'PAYMENT_FAILED', error_description: 'Declined' },
    ],
  };
  const server = createServer(({ method, url }, response) => {
    const [status, json] = answers[`${method} ${url}`] ?? [404, {}];
    response.writeHead(status).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ran = await verify('refunds', { API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  server.close();
  expect(ran.status).toBe(1);
  expect(inOneLine(ran)).toContain('came status failed, PAYMENT_FAILED: Declined');
  expect(inOneLine(ran)).toContain('UPI_SUCCESS_RATE=1');
});

test.each(['--fast', '--timeout=0', '--timeout=x', 'word'])('%s is a command typed wrongly', async (argument) => {
  const { status, stdout, stderr } = await verify('refunds', {}, argument);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('npm run verify:refunds -- [--json]');
});

test('--help tells what it does and what it reads', async () => {
  const { status, stdout } = await verify('async', {}, '--help');
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/webhooks[^]*API_URL, API_KEY, API_SECRET[^]*Exit status/),
  ]);
});
