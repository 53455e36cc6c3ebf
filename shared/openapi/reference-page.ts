import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { notFound } from '../contracts/errors.ts';
import { Answer } from '../http/answer.ts';

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>API reference - payment gateway</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

/** Everything comes from here. Swagger UI sets style attributes, hence the one exception. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const assetTypes: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** Swagger UI over our OpenAPI document. @param file an asset of the page, or undefined for the page. */
export async function referencePage(file: string | undefined): Promise<Answer> {
  if (file === undefined) return page('text/html; charset=utf-8', html);
  if (file === 'start.js') return page('text/javascript; charset=utf-8', start);
  const type = assetTypes[file];
  if (type === undefined) throw notFound('There is no such file');
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const content = await readFile(join(folder, file));
  const headers = { 'Content-Type': type, 'Cache-Control': 'public, max-age=3600' };
  return new Answer(200, content.toString('base64'), headers, { isBase64Encoded: true });
}

const page = (type: string, text: string) =>
  new Answer(200, text, { 'Content-Type': type, 'Content-Security-Policy': policy });
