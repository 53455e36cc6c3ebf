import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needsOf } from '../needs.ts';
import { type Bundle, bundle } from './bundle.ts';
import { ownFiles } from './substitutes.ts';
import { zip } from './zip.ts';

export type PackagedFunction = {
  readonly zip: Buffer;
  /** The files its code was made of, by their paths in the repository. */
  readonly inputs: readonly string[];
};

/** Where Lambda finds the handler in the zip. */
export const packagedHandler = 'index.handler';

const root = realpathSync(join(import.meta.dirname, '..', '..', '..'));

/**
 * Functions of serverless.yml as zips: each with its door and all that needs in one ES module, and the files it reads.
 * @param handlers by function, such as `functions/jobs/sweep.handler`.
 */
export async function packageFunctions(handlers: ReadonlyMap<string, string>): Promise<Map<string, PackagedFunction>> {
  const wanted = [...handlers].map(([name, handler]) => ({ name, handler, needs: needsOf(name, handler) }));
  // Functions with the same needs have the same substitutes, and so can be bundled in one go.
  const alike = Map.groupBy(wanted, ({ needs }) => [...ownFiles(needs).keys()].join());
  const packaged = new Map<string, PackagedFunction>();
  for (const group of alike.values()) {
    const entries = new Map(group.map(({ name, handler }) => [name, entryOf(handler)]));
    const [first] = group as [(typeof wanted)[number]];
    const bundles = await bundle(root, entries, ownFiles(first.needs));
    for (const { name, needs } of group) packaged.set(name, await zipped(bundles.get(name), needs.files));
  }
  return packaged;
}

async function zipped(
  made: Bundle | undefined,
  files: readonly (readonly [inZip: string, inRepository: string])[],
): Promise<PackagedFunction> {
  if (made === undefined) throw new Error('esbuild left out a bundle');
  const read = await Promise.all(
    files.map(async ([inZip, inRepository]) => [inZip, await readFile(join(root, inRepository))] as const),
  );
  return { zip: await zip(new Map<string, Uint8Array>([['index.mjs', made.code], ...read])), inputs: made.inputs };
}

/** The order is the argument: the secrets are on their way while the door and all behind it is loaded. */
const entryOf = (handler: string) => `
import { secretsUnderWay } from './shared/lambda/secrets-under-way.ts';
import { readSecrets } from './shared/lambda/read-secrets.ts';
import { handler as door } from './${handler.replace(/\.handler$/, '.ts')}';
import { hostOnLambda } from './shared/lambda/host-on-lambda.ts';
export const handler = await hostOnLambda(door, { underWay: secretsUnderWay, read: readSecrets });
`;
