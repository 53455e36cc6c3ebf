import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

export interface BuiltSdk {
  folder: string;
  read: (file: string) => string;
  remove: () => void;
}

/** The SDK built anew from its sources, in a folder of its own. */
export async function buildSdk(): Promise<BuiltSdk> {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-'));
  for (const config of ['vite.config.ts', 'vite.module.config.ts']) {
    // A process of its own: the bundler does not run in Jest's modules.
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = ['build', '--config', join(root, 'sdk', config), '--outDir', folder, '--logLevel', 'warn'];
    await promisify(execFile)(process.execPath, [vite, ...args], { cwd: root });
  }
  return {
    folder,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
