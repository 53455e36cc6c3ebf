import { randomBytes } from 'node:crypto';
import { badRequest } from '../contracts/errors.ts';
import { type Database, statement } from '../database/database.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { newWebhookSecret } from '../webhooks/outgoing/sign.ts';

const staysValidMs = 24 * 60 * 60 * 1000;
/** Each is one more signature on every delivery. One that was promised 24 hours keeps them, so the next rotation waits. */
const mostRetired = 10;

const stillValid = `(entry ->> 'valid_until')::timestamptz > gateway_now()`;

/*
 * One statement, so that two rotations at once lose nothing: the second waits for the row, and PostgreSQL reads it
 * again when it has it, with what the first has retired.
 */
const rotate = statement(
  'rotate-webhook-secret',
  `update merchants m
   set webhook_secret = $2, updated_at = gateway_now(),
       retired_webhook_secrets = (
         select jsonb_agg(entry order by place) from jsonb_array_elements(
           m.retired_webhook_secrets || jsonb_build_object(
             'secret', m.webhook_secret, 'valid_until', gateway_now() + $3 * interval '1 millisecond')
         ) with ordinality as retired (entry, place)
         where ${stillValid}
       )
   where m.id = $1
     and (select count(*) from jsonb_array_elements(m.retired_webhook_secrets) as retired (entry) where ${stillValid}) < $4
   returning m.id`,
);

/**
 * Makes a new webhook secret and answers it. The old one goes on signing beside it for 24 hours, and then ends by itself.
 * @throws BAD_REQUEST_ERROR when ten old ones are still valid.
 */
export async function rotateWebhookSecret(
  { database, sealer }: { database: Database; sealer: Sealer },
  merchantId: string,
): Promise<{ webhook_secret: string }> {
  const secret = newWebhookSecret(randomBytes);
  const rows = await database.rows(rotate, [merchantId, sealer.seal(secret), staysValidMs, mostRetired]);
  if (rows.length === 0) {
    throw badRequest(`The webhook secret must not be rotated more than ${mostRetired} times within 24 hours`);
  }
  return { webhook_secret: secret };
}
