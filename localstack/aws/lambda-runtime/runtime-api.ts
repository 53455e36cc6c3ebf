import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Environment } from './environment.ts';

/** Lambda's Runtime API, for every environment under a path of its own. */
export type RuntimeApi = {
  readonly address: string;
  readonly environments: Map<string, Environment>;
  stop(): void;
};

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const environments = new Map<string, Environment>();
  const server = createServer((request, response) => {
    const [, prefix = '', , , ...rest] = (request.url ?? '').split('/');
    const environment = environments.get(prefix);
    if (environment === undefined) response.writeHead(404).end();
    else void serve(environment, rest, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    environments,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function serve(
  environment: Environment,
  [what = '', id = '', end = '']: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (what === 'invocation' && id === 'next') {
    const { 'x-pid': pid, 'x-init-cpu-ms': initCpuMs } = request.headers;
    environment.next(Number(pid), Number(initCpuMs), ({ id: requestId, invocation }) => {
      response.writeHead(200, {
        'Lambda-Runtime-Aws-Request-Id': requestId,
        'Lambda-Runtime-Deadline-Ms': String(invocation.deadlineMs),
        'Lambda-Runtime-Invoked-Function-Arn': invocation.arn,
      });
      response.end(JSON.stringify(invocation.event));
    });
    return;
  }
  const body = await text(request);
  if (what === 'init') environment.isDead = true;
  if (end === 'response') environment.answer(id, JSON.parse(body));
  else environment.fail(body);
  response.writeHead(202).end();
}
