import { routes } from '../../../shared/contracts/routes.ts';
import { publicApi } from '../../../shared/http/chains.ts';
import { getPublicPayment } from '../../../shared/payments/read-payments.ts';

export const handler = publicApi(routes.getPublicPayment, ({ gateway, params }) =>
  getPublicPayment(gateway, params.id),
);
