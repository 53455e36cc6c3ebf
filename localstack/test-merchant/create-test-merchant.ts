import { createServer, type Server } from 'node:http';
import { createDeliveryLog, type DeliveryLog } from './delivery-log.ts';
import { emptyLogs, listLogs } from './delivery-log-routes.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { createRouter } from './route.ts';
import { createSeenEvents, type SeenEvents } from './seen-events.ts';
import { sendProblem } from './send-json.ts';
import { pageRoutes } from './serve-page.ts';
import { createOrderBook, type OrderBook } from './shop/order-book.ts';
import { shopRoutes } from './shop/shop-routes.ts';
import { readShopSettings, type ShopSettings } from './shop/shop-settings.ts';
import { createVerifyWebhook } from './verify-webhook.ts';
import { answerAfterFailures, answerHonestly, answerSlowly, answerWithFailure } from './webhook-behaviours.ts';

export interface TestMerchantOptions {
  secret: string;
  now?: () => number;
  apiUrl?: string | undefined;
  /** Where the shop's server itself reaches the API, when that is not `apiUrl`. */
  upstreamUrl?: string | undefined;
  /** The demo shop's; the sandbox's own unless told otherwise. */
  shop?: ShopSettings;
  /** Given when two servers are one merchant, as on 127.0.0.1 and ::1. */
  memory?: Memory;
}

export interface Memory {
  log: DeliveryLog;
  seen: SeenEvents;
  orders: OrderBook;
}

export function createMemory(): Memory {
  return { log: createDeliveryLog(), seen: createSeenEvents(), orders: createOrderBook() };
}

/** The merchant's own server, not listening yet. */
export function createTestMerchant({
  secret,
  now = Date.now,
  apiUrl = 'http://localhost:8000',
  upstreamUrl = apiUrl,
  shop = readShopSettings({}),
  memory = createMemory(),
}: TestMerchantOptions): Server {
  const { log, seen, orders } = memory;
  const receiver = { verify: createVerifyWebhook(secret), log, seen, now, onAccepted: orders.hear };

  const route = createRouter({
    ...pageRoutes(apiUrl),
    ...shopRoutes({ settings: shop, apiUrl, upstreamUrl, orders, log }),
    '/webhook': { POST: receiveWebhook(receiver, answerHonestly) },
    '/webhook/fail': { POST: receiveWebhook(receiver, answerWithFailure) },
    '/webhook/slow': { POST: receiveWebhook(receiver, answerSlowly) },
    '/webhook/flaky': { POST: receiveWebhook(receiver, answerAfterFailures) },
    '/logs': { GET: listLogs(log, now()), DELETE: emptyLogs(log) },
  });

  return createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // A sender that went away half-way through its body hears nothing more; there is nobody to answer.
      if (request.errored || response.headersSent) return;
      console.error('test merchant:', error);
      sendProblem(response, 500, 'INTERNAL_ERROR', 'The test merchant stumbled; its terminal says over what.');
    });
  });
}
