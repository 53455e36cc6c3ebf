import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { retryWebhook } from '../../../shared/webhooks/retry-webhook.ts';

export const handler = merchantApi(routes.retryWebhook, ({ gateway, merchant, params }) =>
  retryWebhook(gateway, merchant.id, params.id),
);
