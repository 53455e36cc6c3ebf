import { type Database, type Queryable, statement } from '../database/database.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { type Finding, notExamined } from './finding.ts';
import { isWorkerAlive } from './examine-worker.ts';
import { withholdCardNumbers } from './find-card-numbers.ts';
import type { Offender, Rule } from './rule.ts';
import { rules } from './rules.ts';

/** One snapshot for all rules: between two of them a gateway at work would look broken. It locks nothing and writes nothing. */
const oneSnapshot = statement('doctor-one-snapshot', 'set transaction isolation level repeatable read, read only');
/** A large database takes its time, and nobody waits behind a reader. */
const noHurry = statement('doctor-no-hurry', `select set_config('statement_timeout', '0', true)`);

const savepoint = statement('doctor-savepoint', 'savepoint rule');
const goBack = statement('doctor-go-back', 'rollback to savepoint rule');

/** Everything about money, work and secrets that holds at any moment, as one reader sees it at one moment. */
export function examineMoney(database: Database, sealer: Sealer): Promise<Finding[]> {
  return database.transaction(async (within) => {
    await within.rows(oneSnapshot);
    await within.rows(noHurry);
    return examineRules(within, sealer, rules);
  });
}

/** @param within a transaction. */
export async function examineRules(within: Queryable, sealer: Sealer, which: readonly Rule[]): Promise<Finding[]> {
  const hasWorker = await isWorkerAlive(within);
  const findings: Finding[] = [];
  for (const rule of which) findings.push(await examineRule(within, sealer, rule, hasWorker));
  return findings;
}

async function examineRule(within: Queryable, sealer: Sealer, rule: Rule, hasWorker: boolean): Promise<Finding> {
  const { name, section, must, level, todo, needsWorker } = rule;
  await within.rows(savepoint);
  try {
    const { total, shown } = await rule.look(within, { sealer });
    const good = { section, name, says: must, total, offenders: shown.map(withheld) };
    if (total === 0) return { ...good, level: 'ok', todo: null };
    if (needsWorker && !hasWorker) return { ...good, level: 'warning', todo: 'Start a worker first: none is alive.' };
    return { ...good, level, todo };
  } catch (error) {
    await within.rows(goBack);
    return notExamined({ section, name }, `${must} Not examined: ${(error as Error).message}`);
  }
}

/** Any column may be part of what names a row. */
const withheld = ({ subject, found }: Offender): Offender => ({
  subject: withholdCardNumbers(subject),
  found: withholdCardNumbers(found),
});
