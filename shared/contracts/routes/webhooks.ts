import { z } from 'zod';
import { uuid } from '../ids.ts';
import {
  failedWebhooksRetried,
  listWebhooksQuery,
  webhookLogDetail,
  webhookLogList,
  webhookRetryScheduled,
  webhookTestQueued,
} from '../webhooks.ts';
import type { Route } from '../route.ts';

const byWebhookId = { params: z.object({ id: uuid }), notFound: 'Webhook not found' } as const;

export const webhookRoutes = {
  listWebhooks: {
    method: 'GET',
    path: '/api/v1/webhooks',
    auth: 'merchant',
    tag: 'Webhooks',
    summary: 'List your webhook deliveries, newest first; also as /api/v1/payments/webhooks',
    status: 200,
    query: listWebhooksQuery,
    response: webhookLogList,
    errors: ['BAD_REQUEST_ERROR'],
  },
  getWebhook: {
    method: 'GET',
    path: '/api/v1/webhooks/{id}',
    auth: 'merchant',
    tag: 'Webhooks',
    summary: 'Read a delivery with every attempt',
    status: 200,
    ...byWebhookId,
    response: webhookLogDetail,
    errors: ['NOT_FOUND_ERROR'],
  },
  retryWebhook: {
    method: 'POST',
    path: '/api/v1/webhooks/{id}/retry',
    auth: 'merchant',
    tag: 'Webhooks',
    summary:
      'Send a delivery again, from the first attempt, to your current webhook URL (or the last one, if it is cleared)',
    status: 200,
    ...byWebhookId,
    response: webhookRetryScheduled,
    errors: ['NOT_FOUND_ERROR'],
  },
  retryFailedWebhooks: {
    method: 'POST',
    path: '/api/v1/webhooks/retry-failed',
    auth: 'merchant',
    tag: 'Webhooks',
    summary: 'Send every delivery that was given up again, the oldest first, at most 1,000 at a time',
    status: 200,
    response: failedWebhooksRetried,
    errors: [],
  },
  testWebhook: {
    method: 'POST',
    path: '/api/v1/webhooks/test',
    auth: 'merchant',
    tag: 'Webhooks',
    summary: 'Queue a real, signed webhook.test delivery',
    status: 202,
    response: webhookTestQueued,
    errors: ['BAD_REQUEST_ERROR'],
  },
} as const satisfies Record<string, Route>;
