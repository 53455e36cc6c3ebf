import { type Rule, sqlRule } from './rule.ts';

/** What the database refuses by itself. Each was switched off by somebody if it is not there. */
const guards = [
  ...['orders', 'payments', 'refunds', 'webhook_logs'].map((table) => [table, 'trigger', 'legal_status']),
  ['events', 'trigger', 'append_only'],
  ['payments', 'index', 'payments_one_charge_per_order'],
  ['events', 'index', 'events_story'],
  ['payments', 'constraint', '%refund_done <= refund_reserved%refund_reserved <= amount%'],
  ['payments', 'constraint', 'FOREIGN KEY (merchant_id, order_id, amount, currency)%'],
  ['refunds', 'constraint', 'FOREIGN KEY (merchant_id, payment_id)%'],
  ['events', 'constraint', 'FOREIGN KEY (merchant_id, payment_id)%'],
  ['webhook_logs', 'constraint', 'FOREIGN KEY (merchant_id, event_id)%'],
  ['webhook_attempts', 'constraint', 'PRIMARY KEY (webhook_log_id, round, number)'],
  ['idempotency_keys', 'constraint', 'PRIMARY KEY (merchant_id, route, key)'],
  ['simulated_charges', 'constraint', 'PRIMARY KEY (payment_id)'],
  ['simulated_refunds', 'constraint', 'PRIMARY KEY (refund_id)'],
];
const list = guards.map((guard) => `(${guard.map((part) => `'${part}'`).join(', ')})`).join(', ');

export const guardRules: readonly Rule[] = [
  sqlRule({
    name: 'guards-are-on',
    section: 'guards',
    level: 'fault',
    must: 'The triggers, unique indexes and constraints by which the database refuses to be wrong are there and on.',
    todo: 'Take them from shared/database/migrations, and switch them on before anything else is written.',
    offenders: `
      select g.on_table as subject, format('the %s "%s" is missing or off', g.kind, g.guard) as found
      from (values ${list}) as g (on_table, kind, guard)
      where not case g.kind
        when 'trigger' then exists (
          select from pg_trigger t
          where t.tgrelid = to_regclass(g.on_table) and t.tgname = g.guard and t.tgenabled in ('O', 'A'))
        when 'index' then exists (
          select from pg_index i where i.indexrelid = to_regclass(g.guard) and i.indisunique and i.indisvalid)
        else exists (
          select from pg_constraint c
          where c.conrelid = to_regclass(g.on_table) and c.convalidated and pg_get_constraintdef(c.oid) like g.guard)
      end`,
  }),
];
