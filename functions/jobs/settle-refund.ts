import { job } from '../../shared/jobs/chains.ts';
import { settleRefund } from '../../shared/refunds/settle-refund.ts';

export const handler = job('settle-refund', settleRefund);
