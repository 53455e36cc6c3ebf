import { tick } from '../../shared/jobs/chains.ts';
import { sweep } from '../../shared/work/sweep.ts';

export const handler = tick((gateway) =>
  sweep(gateway, {
    horizonMs: gateway.settings.SWEEP_HORIZON,
    perMerchant: gateway.settings.WEBHOOK_MERCHANT_CONCURRENCY,
  }),
);
