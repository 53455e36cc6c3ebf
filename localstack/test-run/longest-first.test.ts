import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import LongestFirst, { longFiles } from './longest-first.mjs';

const rootDir = join(import.meta.dirname, '..', '..');

const orderOf = (paths: string[]) => {
  // Jest's own part reads its cache, which an empty folder does not have.
  const context = { config: { rootDir, cache: false }, hasteFS: { getSize: () => 100 } };
  return new LongestFirst()
    .sort(paths.map((path) => ({ path: join(rootDir, path), context })))
    .map(({ path }) => path.slice(rootDir.length + 1));
};

test('the files that are said to be long are there', () => {
  expect(Object.keys(longFiles).filter((path) => !existsSync(join(rootDir, path)))).toEqual([]);
});

test('a Jest that remembers nothing begins with the longest, and ends with those nobody mentions', () => {
  const long = Object.keys(longFiles);
  const order = orderOf(['shared/a.test.ts', ...long.toReversed(), 'shared/b.test.ts']);
  const seconds = order.map((path) => longFiles[path] ?? 0);
  expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
  expect(order.slice(-2).sort()).toEqual(['shared/a.test.ts', 'shared/b.test.ts']);
});
