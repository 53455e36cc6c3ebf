import { statement } from '../database/database.ts';
import { idleMs, lifetimeMs } from '../merchants/sessions/session-store.ts';
import { hashOfToken, sessionTokenPattern } from '../merchants/sessions/session-token.ts';
import { offendersAmong } from './offenders-among.ts';
import { type Rule, sqlRule } from './rule.ts';

const about = { section: 'secrets', level: 'fault' } as const;

const readHashes = statement(
  'doctor-session-hashes',
  `select encode(token_hash, 'hex') as hash from dashboard_sessions where expires_at > (select gateway_now())`,
);
const tokens = RegExp(sessionTokenPattern, 'g');

export const sessionRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'sessions-end',
    must: 'A session ends 12 hours after it was last used and 7 days after it began, and an inactive merchant has none.',
    todo: 'Delete these sessions, and find out who writes to dashboard_sessions besides the gateway.',
    offenders: `
      select m.id::text as subject, format('a session begun %s, last used %s, ends %s%s', s.created_at, s.last_seen_at,
               s.expires_at, case when m.is_active then '' else ', and the merchant is inactive' end) as found
      from dashboard_sessions s join merchants m on m.id = s.merchant_id
      where s.expires_at > s.last_seen_at + ${idleMs} * interval '1 millisecond'
         or s.expires_at > s.created_at + ${lifetimeMs} * interval '1 millisecond'
         or not m.is_active`,
  }),
  {
    ...about,
    name: 'no-plain-session',
    must: 'No token of a live session stands readable in any table.',
    todo: 'Delete all rows of dashboard_sessions, empty the column, and find out what wrote it there.',
    look: async (within) => {
      const live = new Set((await within.rows<{ hash: string }>(readHashes)).map(({ hash }) => hash));
      const isLive = (token: string) => live.has(hashOfToken(token).toString('hex'));
      return offendersAmong(within, sessionTokenPattern, ({ table, column, row, text }) => {
        if (!(text.match(tokens) ?? []).some(isLive)) return undefined;
        const subject = `${table} ${row.replaceAll(tokens, '(token withheld)')}`;
        return { subject, found: `${column} has the token of a session` };
      });
    },
  },
];
