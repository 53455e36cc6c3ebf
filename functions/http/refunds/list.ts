import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { getRefunds } from '../../../shared/refunds/read-refunds.ts';

export const handler = merchantApi(routes.listRefunds, ({ gateway, merchant, query }) =>
  getRefunds(gateway, merchant.id, query),
);
