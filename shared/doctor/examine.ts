import { connectDatabase, type Database } from '../database/database.ts';
import { createLog } from '../runtime/log.ts';
import type { Settings } from '../runtime/settings.ts';
import { createSealer } from '../secrets/sealer.ts';
import { examineConfiguration } from './examine-configuration.ts';
import { examineClock, examineServer } from './examine-database.ts';
import { examineMigrations } from './examine-migrations.ts';
import { examineQueue } from './examine-queue.ts';
import { examineMoney } from './examine-rules.ts';
import { examineWorker } from './examine-worker.ts';
import { fault, type Finding, notExamined, type Section } from './finding.ts';
import { readOnlyUrl } from './read-only-url.ts';

/**
 * Examines a gateway, at work or at rest, and changes nothing. What cannot be looked at because something before it is
 * broken is said to be not examined.
 * @param env the environment the gateway runs with.
 */
export async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { settings, findings } = examineConfiguration(env);
  if (settings === undefined) {
    return [
      ...findings,
      ...leftOut(['database', 'migrations', 'queue', 'worker', 'money'], 'the settings are not usable'),
    ];
  }
  const url = readOnlyUrl(settings.DATABASE_URL);
  const database = connectDatabase({ url, poolSize: 1, log: createLog('silent') });
  try {
    const [stored, queue] = await Promise.all([examineStored(database, settings), examineQueue(settings)]);
    const before = stored.filter(({ section }) => section === 'database' || section === 'migrations');
    return [...findings, ...before, ...queue, ...stored.filter((finding) => !before.includes(finding))];
  } finally {
    await database.close();
  }
}

async function examineStored(database: Database, settings: Settings): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    findings.push(...(await examineServer(database)));
    const migrations = await examineMigrations(database);
    findings.push(migrations);
    if (migrations.level === 'fault') {
      return [...findings, ...leftOut(['worker', 'money'], 'the schema is not complete')];
    }
    findings.push(await examineClock(database, settings));
    findings.push(await examineWorker(database));
    findings.push(...(await examineMoney(database, createSealer(settings.SEALING_KEYS))));
    return findings;
  } catch (error) {
    const about = { section: 'database', name: 'reachable' } as const;
    const says = `The database cannot be used: ${reasonOf(error)}.`;
    const seen = new Set(findings.map(({ section }) => section));
    const rest = (['migrations', 'worker', 'money'] as const).filter((section) => !seen.has(section));
    return [
      ...findings,
      fault(about, says, 'Start it, or correct DATABASE_URL. npm start brings a database of its own.'),
      ...leftOut(rest, 'the database cannot be used'),
    ];
  }
}

const leftOut = (sections: readonly Section[], why: string) =>
  sections.map((section) => notExamined({ section, name: section }, `Not examined: ${why}.`));

/** A refused connection to several addresses has its words in its parts. */
function reasonOf(error: unknown): string {
  const { message, errors, code } = error as { message?: string; errors?: Error[]; code?: string };
  return message || errors?.[0]?.message || code || String(error);
}
