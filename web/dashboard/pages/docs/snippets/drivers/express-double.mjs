import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import { buffer } from 'node:stream/consumers';

// Express as far as the snippet uses it, for a test that runs the snippet as it is shown.
const source = `export { default } from ${JSON.stringify(import.meta.url)};`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'express'
      ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
      : next(specifier, context),
});

export default function express() {
  const routes = new Map();
  return {
    post: (path, ...handlers) => routes.set(path, handlers),
    listen: (port) =>
      createServer((request, response) => answer(routes.get(request.url), request, response)).listen(port),
  };
}

express.raw = ({ type }) => {
  const raw = async (request, _response, next) => {
    if (request.headers['content-type'] === type) request.body = await buffer(request);
    next();
  };
  return raw;
};

function answer([parse, handle], request, response) {
  response.status = (code) => Object.assign(response, { statusCode: code });
  response.send = (text) => response.end(text);
  response.sendStatus = (code) => response.writeHead(code).end();
  void parse(request, response, () => handle(request, response));
}
