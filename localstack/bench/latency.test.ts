import { expect, test } from '@jest/globals';
import { latencyOf } from './latency.ts';

test('percentiles are samples, by nearest rank, whatever the order of arrival', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(latencyOf(oneToHundred)).toEqual({ p50Ms: 50, p95Ms: 95, p99Ms: 99 });
});

test('one sample is every percentile', () => {
  expect(latencyOf([7])).toEqual({ p50Ms: 7, p95Ms: 7, p99Ms: 7 });
});

test('no sample has no percentile', () => {
  expect(latencyOf([]).p50Ms).toBeNaN();
});
