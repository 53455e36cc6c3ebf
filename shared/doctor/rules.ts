import { deliveryRules } from './delivery-rules.ts';
import { eventRules } from './event-rules.ts';
import { guardRules } from './guard-rules.ts';
import { idempotencyRules } from './idempotency-rules.ts';
import { ledgerRules } from './ledger-rules.ts';
import { moneyRules } from './money-rules.ts';
import type { Rule } from './rule.ts';
import { secretRules } from './secret-rules.ts';
import { sessionRules } from './session-rules.ts';
import { workRules } from './work-rules.ts';

/** Everything that holds at any moment, whoever is at work. */
export const rules: readonly Rule[] = [
  ...moneyRules,
  ...ledgerRules,
  ...eventRules,
  ...deliveryRules,
  ...workRules,
  ...idempotencyRules,
  ...secretRules,
  ...sessionRules,
  ...guardRules,
];
