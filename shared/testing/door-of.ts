import type { Route } from '../contracts/route.ts';
import { mappedFunctions } from '../house/serverless-map.ts';
import type { HttpHandler } from '../http/chains.ts';

/** The handler that serverless.yml puts behind a route, so that a test can walk the table of routes. */
export async function doorOf({ method, path }: Route): Promise<HttpHandler> {
  const mapped = mappedFunctions.find(({ addresses }) => addresses.includes(`${method} ${path}`));
  if (mapped === undefined) throw new Error(`serverless.yml has no function for ${method} ${path}`);
  const { handler } = (await import(`../../${mapped.file}`)) as { handler: HttpHandler };
  return handler;
}
