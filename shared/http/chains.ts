import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { BodyOf, ParamsOf, QueryOf, Route } from '../contracts/route.ts';
import type { MerchantRow } from '../merchants/merchant-store.ts';
import { accessLog } from './access-log.ts';
import { authenticate } from './authenticate.ts';
import type { Call, HttpMiddleware, Passed, Result } from './call.ts';
import { errorBoundary } from './error-boundary.ts';
import { parseInput } from './parse-input.ts';
import { presentResult } from './present-result.ts';
import { requestContext } from './request-context.ts';

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

type CallOf<R extends Route> = Call<ParamsOf<R>, QueryOf<R>, BodyOf<R>>;

/** A door anybody may knock at, from any page. */
export function publicApi<const R extends Route>(route: R, perform: (call: CallOf<R>) => Promise<Result>): HttpHandler {
  return chain(nameOf(route), () => true, [parseInput(route), presentResult(route.status)], perform as Perform);
}

/** A door for merchants with their API credentials. */
export function merchantApi<const R extends Route>(
  route: R,
  perform: (call: CallOf<R> & { merchant: MerchantRow }) => Promise<Result>,
): HttpHandler {
  const inner = [authenticate(), parseInput(route), presentResult(route.status)];
  return chain(nameOf(route), () => false, inner, perform as Perform);
}

/** A door outside the API's routes: its own pages, and what no route matches. */
export function openDoor(
  name: string,
  { isPublic }: { isPublic: (event: APIGatewayProxyEventV2) => boolean },
  perform: (call: { event: APIGatewayProxyEventV2 }) => Promise<Result>,
): HttpHandler {
  return chain(name, isPublic, [presentResult(200)], perform);
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

type Perform = (call: Passed) => Promise<Result>;

/*
 * The order is the argument: context and log wrap everything; the error boundary is outside all that can fail; then
 * rate limit (its place is before authentication, which costs a query), authentication, input, and idempotency, which
 * needs the parsed body and must be the last thing before the work.
 */
function chain(
  name: string,
  isPublic: (event: APIGatewayProxyEventV2) => boolean,
  inner: readonly HttpMiddleware[],
  perform: Perform,
): HttpHandler {
  // Middy's early timeout would answer while the handler still works, and the money with it.
  const chained = middy({ timeoutEarlyInMillis: 0 });
  const middlewares = [requestContext({ isPublic }), accessLog(name), errorBoundary(), ...inner];
  for (const middleware of middlewares) chained.use(middleware as MiddlewareObj);
  chained.handler((_event, context) => perform((context as Context & { passed: Passed }).passed));
  return chained;
}
