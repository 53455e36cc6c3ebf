import { z } from 'zod';
import { uuid } from './ids.ts';

export const signInBody = z
  .object({
    email: z
      .string()
      .max(254, 'email must be at most 254 characters')
      .trim()
      .toLowerCase()
      .meta({ examples: ['test@example.com'] }),
    password: z.string().meta({ examples: ['correct horse battery'] }),
  })
  .meta({ id: 'SignIn' });

export type SignIn = z.output<typeof signInBody>;

export const session = z
  .object({
    merchant: z.object({ id: uuid, name: z.string(), email: z.string() }),
    is_operator: z.boolean().meta({ description: "Sees the work of all merchants, not only the merchant's own" }),
    mode: z.enum(['sandbox', 'production']),
    csrf_token: z.string().meta({ description: 'To be sent as X-CSRF-Token with every request but a GET' }),
    expires_at: z.iso.datetime().meta({ description: 'When the session ends if nothing is done with it; UTC' }),
  })
  .meta({ id: 'Session' });

export const signedOut = z.object({}).meta({ id: 'SignedOut' });
