import { z } from 'zod';
import { orderId, uuid } from './ids.ts';
import { listOf, page } from './lists.ts';

export const minAmountMinor = 100;
/** Twelve digits, the largest the card networks carry; sums of amounts stay exact in a double. */
export const maxAmountMinor = 999_999_999_999;

export const amountMinor = z
  .int()
  .min(minAmountMinor, `amount must be at least ${minAmountMinor}`)
  .max(maxAmountMinor, `amount must be at most ${maxAmountMinor}`)
  .meta({ description: "Integer in the currency's minor unit (paise)", examples: [50000] });

/** ISO 4217, as the platform's own internationalisation data lists it. */
const currencies = new Set(Intl.supportedValuesOf('currency'));

export const currency = z
  .string()
  .refine((code) => currencies.has(code), 'currency must be an ISO 4217 code such as INR')
  .meta({ description: 'ISO 4217 code', examples: ['INR'] });

const maxNotesBytes = 8 * 1024;

const notes = z
  .record(z.string(), z.json())
  .refine((value) => Object.keys(value).length <= 15, 'notes must have at most 15 keys')
  .refine(
    (value) => new TextEncoder().encode(JSON.stringify(value)).byteLength <= maxNotesBytes,
    'notes must be at most 8 KiB as JSON',
  )
  .meta({ description: 'Your own data: a JSON object of up to 15 keys and 8 KiB', examples: [{ cart: '42' }] });

const receipt = z
  .string()
  .max(255, 'receipt must be at most 255 characters')
  .meta({ description: 'Your own reference', examples: ['receipt_123'] });

export const orderStatus = z.enum(['created', 'paid']);
export type OrderStatus = z.infer<typeof orderStatus>;

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

export const createOrderBody = z
  .object({
    amount: amountMinor,
    currency: currency.default('INR'),
    receipt: receipt.nullish().transform((value) => value ?? null),
    notes: notes.nullish().transform((value) => value ?? {}),
  })
  .meta({ id: 'CreateOrder' });

export type CreateOrder = z.output<typeof createOrderBody>;

const createdOrderFields = {
  id: orderId,
  merchant_id: uuid,
  amount: amountMinor,
  currency,
  receipt: receipt.nullable(),
  notes,
  status: orderStatus,
  created_at: time,
};

export const createdOrder = z.object(createdOrderFields).meta({ id: 'CreatedOrder' });
export const order = z.object({ ...createdOrderFields, updated_at: time }).meta({ id: 'Order' });
export const orderList = listOf(order).meta({ id: 'OrderList' });

export const publicOrder = z
  .object({
    id: orderId,
    amount: amountMinor,
    currency,
    status: orderStatus,
    merchant_name: z.string().meta({ description: 'Who the shopper pays', examples: ['Test Merchant'] }),
    created_at: time,
  })
  .meta({ id: 'PublicOrder' });

export const listOrdersQuery = z.object({
  ...page,
  status: orderStatus.optional(),
  q: z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'An order id, or a receipt of yours, exactly as it was given', examples: ['receipt_123'] }),
});

export type ListOrders = z.output<typeof listOrdersQuery>;
