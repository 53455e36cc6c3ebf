import { beforeAll, describe, expect, test } from '@jest/globals';
import { connectDatabase, type Database, type Queryable, statement } from '../database/database.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { everyRow } from '../testing/everything-written.ts';
import { type Corruption, corruptions } from './corruptions.test.table.ts';
import { examineMoney, examineRules } from './examine-rules.ts';
import type { Finding } from './finding.ts';
import { liveALittle } from './lived-in.test.life.ts';
import { readOnlyUrl } from './read-only-url.ts';
import { rules } from './rules.ts';

class Undo extends Error {}

const broken = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok');

describe('the rules', () => {
  const tested = useTestGateway({ REFUND_PROCESSING_DELAY: '0' });
  const { sql } = tested;

  beforeAll(() => liveALittle(tested));

  /** What the rules find after `corrupt`; it is undone. */
  async function examineAfter(corrupt: (within: Queryable) => Promise<void>): Promise<Finding[]> {
    let findings: Finding[] = [];
    const { database, gateway } = tested;
    const undone = database.transaction(async (within) => {
      // No trigger and no foreign key minds what this session does.
      await within.rows(statement('', 'set local session_replication_role = replica'));
      await corrupt(within);
      findings = await examineRules(within, gateway.sealer, rules);
      throw new Undo();
    });
    await expect(undone).rejects.toThrow(Undo);
    return findings;
  }

  test('have all of life to look at', async () => {
    const counts = async (table: string) =>
      Object.fromEntries(
        (await sql<{ status: string }>(`select distinct status from ${table} order by 1`)).map(({ status }) => [
          status,
          true,
        ]),
      );
    expect(await counts('payments')).toEqual({
      failed: true,
      partially_refunded: true,
      pending: true,
      refunded: true,
      success: true,
    });
    expect(await counts('refunds')).toEqual({ failed: true, pending: true, processed: true });
    expect(await counts('webhook_logs')).toEqual({ failed: true, pending: true, success: true });
    expect(await sql(`select from webhook_logs where round = 1 and status = 'success'`)).toHaveLength(1);
    expect(await sql(`select from payments where captured`)).toHaveLength(1);
    expect(await sql(`select from payments where error_code = 'ORDER_ALREADY_PAID'`)).toHaveLength(1);
  });

  test('hold in it, and looking at them writes nothing', async () => {
    const before = await everyRow(tested);
    expect(broken(await examineMoney(tested.database, tested.gateway.sealer))).toEqual([]);
    expect(await everyRow(tested)).toEqual(before);
  });

  test('are examined where nothing can be written', async () => {
    const url = readOnlyUrl(tested.gateway.settings.DATABASE_URL);
    const database = connectDatabase({ url, poolSize: 1, log: tested.gateway.log });
    try {
      const writing = database.rows(statement('', 'delete from worker_heartbeats'));
      await expect(writing).rejects.toThrow('read-only transaction');
      expect(broken(await examineMoney(database, tested.gateway.sealer))).toEqual([]);
    } finally {
      await database.close();
    }
  });

  test('are examined in one snapshot, in which nothing can be written', async () => {
    const { database, gateway } = tested;
    const asked: object[] = [];
    const ask = statement(
      '',
      `select current_setting('transaction_isolation') as isolation, current_setting('transaction_read_only') as "readOnly"`,
    );
    const heard: Database = {
      ...database,
      transaction: (work) =>
        database.transaction((within) =>
          work({
            rows: async (said, values) => {
              if (said.name.includes('refund-done-sum')) asked.push(...(await within.rows(ask)));
              return within.rows(said, values);
            },
          }),
        ),
    };
    await examineMoney(heard, gateway.sealer);
    expect(asked).toEqual([{ isolation: 'repeatable read', readOnly: 'on' }]);
  });

  test('have names of their own', () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  test('have each been seen broken', () => {
    expect([...new Set(corruptions.map(({ rule }) => rule))].sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  test.each(corruptions)('$rule: $how', async (corruption) => {
    const { rule, also = [], without } = corruption;
    let subject = '';
    const findings = await examineAfter(async (within) => {
      if (without) await remove(within, without);
      for (const text of corruption.sql) {
        const rows = await within.rows<{ subject: string }>(statement('', text));
        if (rows.length > 0) subject = rows.map((row) => row.subject).join();
      }
    });
    expect(subject).not.toBe('');
    const others = new Set([...also, ...(without ? ['guards-are-on'] : [])]);
    const named = broken(findings).filter(({ name }) => !others.has(name) || name === rule);
    expect(
      named.map(({ name, total, offenders }) => [name, total, offenders.map((offender) => offender.subject)]),
    ).toEqual([[rule, 1, [subject]]]);
    expect(named[0]?.level).toBe(rules.find(({ name }) => name === rule)?.level);
    for (const name of also) expect(broken(findings).map((finding) => finding.name)).toContain(name);
    expect(JSON.stringify(findings)).not.toMatch(/4111[ -]?1111|378282246310005|5555555555554444|whsec_|secret_other/);
  });

  async function remove(within: Queryable, without: NonNullable<Corruption['without']>): Promise<void> {
    const text =
      'index' in without
        ? `drop index ${without.index}`
        : `do $$ declare c text; begin
             for c in select conname from pg_constraint where contype = 'c' and conrelid = '${without.constraint[0]}'::regclass
                      and pg_get_constraintdef(oid) like '${without.constraint[1]}'
             loop execute format('alter table ${without.constraint[0]} drop constraint %I', c); end loop; end $$`;
    await within.rows(statement('', text));
  }

  test('without a worker, what is overdue is its absence and no fault of its own', async () => {
    const findings = await examineAfter(async (within) => {
      await within.rows(statement('', 'delete from worker_heartbeats'));
      await within.rows(
        statement('', `update payments set due_at = gateway_now() - interval '61 s' where status = 'pending'`),
      );
    });
    expect(broken(findings)).toMatchObject([
      { name: 'payment-overdue', level: 'warning', todo: expect.stringMatching(/worker first/) },
    ]);
  });

  test('at most twenty are shown, and all are counted', async () => {
    const findings = await examineAfter(async (within) => {
      await within.rows(
        statement(
          '',
          `insert into simulated_charges select 'pay_' || n, 500, 'INR', 'APPROVED' from generate_series(1, 33) n`,
        ),
      );
    });
    expect(broken(findings)).toMatchObject([{ name: 'charge-has-its-success', total: 33 }]);
    expect(broken(findings)[0]?.offenders).toHaveLength(20);
  });

  test('a rule that cannot be examined says so, and the others go on', async () => {
    const findings = await examineAfter(async (within) => {
      await within.rows(statement('', 'drop table simulated_refunds'));
    });
    const names = broken(findings).map(({ name, level }) => `${name} ${level}`);
    expect(names).toContain('no-more-returned-than-taken not examined');
    expect(findings.find(({ name }) => name === 'refund-done-sum')?.level).toBe('ok');
  });
});
