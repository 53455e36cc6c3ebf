import { routes } from '../../../shared/contracts/routes.ts';
import { publicApi } from '../../../shared/http/chains.ts';
import { getPublicOrder } from '../../../shared/orders/read-orders.ts';

export const handler = publicApi(routes.getPublicOrder, ({ gateway, params }) => getPublicOrder(gateway, params.id));
