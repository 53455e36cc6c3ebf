import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Loader, OnLoadResult, Plugin } from 'esbuild';
import { packageFiles, packages, type Substitute } from './substitutes.ts';

/** Puts the substitutes in their places. `own` are those of our files, by their path in the repository. */
export function substitute(root: string, own: ReadonlyMap<string, Substitute>): Plugin {
  return {
    name: 'substitute',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
        const found = packages.get(path);
        if (found === undefined) return undefined;
        return 'path' in found ? { path: join(root, found.path) } : { path, namespace: 'substitute' };
      });
      build.onLoad({ filter: /.*/, namespace: 'substitute' }, ({ path }) => ({
        ...loaded(packages.get(path), 'js'),
        resolveDir: root,
      }));
      build.onLoad({ filter: anyOf(packageFiles) }, ({ path }) => {
        const inModules = path.replaceAll('\\', '/').split('/node_modules/').at(-1) ?? '';
        return loaded(packageFiles.get(inModules), 'js');
      });
      build.onLoad({ filter: /[\\/](shared|functions)[\\/].*\.ts$/ }, async ({ path }) => {
        const inRepository = path.slice(root.length + 1).replaceAll('\\', '/');
        return loaded(own.get(inRepository) ?? { text: withShakableZod(await readFile(path, 'utf8')) }, 'ts');
      });
    },
  };
}

function loaded(found: Substitute | undefined, loader: Loader): OnLoadResult | undefined {
  if (found === undefined) return undefined;
  if ('path' in found) throw new Error(`${found.path} can stand for a package only`);
  return { contents: found.text, loader };
}

/** A namespace taken as a whole keeps all of zod, its fifty languages too: 100 kB of each zip. */
const withShakableZod = (text: string) => text.replace(`import { z } from 'zod';`, `import * as z from 'zod';`);

/** esbuild asks for what a filter matches and loads the rest by itself, which is ten times as fast. */
const anyOf = (files: ReadonlyMap<string, unknown>) =>
  new RegExp(`(${[...files.keys()].map((path) => path.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')).join('|')})$`);
