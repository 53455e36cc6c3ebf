import { z } from 'zod';
import { orderId, paymentId } from './ids.ts';
import { listOf, page } from './lists.ts';
import { amountMinor, currency } from './orders.ts';

export const paymentMethod = z.enum(['upi', 'card']);
export type PaymentMethod = z.infer<typeof paymentMethod>;

export const paymentStatus = z.enum(['pending', 'success', 'failed', 'partially_refunded', 'refunded']);
export type PaymentStatus = z.infer<typeof paymentStatus>;

export const cardNetwork = z.enum(['visa', 'mastercard', 'amex', 'rupay', 'unknown']);
export type CardNetwork = z.infer<typeof cardNetwork>;

/** VPA as the contract has it: handle, at sign, provider. */
export const vpaPattern = /^[a-zA-Z0-9._-]+@[a-zA-Z0-9]+$/;

/** Month and year arrive as text or as a number, both are common in the field. */
const calendarPart = z.union([z.string(), z.int()]);

/**
 * The shape only. Which values are right is the noun's business, because the contract answers an unknown order
 * before a wrong card.
 */
export const createPaymentBody = z
  .object({
    order_id: z.string().meta({ examples: ['order_NXhj67fGH2jk9mPq'] }),
    method: z.string().meta({ description: 'upi or card', enum: paymentMethod.options, examples: ['upi'] }),
    vpa: z
      .string()
      .nullish()
      .meta({ description: 'For upi', examples: ['success@test'] }),
    card: z
      .object({
        number: z
          .string()
          .nullish()
          .meta({ description: '13 to 19 digits, spaces and dashes allowed', examples: ['4111111111111111'] }),
        expiry_month: calendarPart.nullish().meta({ examples: ['12'] }),
        expiry_year: calendarPart.nullish().meta({ description: '2 or 4 digits', examples: ['2034'] }),
        cvv: z
          .string()
          .nullish()
          .meta({ description: '3 or 4 digits, never stored', examples: ['123'] }),
        holder_name: z
          .string()
          .nullish()
          .meta({ examples: ['Asha Rao'] }),
      })
      .nullish()
      .meta({ description: 'For card; the number and the security code never leave the request' }),
  })
  .meta({ id: 'CreatePayment' });

export type CreatePayment = z.output<typeof createPaymentBody>;
export type CardInput = NonNullable<CreatePayment['card']>;

/** The whole body may be left out. */
export const capturePaymentBody = z
  .object({
    amount: z
      .int()
      .optional()
      .meta({ description: "If given, it must equal the payment's: captures are whole", examples: [50000] }),
  })
  .meta({ id: 'CapturePayment' });

export type CapturePayment = z.output<typeof capturePaymentBody>;

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

const core = {
  id: paymentId,
  order_id: orderId,
  amount: amountMinor,
  currency,
  method: paymentMethod,
  vpa: z
    .string()
    .optional()
    .meta({ description: 'For upi', examples: ['success@test'] }),
  card_network: cardNetwork.optional().meta({ description: 'For card' }),
  card_last4: z
    .string()
    .optional()
    .meta({ description: 'For card', examples: ['1111'] }),
  status: paymentStatus,
};

const failure = {
  error_code: z
    .string()
    .optional()
    .meta({ description: 'On a failed payment', examples: ['PAYMENT_FAILED'] }),
  error_description: z.string().optional(),
};

export const createdPayment = z.object({ ...core, created_at: time }).meta({ id: 'CreatedPayment' });

export const payment = z
  .object({
    ...core,
    captured: z.boolean(),
    amount_refunded: z.int().meta({ description: 'Sum of processed refunds, minor units' }),
    ...failure,
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'Payment' });

export const publicPayment = z
  .object({ ...core, ...failure, created_at: time, updated_at: time })
  .meta({ id: 'PublicPayment' });

export const paymentList = listOf(payment).meta({ id: 'PaymentList' });

/** A Date, because PostgreSQL does not read every time that is well written: it has no year 0 and no offset of 16 hours. */
const instant = z.iso
  .datetime({ offset: true, message: 'must be an ISO 8601 time such as 2030-01-15T10:31:10Z' })
  .transform((text) => new Date(text))
  .optional();

const filters = {
  status: paymentStatus.optional(),
  method: paymentMethod.optional(),
  order_id: z.string().max(100).optional().meta({ description: 'Only payments of this order' }),
  from: instant.meta({ description: 'Created at this time or later' }),
  to: instant.meta({ description: 'Created before this time' }),
  q: z
    .string()
    .max(255)
    .optional()
    .meta({
      description:
        'A payment id, an order id, a refund id, the receipt of an order, a VPA, or the last four digits of a card; exactly',
      examples: ['asha@okbank'],
    }),
};

export const listPaymentsQuery = z.object({ ...page, ...filters });

export type ListPayments = z.output<typeof listPaymentsQuery>;

/** As many as fit into an answer that every host lets through. */
export const exportLimit = 10_000;

export const exportPaymentsQuery = z.object({
  ...filters,
  before: paymentId.optional().meta({
    description: 'Go on from here: the `X-Next-Before` of the part before',
    examples: ['pay_NXhj67fGH2jk9mPq'],
  }),
});

export type ExportPayments = z.output<typeof exportPaymentsQuery>;

export const paymentsCsv = z.string().meta({
  description:
    'RFC 4180, UTF-8. The first part begins with a row of names, a part after `before` does not. `amount` is in minor ' +
    'units, `amount_formatted` has the decimal point. A cell that a spreadsheet would take for a formula begins with an apostrophe',
  examples: [
    'id,order_id,created_at,updated_at,status,method,vpa,card_network,card_last4,currency,amount,amount_formatted,' +
      'amount_refunded,captured,error_code,error_description\r\n' +
      'pay_NXhj67fGH2jk9mPq,order_NXhj67fGH2jk9mPq,2030-01-15T10:31:10.000Z,2030-01-15T10:31:11.000Z,success,upi,' +
      'asha@okbank,,,INR,50000,500.00,0,false,,\r\n',
  ],
});
