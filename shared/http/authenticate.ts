import { authenticateMerchant } from '../merchants/authenticate-merchant.ts';
import type { HttpMiddleware } from './call.ts';

/** Only a merchant with valid credentials gets past this. */
export function authenticate(): HttpMiddleware {
  return {
    before: async ({ event: { headers }, internal }) => {
      internal.merchant = await authenticateMerchant(internal.gateway, {
        apiKey: headers['x-api-key'],
        apiSecret: headers['x-api-secret'],
      });
    },
  };
}
