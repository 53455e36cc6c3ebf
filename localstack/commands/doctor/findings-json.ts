import type { Finding, Level } from '../../../shared/doctor/finding.ts';
import { exitStatus } from './exit-status.ts';

/** The shape is the one `--help` shows. */
export function findingsJson(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return JSON.stringify({
    ok: exitStatus(findings) === 0,
    faults: count('fault'),
    warnings: count('warning'),
    not_examined: count('not examined'),
    findings,
  });
}
