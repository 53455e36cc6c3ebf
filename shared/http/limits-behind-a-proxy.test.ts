import { describe, expect, test } from '@jest/globals';
import { handler as signIn } from '../../functions/http/auth/sign-in.ts';
import { handler as getPublicOrder } from '../../functions/http/orders/get-public.ts';
import { handler as listOrders } from '../../functions/http/orders/list.ts';
import type { Answered } from '../testing/knock.ts';
import { knock } from '../testing/knock.ts';
import { useTestGateway } from '../testing/test-gateway.ts';

const secret = 'the-proxy-and-the-gateway-know-this';
const limits = { RATE_LIMIT_PUBLIC_IP: '2', RATE_LIMIT_LOGIN: '2', RATE_LIMIT_WRONG_CREDENTIALS: '2' };

/** The doors that limit an address, each with the answer of a request that is not limited. */
const doors: readonly [string, number, (headers: Record<string, string>, ip: string) => Promise<Answered>][] = [
  ['signing in', 401, (headers, ip) => knock(signIn, { headers, ip, body: aStranger() })],
  ['wrong credentials', 401, (headers, ip) => knock(listOrders, { headers, ip })],
  ['public routes', 404, (headers, ip) => knock(getPublicOrder, { headers, ip, params: { id: 'x' } })],
];

let strangers = 0;
/** Nobody twice, since e-mail addresses are counted, too. */
const aStranger = () => ({ email: `${++strangers}@example.com`, password: 'guessed' });

describe('limits by address, behind a proxy', () => {
  // Counted where nothing is given up after 50 ms: whose share it is, is the question here.
  useTestGateway({ QUEUE_BACKEND: 'postgres', ...limits, EDGE_SECRET: secret });
  const through = (viewer: string, given = secret) => ({
    'gateway-viewer-address': viewer,
    'gateway-edge-secret': given,
  });

  test.each(doors)('%s: whoever it asks for has a share of their own', async (_name, passes, ask) => {
    const ip = '130.176.0.1';
    const answers = [];
    for (const viewer of ['198.51.100.1', '198.51.100.2']) {
      for (let n = 0; n < 3; n++) answers.push((await ask(through(viewer), ip)).status);
    }
    expect(answers).toEqual([passes, passes, 429, passes, passes, 429]);
  });

  test.each(doors)('%s: who says so without the secret has none', async (_name, passes, ask) => {
    const ip = '203.0.113.5';
    const answers = [];
    for (let n = 1; n <= 2; n++) answers.push((await ask({ 'gateway-viewer-address': `198.51.101.${n}` }, ip)).status);
    answers.push((await ask(through('198.51.101.3', 'the-proxy-and-the-gateway-know-thAt'), ip)).status);
    expect(answers).toEqual([passes, passes, 429]);
    // Nor is it held against those whose addresses were named.
    expect((await ask(through('198.51.101.1'), '130.176.0.2')).status).toBe(passes);
  });
});
