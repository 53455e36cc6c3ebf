import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { retryFailedWebhooks } from '../../../shared/webhooks/retry-failed-webhooks.ts';

export const handler = merchantApi(routes.retryFailedWebhooks, ({ gateway, merchant }) =>
  retryFailedWebhooks(gateway, merchant.id),
);
