import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { rotateWebhookSecret } from '../../../shared/merchants/rotate-webhook-secret.ts';

export const handler = merchantApi(routes.rotateWebhookSecret, ({ gateway, merchant }) =>
  rotateWebhookSecret(gateway, merchant.id),
);
