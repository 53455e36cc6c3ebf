import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getPaymentRefunds } from '../../../shared/refunds/read-refunds.ts';

export const handler = merchantApi(routes.listPaymentRefunds, ({ gateway, merchant, params, query }) =>
  getPaymentRefunds(gateway, { merchantId: merchant.id, paymentId: params.id }, query),
);
