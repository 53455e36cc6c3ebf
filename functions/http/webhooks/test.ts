import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { sendTestWebhook } from '../../../shared/webhooks/send-test-webhook.ts';

export const handler = merchantApi(routes.testWebhook, ({ gateway, merchant }) => sendTestWebhook(gateway, merchant));
