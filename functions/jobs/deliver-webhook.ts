import { job } from '../../shared/jobs/chains.ts';
import { deliverWebhook } from '../../shared/webhooks/deliver-webhook.ts';

export const handler = job('deliver-webhook', deliverWebhook);
