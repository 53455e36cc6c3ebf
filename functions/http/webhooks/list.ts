import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getWebhooks } from '../../../shared/webhooks/read-webhooks.ts';

export const handler = merchantApi(routes.listWebhooks, ({ gateway, merchant, query }) =>
  getWebhooks(gateway, merchant.id, query),
);
