import { z } from 'zod';
import { type ErrorCode, errorStatus } from './error-codes.ts';

/** Apart from the errors themselves, which jobs throw, too: they have no other use for zod. */
export const errorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
      description: z.string().meta({ description: 'What is wrong and what was expected, for a person' }),
      field: z.string().optional().meta({ description: 'The input at fault, where one is' }),
      request_id: z.string().meta({ description: 'Also in the X-Request-Id header; name it when you ask for help' }),
    }),
  })
  .meta({ id: 'Error' });
