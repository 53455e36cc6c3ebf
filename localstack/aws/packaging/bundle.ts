import { basename } from 'node:path';
import { build, type Message, type Plugin } from 'esbuild';
import { substitute } from './substitute.ts';
import type { Substitute } from './substitutes.ts';

export type Bundle = {
  readonly code: Uint8Array;
  /** The files it was made of, by their paths in the repository. */
  readonly inputs: readonly string[];
};

/** pg and other CommonJS packages ask for `require`, which an ES module does not have. */
const banner = `import { createRequire as bundled } from 'node:module'; const require = bundled(import.meta.url);`;

/**
 * Bundles each entry, the text of a module whose paths begin at `root`, into one minified ES module for Lambda. What they
 * have in common is read once, and stands in each of them.
 * @param entries by names that are file names, too.
 */
export async function bundle(
  root: string,
  entries: ReadonlyMap<string, string>,
  own: ReadonlyMap<string, Substitute>,
): Promise<Map<string, Bundle>> {
  const { outputFiles, metafile, warnings } = await build({
    entryPoints: Object.fromEntries([...entries.keys()].map((name) => [name, `entry:${name}`])),
    outdir: 'bundles',
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    // Node's own word for a bundled undici: one parser of HTTP/1.1, which is llhttp.
    define: { esbuildDetection: 'true' },
    banner: { js: banner },
    plugins: [asEntries(root, entries), substitute(root, own)],
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(`The bundles are not whole:\n${warnings.map(asLine).join('\n')}`);
  const inputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [
      basename(path),
      Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
    ]),
  );
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const file = basename(path);
      return [file.replace(/\.js$/, ''), { code: contents, inputs: inputs.get(file) ?? [] }];
    }),
  );
}

const asEntries = (root: string, entries: ReadonlyMap<string, string>): Plugin => ({
  name: 'entries',
  setup(building) {
    building.onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: path.slice('entry:'.length),
      namespace: 'entry',
    }));
    building.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: entries.get(path) ?? '',
      resolveDir: root,
      loader: 'ts',
    }));
  },
});

const asLine = ({ text, location }: Message) =>
  `  ${location === null ? '' : `${location.file}:${location.line}: `}${text}`;
