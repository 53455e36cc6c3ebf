/**
 * The text of a module that stands for one a bundle shall not have. It names what is missing when it is called, so that a
 * wrong turn at run time is one clear error instead of a silent nothing.
 * @param exported the names it must export; with none it is a CommonJS module that is itself the function.
 */
export function absentText(module: string, exported: readonly string[]): string {
  const sentence = `${module} is not part of this bundle; see localstack/aws/packaging`;
  if (exported.length === 0) return `module.exports = function () { throw new Error(${JSON.stringify(sentence)}); };`;
  return exported
    .map((name) => `export function ${name}() { throw new Error(${JSON.stringify(`${name}: ${sentence}`)}); }`)
    .join('\n');
}

/** As `absentText`, for a CommonJS module that is loaded only when somebody wants it: nobody does. */
export const neverLoadedText = (module: string) =>
  `throw new Error(${JSON.stringify(`${module} is not part of this bundle; see localstack/aws/packaging`)});`;

/**
 * As `absentText`, for makers of something that is made at the start and perhaps never used: the thing can be made and
 * closed, and throws at the first use.
 */
export function unusedText(module: string, makers: readonly string[]): string {
  const sentence = `${module} is not part of this bundle; see localstack/aws/packaging`;
  return [
    `const unused = (maker) => new Proxy({}, {`,
    `  get: (_, name) => {`,
    // An await asks every value whether it is a promise.
    `    if (name === 'then') return undefined;`,
    `    if (name === 'close') return async () => undefined;`,
    `    throw new Error(maker + '().' + String(name) + ': ' + ${JSON.stringify(sentence)});`,
    `  },`,
    `});`,
    ...makers.map((name) => `export const ${name} = () => unused(${JSON.stringify(name)});`),
  ].join('\n');
}
