import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getOrder } from '../../../shared/orders/read-orders.ts';

export const handler = merchantApi(routes.getOrder, ({ gateway, merchant, params }) =>
  getOrder(gateway, merchant.id, params.id),
);
