import { type Queryable, statement } from '../database/database.ts';
import type { Sealer } from '../secrets/sealer.ts';

/** A row that breaks a rule, and how: with the numbers, and without a secret. */
export type Offender = { readonly subject: string; readonly found: string };

/** All of them are counted, the first few are shown. */
export type Offenders = { readonly total: number; readonly shown: readonly Offender[] };

export const shownAtMost = 20;

export type Subject = 'money' | 'ledger' | 'events' | 'deliveries' | 'work' | 'idempotency' | 'secrets' | 'guards';

/** Something that holds in every committed state of the database, at work or at rest. */
export type Rule = {
  readonly name: string;
  readonly section: Subject;
  /** One sentence that says what holds. */
  readonly must: string;
  readonly level: 'fault' | 'warning';
  /** What somebody who sees it broken does next. */
  readonly todo: string;
  /** Without a worker nothing is done in time; the worker is then the fault and this its consequence. */
  readonly needsWorker?: true;
  readonly look: (within: Queryable, tools: { sealer: Sealer }) => Promise<Offenders>;
};

type SqlRule = Omit<Rule, 'look'> & {
  /** A select of the offenders as (subject, found). Two aggregates hash-joined beat a look-up for each row. */
  readonly offenders: string;
};

export function sqlRule({ offenders, ...rule }: SqlRule): Rule {
  const find = statement(
    `doctor-${rule.name}`,
    `select subject, found, count(*) over () as total from (${offenders}) as o order by subject limit ${shownAtMost}`,
  );
  return {
    ...rule,
    look: async (within) => {
      const rows = await within.rows<Offender & { total: number }>(find);
      return { total: rows[0]?.total ?? 0, shown: rows.map(({ subject, found }) => ({ subject, found })) };
    },
  };
}

/** The statuses of a payment whose charge succeeded, as an SQL list. */
export const succeeded = `('success', 'partially_refunded', 'refunded')`;
