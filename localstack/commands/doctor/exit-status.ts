import type { Finding } from '../../../shared/doctor/finding.ts';

export const COULD_NOT_RUN = 2;

/** What could not be examined is not known to be right. Warnings are for people; a script goes on. */
export function exitStatus(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ level }) => level === 'fault' || level === 'not examined') ? 1 : 0;
}
