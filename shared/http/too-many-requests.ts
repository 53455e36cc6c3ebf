import { GatewayError } from '../contracts/errors.ts';
import type { PolicyName } from '../rate-limits/policies.ts';
import type { Standing } from '../rate-limits/rate-store.ts';

const tooMany: Readonly<Record<PolicyName, string>> = {
  merchant: 'Too many requests with your credentials',
  'public-ip': 'Too many requests from your address',
  'public-order': 'Too many requests for this order or payment',
  login: 'Too many requests to sign in',
  'wrong-credentials': 'Too many requests with wrong credentials from your address',
};

export const tooManyRequests = ({ policy, limit, resetSeconds }: Standing) =>
  new GatewayError('RATE_LIMIT_ERROR', `${tooMany[policy]}: ${limit} a minute pass. Try again in ${resetSeconds} s`, {
    retryAfterSeconds: resetSeconds,
  });
