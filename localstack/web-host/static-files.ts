import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface StaticFile {
  content: Buffer;
  type: string;
  isImmutable: boolean;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of a folder by the path they are asked for, read once. A path that is no key of it leads nowhere. */
export function readAssets(folder: string): Map<string, StaticFile> {
  const paths = globSync('**/*', { cwd: folder }).map((path) => path.replaceAll('\\', '/'));
  return new Map(
    paths.flatMap((path): [string, StaticFile][] => {
      const type = TYPES[extname(path)];
      if (type === undefined) return [];
      const content = readFileSync(join(folder, path));
      return [[`/${path}`, { content, type, isImmutable: path.startsWith('assets/') }]];
    }),
  );
}
