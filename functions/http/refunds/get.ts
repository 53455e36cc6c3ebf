import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getRefund } from '../../../shared/refunds/read-refunds.ts';

export const handler = merchantApi(routes.getRefund, ({ gateway, merchant, params }) =>
  getRefund(gateway, merchant.id, params.id),
);
