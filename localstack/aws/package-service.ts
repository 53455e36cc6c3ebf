import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '..', '..');

/** What `serverless package` reads of the repository; its own file must be one. */
const folders = ['functions', 'shared', 'localstack', 'node_modules'];
const files = ['serverless.yml', 'package.json'];

/** It takes ten seconds; one that hangs shall not be waited for. */
const patienceMs = 180_000;

/**
 * Runs `serverless package` for a stage in a folder of its own, without network and credentials, past whatever lies in the
 * repository's .serverless.
 * @returns the folder with the template and the zips.
 */
export async function packageService(stage: string, folder: string, args: readonly string[] = []): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const name of folders) symlinkSync(join(root, name), join(folder, name), 'junction');
  for (const name of files) copyFileSync(join(root, name), join(folder, name));
  const serverless = join(
    dirname(createRequire(import.meta.url).resolve('serverless/package.json')),
    'bin',
    'serverless.js',
  );
  const child = spawn(process.execPath, [serverless, 'package', '--stage', stage, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', SLS_DEPRECATION_DISABLE: '*' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  if (code !== 0) throw new Error(`serverless package ended with ${String(code)}:\n${out}${err}`);
  return join(folder, '.serverless');
}
