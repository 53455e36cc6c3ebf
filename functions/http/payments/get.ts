import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getPayment } from '../../../shared/payments/read-payments.ts';

export const handler = merchantApi(routes.getPayment, ({ gateway, merchant, params }) =>
  getPayment(gateway, merchant.id, params.id),
);
