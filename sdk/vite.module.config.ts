import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { defineConfig, type Plugin } from 'vite';

/** The npm package: an ES module and its types. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [declarations('index', 'options', 'payment-gateway')],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'index.js' },
  },
});

/** Writes the types of the files that show at the door. One by one, without the compiler's whole program: milliseconds. */
function declarations(...names: string[]): Plugin {
  let folder = '';
  return {
    name: 'declarations',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle({ dir = folder }) {
      mkdirSync(dir, { recursive: true });
      for (const name of names) {
        const path = join(import.meta.dirname, 'src', `${name}.ts`);
        const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(path, 'utf8'), {
          fileName: basename(path),
          reportDiagnostics: true,
          compilerOptions: { strict: true, isolatedDeclarations: true, target: ts.ScriptTarget.ES2022 },
        });
        if (diagnostics.length) throw new Error(ts.flattenDiagnosticMessageText(diagnostics[0]?.messageText, '\n'));
        writeFileSync(join(dir, `${name}.d.ts`), outputText.replaceAll(`.ts'`, `.js'`).replaceAll(`.ts"`, `.js"`));
      }
    },
  };
}
