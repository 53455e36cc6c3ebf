import { expect, test } from '@jest/globals';
import { fault, type Finding, notExamined, ok, warning } from '../../../shared/doctor/finding.ts';
import { exitStatus } from './exit-status.ts';
import { findingsJson } from './findings-json.ts';
import { findingsScreen } from './findings-screen.ts';

const good = ok({ section: 'worker', name: 'heartbeat' }, 'A worker has reported in lately.');
const doubtful = warning({ section: 'queue', name: 'eviction' }, 'A full Redis drops jobs.', 'Set it to noeviction.');
const wrong: Finding = {
  ...fault(
    { section: 'money', name: 'refund-done-sum' },
    "A payment's refund_done is the sum of its processed refunds.",
    'Stop refunds of these payments, and find out from their events and the ledger which number is right.',
  ),
  total: 21,
  offenders: [
    { subject: 'pay_H8sK3jD9s2L1pQr4', found: 'refund_done is 19999, its processed refunds sum up to 20000' },
  ],
};
const unseen = notExamined({ section: 'events', name: 'events' }, 'Not examined: the schema is not complete.');

test('what is wrong is shown with its rows, how many more there are, and what to do', () => {
  const screen = findingsScreen([good, doubtful, wrong, ok({ section: 'money', name: 'other' }, 'Holds.')]);
  expect(screen).toContain('Not everything is right: 1 fault, 1 warning.');
  expect(screen).toContain('✓ worker         A worker has reported in lately.');
  expect(screen).toContain('✗ money          1 of 2 rules hold');
  expect(screen).toContain('      pay_H8sK3jD9s2L1pQr4: refund_done is 19999, its');
  expect(screen).toContain('      and 20 more.');
  expect(screen).toContain('      → Stop refunds of these payments');
  expect(screen).toContain('      → Set it to noeviction.');
});

test('a line has 80 columns at most', () => {
  const long = { ...wrong, offenders: [{ subject: 'pay_1', found: 'word '.repeat(60) }] };
  for (const line of findingsScreen([good, long, unseen]).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('all well is said in one sentence', () => {
  expect(findingsScreen([good])).toContain('\n  Everything is right.\n');
});

test.each([
  [[good], 0],
  [[good, doubtful], 0],
  [[good, wrong], 1],
  [[good, unseen], 1],
])('the exit status, case %#', (findings, status) => {
  expect(exitStatus(findings)).toBe(status);
  expect(JSON.parse(findingsJson(findings))).toMatchObject({ ok: status === 0, findings });
});

test('the JSON counts', () => {
  expect(JSON.parse(findingsJson([good, doubtful, wrong, unseen]))).toMatchObject({
    faults: 1,
    warnings: 1,
    not_examined: 1,
  });
});
