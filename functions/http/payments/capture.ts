import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { capturePayment } from '../../../shared/payments/capture-payment.ts';

export const handler = merchantApi(routes.capturePayment, ({ gateway, merchant, params, body, keep }) =>
  capturePayment(gateway, { merchantId: merchant.id, paymentId: params.id }, body, keep),
);
