import { z } from 'zod';

/** Ids are a prefix and 16 characters from a cryptographic source: about 95 bits, so they cannot be guessed. */
const id = (prefix: string, about: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9]{16}$`))
    .meta({ description: about, examples: [`${prefix}_NXhj67fGH2jk9mPq`] });

export const orderId = id('order', 'Order id');
export const paymentId = id('pay', 'Payment id');
export const refundId = id('rfnd', 'Refund id');
export const eventId = id('evt', 'Event id');
export const uuid = z.uuid().meta({ examples: ['550e8400-e29b-41d4-a716-446655440000'] });

export type IdPrefix = 'order' | 'pay' | 'rfnd' | 'evt';
