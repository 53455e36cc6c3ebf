import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getPayments } from '../../../shared/payments/read-payments.ts';

export const handler = merchantApi(routes.listPayments, ({ gateway, merchant, query }) =>
  getPayments(gateway, merchant.id, query),
);
