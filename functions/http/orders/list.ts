import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getOrders } from '../../../shared/orders/read-orders.ts';

export const handler = merchantApi(routes.listOrders, ({ gateway, merchant, query }) =>
  getOrders(gateway, merchant.id, query),
);
