import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

type Chunk = { file: string; imports?: string[]; isEntry?: true; isDynamicEntry?: true; src?: string };

/** Script that has to be there before a page can be used: the shell's and the page's, as a browser fetches it. */
const mostBytes = 60_000;

const folder = join(import.meta.dirname, '..', 'dist', 'dashboard');
const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;

/** The files of a chunk and of all it imports, without those it may import later. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

const bytesOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);

const shell = Object.keys(manifest).find((name) => manifest[name]!.isEntry)!;
const pages = Object.keys(manifest).filter((name) => /pages\/.*Page\.svelte$/.test(name));

describe('what a page of the dashboard loads', () => {
  test('every page is a file of its own', () => {
    const written = readFileSync(join(import.meta.dirname, 'pages.ts'), 'utf8').match(/\.\/pages\/[\w/]+Page\.svelte/g);
    expect(pages.map((name) => name.replace(/^.*pages\//, './pages/')).sort()).toEqual([...new Set(written)].sort());
    expect(pages.every((name) => manifest[name]!.isDynamicEntry)).toBe(true);
  });

  test.each(pages)(`%s is below ${mostBytes} bytes with the shell`, (name) => {
    const bytes = bytesOf(filesOf(name, filesOf(shell)));
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(mostBytes);
  });

  test('zod stays on the server', () => {
    const files = Object.values(manifest).map(({ file }) => file);
    const withZod = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes('ZodError'));
    expect(withZod).toEqual([]);
  });
});
