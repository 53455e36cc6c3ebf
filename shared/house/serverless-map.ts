import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type HttpApi = string | { path: string; method: string };
type ServerlessYml = {
  provider: { environment: Record<string, string> };
  functions: Record<string, { handler: string; events?: { httpApi?: HttpApi }[] }>;
};

/** A function of serverless.yml: its name, the file of its door, and its addresses, such as `GET /health`. */
export type MappedFunction = { name: string; file: string; exportName: string; addresses: string[] };

const { provider, functions } = parse(
  readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8'),
) as ServerlessYml;

export const mappedEnvironment: Readonly<Record<string, string>> = provider.environment;

export const mappedFunctions: readonly MappedFunction[] = Object.entries(functions).map(
  ([name, { handler, events = [] }]) => ({
    name,
    file: handler.replace(/\.\w+$/, '.ts'),
    exportName: handler.slice(handler.lastIndexOf('.') + 1),
    addresses: events.flatMap(({ httpApi }) => (httpApi === undefined ? [] : [addressOf(httpApi)])),
  }),
);

function addressOf(httpApi: HttpApi): string {
  return typeof httpApi === 'string' ? httpApi : `${httpApi.method.toUpperCase()} ${httpApi.path}`;
}
