import { z } from 'zod';

/** `limit` and `offset` of every list. Query parameters are text on the wire. */
export const page = {
  limit: wholeNumberText(1, 100).default(10).meta({ description: 'How many to answer, 1 to 100 (default 10)' }),
  offset: wholeNumberText(0, 1_000_000_000).default(0).meta({ description: 'How many to skip (default 0)' }),
};

function wholeNumberText(min: number, max: number) {
  return z.coerce
    .string<string>()
    .regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
}

export type Page = { limit: number; offset: number };

export type List<T> = { data: T[]; total: number; limit: number; offset: number };

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), total: z.int(), limit: z.int(), offset: z.int() });
