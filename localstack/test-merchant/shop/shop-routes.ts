import type { DeliveryLog } from '../delivery-log.ts';
import type { Routes } from '../route.ts';
import { createOpenAtGateway } from './open-at-gateway.ts';
import { openOrder } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import { shopFiles } from './shop-files.ts';
import type { ShopSettings } from './shop-settings.ts';
import { showOrder } from './show-order.ts';

export interface Shop {
  settings: ShopSettings;
  /** What the page names. */
  apiUrl: string;
  /** What its server calls. */
  upstreamUrl: string;
  orders: OrderBook;
  log: DeliveryLog;
}

/** A shop as small as one can be that still does it right. */
export function shopRoutes({ settings, apiUrl, upstreamUrl, orders, log }: Shop): Routes {
  return {
    ...shopFiles(settings, apiUrl),
    '/shop/orders': {
      POST: openOrder(createOpenAtGateway(upstreamUrl, settings), orders),
      GET: showOrder(log, orders),
    },
  };
}
