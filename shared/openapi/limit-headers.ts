import type { ZodOpenApiHeadersObject } from 'zod-openapi';
import type { Route } from '../contracts/route.ts';
import { policiesOf, type PolicyName, windowSeconds } from '../rate-limits/policies.ts';

const about: Readonly<Record<PolicyName, string>> = {
  merchant: 'your requests as a merchant',
  'public-ip': 'requests from your address on routes without credentials',
  'public-order': 'requests for one order or payment on routes without credentials',
  login: 'requests to sign in, from your address and for the e-mail address',
  'wrong-credentials': 'requests from your address that were refused with 401',
};

const countsOf = (policies: readonly PolicyName[]) =>
  policies.map((policy) => `\`"${policy}"\` ${about[policy]}`).join(', ');

const retryAfter = {
  description: 'Seconds until the limit is there again and the request worth another try',
  schema: { type: 'integer' as const },
};

/** The headers by which a route tells its limits. They are left out where the settings say that there is no limit. */
export function limitHeaders(route: Route, status: number): ZodOpenApiHeadersObject | undefined {
  const counting = policiesOf(route);
  if (counting.length === 0) return undefined;
  const isRefusal = counting.includes('merchant') && (status === 401 || status === 429);
  const policies = isRefusal ? [...counting, 'wrong-credentials' as const] : counting;
  const examples = counting.map((policy) => `"${policy}"`);
  return {
    'RateLimit-Policy': {
      description: `The limits: \`q\` requests in \`w\` seconds. Counted are ${countsOf(policies)}`,
      schema: { type: 'string', examples: [examples.map((name) => `${name};q=6000;w=${windowSeconds}`).join(', ')] },
    },
    RateLimit: {
      description: 'What is left of each limit that was counted: `r` requests in the next `t` seconds',
      schema: { type: 'string', examples: [examples.map((name) => `${name};r=5999;t=${windowSeconds}`).join(', ')] },
    },
    ...(status === 429 ? { 'Retry-After': retryAfter } : {}),
  };
}
