import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { readTimeline } from '../../../shared/payments/read-timeline.ts';

export const handler = merchantApi(routes.getPaymentTimeline, ({ gateway, merchant, params }) =>
  readTimeline(gateway, merchant.id, params.id),
);
