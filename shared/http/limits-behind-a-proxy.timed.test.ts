import { describe, expect, test } from '@jest/globals';
import { handler as signIn } from '../../functions/http/auth/sign-in.ts';
import { handler as getPublicOrder } from '../../functions/http/orders/get-public.ts';
import { handler as listOrders } from '../../functions/http/orders/list.ts';
import type { Answered } from '../testing/knock.ts';
import { knock } from '../testing/knock.ts';
import { onAPromptRedis } from '../testing/on-a-prompt-redis.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { until } from '../testing/until.ts';

const secret = 'the-proxy-and-the-gateway-know-this';
const limits = { RATE_LIMIT_PUBLIC_IP: '2', RATE_LIMIT_LOGIN: '2', RATE_LIMIT_WRONG_CREDENTIALS: '2' };

type Ask = (headers: Record<string, string>, ip: string) => Promise<Answered>;

/** The doors that limit an address, each with the answer of a request that is not limited. */
const doors: readonly [string, number, Ask][] = [
  ['signing in', 401, (headers, ip) => knock(signIn, { headers, ip, body: aStranger() })],
  ['wrong credentials', 401, (headers, ip) => knock(listOrders, { headers, ip })],
  ['public routes', 404, (headers, ip) => knock(getPublicOrder, { headers, ip, params: { id: 'x' } })],
];

let addresses = 0;
/** An address nobody has knocked from. */
const anAddress = () => `198.51.100.${++addresses}`;

let strangers = 0;
/** Nobody twice, since e-mail addresses are counted, too. */
const aStranger = () => ({ email: `${++strangers}@example.com`, password: 'guessed' });

describe('limits by address, behind a proxy', () => {
  const here = useTestGateway({ ...limits, EDGE_SECRET: secret });
  const through = (viewer: string, given = secret) => ({
    'gateway-viewer-address': viewer,
    'gateway-edge-secret': given,
  });
  const isCounting = async () => (await here.gateway.rateLimiter.count('login', 'nobody')) !== undefined;
  const counting = (name: string, body: (passes: number, ask: Ask) => Promise<void>) =>
    test.each(doors)(name, (_name, passes, ask) =>
      onAPromptRedis(here.env.REDIS_URL, async () => {
        await until('it counts', isCounting);
        await body(passes, ask);
      }),
    );

  counting('%s: whoever it asks for has a share of their own', async (passes, ask) => {
    const ip = '130.176.0.1';
    const answers = [];
    for (const viewer of [anAddress(), anAddress()]) {
      for (let n = 0; n < 3; n++) answers.push((await ask(through(viewer), ip)).status);
    }
    expect(answers).toEqual([passes, passes, 429, passes, passes, 429]);
  });

  counting('%s: who says so without the secret has none', async (passes, ask) => {
    const ip = anAddress();
    const named = anAddress();
    const answers = [];
    for (const viewer of [named, anAddress()])
      answers.push((await ask({ 'gateway-viewer-address': viewer }, ip)).status);
    answers.push((await ask(through(anAddress(), 'the-proxy-and-the-gateway-know-thAt'), ip)).status);
    expect(answers).toEqual([passes, passes, 429]);
    // Nor is it held against those whose addresses were named.
    expect((await ask(through(named), '130.176.0.2')).status).toBe(passes);
  });
});
