import { expect, test } from '@jest/globals';
import { sqsBatches } from './sqs-batches.ts';

const bell = (id: string, delayMs = 0, type: 'settle-payment' | 'deliver-webhook' = 'settle-payment') => ({
  type,
  id,
  delayMs,
});
const delays = (...delaysMs: number[]) =>
  sqsBatches(delaysMs.map((delayMs, n) => bell(`p${n}`, delayMs))).flatMap(({ entries }) =>
    entries.map(({ DelaySeconds }) => DelaySeconds),
  );

test('a bell is due in whole seconds, and not before it is due', () => {
  expect(delays(0, 1, 999, 1_000, 1_001, 899_001)).toEqual([0, 1, 2, 900]);
});

test('a bell that SQS cannot delay so long is the sweeper’s', () => {
  expect(delays(900_000, 900_001, 1_800_000, 7_200_000)).toEqual([900]);
});

test('a request is for one queue, and has ten messages and 256 KiB at most', () => {
  const longest = Array.from({ length: 700 }, (_, n) => bell(`${n}`.padEnd(64, 'x'), 900_000));
  const batches = sqsBatches([...longest, bell('d', 0, 'deliver-webhook')]);
  expect(batches.map(({ type, entries }) => [type, entries.length])).toEqual([
    ['settle-payment', 10],
    ['settle-payment', 10],
    ['settle-payment', 8],
    ['deliver-webhook', 1],
  ]);
  for (const { entries, messages } of batches) {
    expect(entries.map(({ Id }) => Id)).toEqual(entries.map((_, index) => String(index)));
    expect(entries.map(({ MessageBody }) => JSON.parse(MessageBody!))).toEqual(messages);
    const bytes = entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
    expect(bytes).toBeLessThan(256 * 1_024);
  }
  expect(new Set(batches.flatMap(({ messages }) => messages.flatMap(({ ids }) => ids))).size).toBe(701);
});
