import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type SourceFile = { path: string; text: string };

const isTest = (path: string) =>
  path.includes('.test.') || /^(shared\/(testing|house)|functions\/stories)\//.test(path);

/** The files whose paths match, relative to the repository; what is built or not ours is not among them. */
export const filesIn = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (path) => /(^|[/\\])(node_modules|dist)$/.test(path) })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();

/** The files that run in production: no tests and nothing that is there for them. */
export const productFiles = (pattern: string): SourceFile[] =>
  filesIn(pattern)
    .filter((path) => !isTest(path))
    .map((path) => ({ path, text: readText(path) }));

export const readText = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
