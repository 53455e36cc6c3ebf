import { z } from 'zod';
import { paymentId, refundId } from './ids.ts';
import { listOf, page } from './lists.ts';

export const refundStatus = z.enum(['pending', 'processed', 'failed']);
export type RefundStatus = z.infer<typeof refundStatus>;

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

/** What is left is known only under the payment's lock, so the upper bound is the noun's business. */
const amount = z
  .int()
  .min(1, 'amount must be at least 1')
  .meta({
    description: "Integer in the currency's minor unit (paise); at most what is left to refund",
    examples: [20000],
  });

const reason = z
  .string()
  .max(255, 'reason must be at most 255 characters')
  .meta({ description: 'Your own words', examples: ['Item returned'] });

export const createRefundBody = z
  .object({ amount, reason: reason.nullish().transform((value) => value ?? null) })
  .meta({ id: 'CreateRefund' });

export type CreateRefund = z.output<typeof createRefundBody>;

const core = {
  id: refundId,
  payment_id: paymentId,
  amount,
  reason: reason.nullable(),
  status: refundStatus,
  created_at: time,
};

const failure = {
  error_code: z
    .string()
    .optional()
    .meta({ description: 'On a failed refund', examples: ['REFUND_FAILED'] }),
  error_description: z.string().optional(),
};

export const createdRefund = z.object(core).meta({ id: 'CreatedRefund' });

export const refund = z
  .object({ ...core, processed_at: time.optional().meta({ description: 'Once it is processed' }), ...failure })
  .meta({ id: 'Refund' });

export const refundList = listOf(refund).meta({ id: 'RefundList' });

/** `data.refund` of an event: `processed_at` is null until the refund is processed. */
export const refundInEvent = z
  .object({ ...core, processed_at: time.nullable(), ...failure })
  .meta({ id: 'RefundInEvent' });

export const listRefundsQuery = z.object({
  ...page,
  status: refundStatus.optional(),
  payment_id: z.string().max(100).optional().meta({ description: 'Only refunds of this payment' }),
});

export const listPaymentRefundsQuery = z.object({ ...page, status: refundStatus.optional() });

export type ListRefunds = z.output<typeof listRefundsQuery>;
