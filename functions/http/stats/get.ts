import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { readStats } from '../../../shared/stats/read-stats.ts';

export const handler = merchantApi(routes.getStats, ({ gateway, merchant, query }) =>
  readStats(gateway, merchant, query),
);
