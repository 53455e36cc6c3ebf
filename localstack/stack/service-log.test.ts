import { expect, test } from '@jest/globals';
import { worthShowing } from './service-log.ts';

test.each([
  ['{"level":30,"msg":"order created"}', 'stdout', undefined],
  ['{"level":20,"msg":"detail"}', 'stdout', undefined],
  ['{"level":40,"msg":"the queue is slow"}', 'stdout', 'warning: the queue is slow'],
  ['{"level":50,"err":{"message":"boom"},"msg":"job failed"}', 'stdout', 'error: job failed (boom)'],
  ['{"level":"error","msg":"named level"}', 'stderr', 'error: named level'],
  ['Server ready', 'stdout', undefined],
  ['\u001b[31mTypeError: x is not a function\u001b[39m', 'stderr', 'TypeError: x is not a function'],
  ['{ not json', 'stderr', '{ not json'],
] as const)('%s on %s shows %p', (line, stream, shown) => {
  expect(worthShowing(line, stream)).toBe(shown);
});
