import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem } from './send-json.ts';

export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  query: URLSearchParams;
}
export type Handler = (call: Call) => void | Promise<void>;
export type Routes = Record<string, Partial<Record<string, Handler>>>;

export function createRouter(routes: Routes): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const table = new Map(Object.entries(routes));

  return async (request, response) => {
    const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s, 2);
    const methods = table.get(path);
    if (!methods) {
      sendProblem(response, 404, 'NOT_FOUND', `Nothing lives here. There is ${[...table.keys()].join(', ')}.`);
      return;
    }
    // Node leaves the body out of an answer to HEAD by itself.
    const handler = methods[request.method === 'HEAD' ? 'GET' : (request.method ?? '')];
    if (!handler) {
      const allowed = Object.keys(methods).join(', ');
      const description = `${path} answers ${allowed}, not ${request.method ?? 'nothing'}.`;
      sendProblem(response, 405, 'METHOD_NOT_ALLOWED', description, { Allow: allowed });
      return;
    }
    await handler({ request, response, path, query: new URLSearchParams(search) });
  };
}
