import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** What the built files depend on. */
const SOURCES = [
  '{web,sdk}/**/*.{ts,js,mjs,py,php,go,java,rb,svelte,css,html,svg,json}',
  'shared/contracts/*.ts',
  'package-lock.json',
];
/** In this order: the first of the SDK's empties the folder that the second adds to. */
const CONFIGS = [
  'web/checkout/vite.config.ts',
  'web/dashboard/vite.config.ts',
  'sdk/vite.config.ts',
  'sdk/vite.module.config.ts',
];
const isBuiltFile = (path: string) => /(^|[/\\])dist$/.test(path);

/** Built with the sources as they are. */
const stampPath = (root: string) => join(root, 'web', 'dist', '.sources');

export const isBuilt = (root: string): boolean =>
  existsSync(stampPath(root)) && readFileSync(stampPath(root), 'utf8') === hashOfSources(root);

/** Builds the checkout and the SDK into web/dist and sdk/dist. It takes a second or two. */
export async function buildWeb(root: string): Promise<void> {
  // Read before: what is edited during the build is not in it.
  const sources = hashOfSources(root);
  for (const config of CONFIGS) {
    await build({ configFile: join(root, config), logLevel: 'warn' });
  }
  writeFileSync(stampPath(root), sources);
}

function hashOfSources(root: string): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: root, exclude: isBuiltFile }).sort();
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}
