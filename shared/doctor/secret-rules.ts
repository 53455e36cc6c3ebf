import { type Queryable, statement } from '../database/database.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { findCardNumbers, perhapsACard } from './find-card-numbers.ts';
import { firstOf, offendersAmong } from './offenders-among.ts';
import { type Rule, sqlRule } from './rule.ts';
import type { StoredText } from './stored-text.ts';

const about = { section: 'secrets', level: 'fault' } as const;

/** Every sealed secret of every merchant; of those rotated away the ones that still sign. */
const kept = `(
  select id, 'api_secret' as what, api_secret as secret from merchants
  union all select id, 'webhook_secret', webhook_secret from merchants
  union all select id, 'retired webhook secret', r ->> 'secret'
  from merchants, jsonb_array_elements(retired_webhook_secrets) r
  where coalesce((r ->> 'valid_until')::timestamptz, 'infinity') > (select gateway_now())
)`;
const sealedForm = `'^v1:[^:]+:[A-Za-z0-9+/]+=*$'`;

const readSealed = statement(
  'doctor-sealed-secrets',
  `select id, what, secret from ${kept} k where secret ~ ${sealedForm} order by id, what`,
);
type Sealed = { id: string; what: string; secret: string };

/** What all secrets of a kind begin with, such as `whsec_`; few patterns then find the candidates. */
const kindOf = (secret: string) => /^(?:[A-Za-z]+_)+/.exec(secret)?.[0] ?? secret.slice(0, 6);
const escaped = (text: string) => text.replaceAll(/[^A-Za-z0-9_]/g, '\\$&');

/** Shorter ones stand anywhere by chance. */
const shortestSecret = 8;

export const secretRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'secrets-are-sealed',
    must: "Merchants' secrets are stored sealed.",
    todo: 'Rotate these secrets now: whoever read the database or a backup has them.',
    offenders: `
      select id::text as subject, format('its %s is not sealed', what) as found
      from ${kept} k where secret is null or secret !~ ${sealedForm}`,
  }),
  {
    ...about,
    name: 'secrets-can-be-opened',
    must: 'Sealed secrets open with the keys of SEALING_KEYS.',
    todo: 'Put the key they were sealed with back into SEALING_KEYS, behind the current one.',
    look: async (within, { sealer }) => {
      const sealed = await within.rows<Sealed>(readSealed);
      const closed = sealed.filter(({ secret }) => opened(sealer, secret) === undefined);
      return firstOf(
        closed.map(({ id, what, secret }) => ({
          subject: id,
          found: `its ${what} does not open; it was sealed under the key "${secret.split(':')[1] ?? ''}"`,
        })),
      );
    },
  },
  sqlRule({
    ...about,
    name: 'passwords-are-hashed',
    must: 'Passwords are stored as argon2id hashes.',
    todo: 'Delete these passwords, and have their owners set new ones.',
    offenders: `
      select id::text as subject, 'its password_hash is none of argon2id' as found
      from merchants where password_hash not like '$argon2id$%'`,
  }),
  {
    ...about,
    name: 'no-plain-secret',
    must: "No merchant's API or webhook secret stands readable in any table.",
    todo: 'Rotate the secret, empty the column, and find out what wrote it there.',
    look: async (within, { sealer }) => {
      const secrets = (await within.rows<Sealed>(readSealed))
        .map((row) => ({ ...row, plain: opened(sealer, row.secret) ?? '' }))
        .filter(({ plain }) => plain.length >= shortestSecret);
      if (secrets.length === 0) return { total: 0, shown: [] };
      const kinds = [...new Set(secrets.map(({ plain }) => escaped(kindOf(plain))))];
      return await offendersAmong(within, kinds.join('|'), (stored) => {
        const secret = secrets.find(({ plain }) => stored.text.includes(plain));
        if (secret === undefined) return undefined;
        const row = stored.row.replaceAll(secret.plain, '(secret withheld)');
        return {
          subject: `${stored.table} ${row}`,
          found: `${stored.column} has the ${secret.what} of merchant ${secret.id}`,
        };
      });
    },
  },
  {
    ...about,
    name: 'no-card-number',
    must: 'No card number stands in any column that the gateway fills.',
    todo: 'Delete it from the row and the backups, and find out what wrote it there.',
    look: (within) => cardNumbersIn(within, (stored) => !isOfOthers(stored)),
  },
  {
    ...about,
    name: 'no-card-number-from-others',
    level: 'warning',
    must: 'Nothing that looks like a card number stands in what merchants and their servers write.',
    todo: 'Ask the merchant what it is: one order number in ten of such a length looks like one by chance.',
    look: (within) => cardNumbersIn(within, isOfOthers),
  },
];

/** What merchants and their servers write as they like. */
const ofOthers = [
  ...['merchants.name', 'merchants.email', 'merchants.webhook_url', 'orders.receipt', 'orders.notes', 'refunds.reason'],
  ...['orders.idempotency_key', 'payments.idempotency_key', 'payments.capture_idempotency_key'],
  ...['refunds.idempotency_key'],
  ...['idempotency_keys.key', 'idempotency_keys.response', 'events.payload', 'webhook_logs.payload'],
  ...['webhook_logs.url', 'webhook_logs.response_body', 'webhook_attempts.response_body'],
  'webhook_attempts.response_headers',
];
const isOfOthers = ({ table, column }: StoredText) => ofOthers.includes(`${table}.${column}`);

const cardNumbersIn = (within: Queryable, isAsked: (stored: StoredText) => boolean) =>
  offendersAmong(within, perhapsACard, (stored) => {
    const { length } = isAsked(stored) ? findCardNumbers(stored.text) : [];
    if (length === 0) return undefined;
    const found = `${stored.column} has ${length === 1 ? 'a card number' : `${length} card numbers`} in it`;
    return { subject: `${stored.table} ${stored.row}`, found };
  });

function opened(sealer: Sealer, secret: string): string | undefined {
  try {
    return sealer.unseal(secret);
  } catch {
    return undefined;
  }
}
