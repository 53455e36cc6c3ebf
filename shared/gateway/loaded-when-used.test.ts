import { posix } from 'node:path';
import { expect, test } from '@jest/globals';
import { productFiles } from '../house/source-files.ts';

const texts = new Map(productFiles('{shared,functions}/**/*.ts').map(({ path, text }) => [path, text]));

/** What a module loads before its first line runs; types are gone by then. */
const loadedBy = (path: string) =>
  [...(texts.get(path) ?? '').matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from '([^']+)'|^import '([^']+)'/gm)].map(
    ([, from, bare]) => from ?? bare!,
  );

/** All that is loaded with a module, packages by their names. */
function loadedWith(entry: string): Set<string> {
  const loaded = new Set<string>();
  const visit = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    if (!texts.has(path)) return;
    for (const target of loadedBy(path)) {
      visit(target.startsWith('.') ? posix.join(posix.dirname(path), target) : target);
    }
  };
  visit(entry);
  return loaded;
}

test('a door loads neither BullMQ nor an AWS SDK before the settings say which is used', () => {
  for (const entry of ['shared/gateway/gateway.ts', 'functions/http/payments/create.ts', 'functions/jobs/sweep.ts']) {
    const loaded = [...loadedWith(entry)];
    expect(loaded).toContain('pg');
    expect(loaded.filter((name) => name === 'bullmq' || name.startsWith('@aws-sdk/'))).toEqual([]);
  }
});
