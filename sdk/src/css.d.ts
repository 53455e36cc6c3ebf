/** The bundler hands a style sheet over as a minified string. */
declare module '*.css?inline' {
  const css: string;
  export default css;
}
