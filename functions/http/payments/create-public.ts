import { routes } from '../../../shared/contracts/routes.ts';
import { publicApi } from '../../../shared/http/chains.ts';
import { openPayment } from '../../../shared/payments/open-payment.ts';

export const handler = publicApi(routes.createPublicPayment, ({ gateway, body, keep }) =>
  openPayment(gateway, null, body, keep),
);
