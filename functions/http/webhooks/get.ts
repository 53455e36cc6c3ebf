import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getWebhook } from '../../../shared/webhooks/read-webhooks.ts';

export const handler = merchantApi(routes.getWebhook, ({ gateway, merchant, params }) =>
  getWebhook(gateway, merchant.id, params.id),
);
