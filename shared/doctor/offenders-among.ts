import type { Queryable } from '../database/database.ts';
import { type Offender, type Offenders, shownAtMost } from './rule.ts';
import { type StoredText, storedTexts } from './stored-text.ts';

/** What `judge` finds wrong among all stored texts that match a regular expression of PostgreSQL's. */
export async function offendersAmong(
  within: Queryable,
  pattern: string,
  judge: (stored: StoredText) => Offender | undefined,
): Promise<Offenders> {
  const offenders: Offender[] = [];
  for await (const stored of storedTexts(within, pattern)) {
    const offender = judge(stored);
    if (offender !== undefined) offenders.push(offender);
  }
  return firstOf(offenders);
}

export const firstOf = (offenders: readonly Offender[]): Offenders => ({
  total: offenders.length,
  shown: offenders.slice(0, shownAtMost),
});
