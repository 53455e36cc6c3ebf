import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { openPayment } from '../../../shared/payments/open-payment.ts';

export const handler = merchantApi(routes.createPayment, ({ gateway, merchant, body, keep }) =>
  openPayment(gateway, merchant.id, body, keep),
);
