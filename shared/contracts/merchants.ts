import { z } from 'zod';
import { uuid } from './ids.ts';

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

/** No control characters and none that turn the direction of text: a name is shown to shoppers and in terminals. */
const plainText = /^[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/u;

export const merchantProfile = z
  .object({
    id: uuid,
    name: z.string().meta({ examples: ['Test Merchant'] }),
    email: z.string().meta({ examples: ['test@example.com'] }),
    api_key: z.string().meta({ examples: ['key_test_abc123'] }),
    webhook_url: z.string().nullable(),
    webhook_secret: z.string().meta({ description: 'Signs every webhook; keep it on your server' }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'Merchant' });

export const updateMerchantBody = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'name must not be empty')
      .max(100, 'name must be at most 100 characters')
      .regex(plainText, 'name must not contain control characters')
      .optional()
      .meta({ description: 'The name the shopper sees', examples: ['Demo Store'] }),
    webhook_url: z
      .string()
      .max(2048, 'webhook_url must be at most 2048 characters')
      .nullable()
      .optional()
      .meta({ description: 'Where events are sent; null clears it', examples: ['https://shop.example/webhook'] }),
  })
  .meta({ id: 'UpdateMerchant' });

export type UpdateMerchant = z.output<typeof updateMerchantBody>;

export const rotatedWebhookSecret = z
  .object({
    webhook_secret: z.string().meta({
      description: 'The new secret. The old one stays valid for 24 hours: Standard Webhooks signatures come from both',
      examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    }),
  })
  .meta({ id: 'RotatedWebhookSecret' });

export const revealedApiSecret = z
  .object({ api_secret: z.string().meta({ description: 'Keep it on your server', examples: ['secret_test_xyz789'] }) })
  .meta({ id: 'ApiSecret' });

export const seededMerchant = z
  .object({ id: uuid, email: z.string(), api_key: z.string(), seeded: z.literal(true) })
  .meta({ id: 'SeededMerchant' });
