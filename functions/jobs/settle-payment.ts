import { job } from '../../shared/jobs/chains.ts';
import { settlePayment } from '../../shared/payments/settle-payment.ts';

export const handler = job('settle-payment', settlePayment);
