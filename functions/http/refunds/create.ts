import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { createRefund } from '../../../shared/refunds/create-refund.ts';

export const handler = merchantApi(routes.createRefund, ({ gateway, merchant, params, body, keep }) =>
  createRefund(gateway, { merchantId: merchant.id, paymentId: params.id }, body, keep),
);
