import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { createOrder } from '../../../shared/orders/create-order.ts';

export const handler = merchantApi(routes.createOrder, ({ gateway, merchant, body, keep }) =>
  createOrder(gateway, merchant.id, body, keep),
);
