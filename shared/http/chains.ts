import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { BodyOf, ParamsOf, QueryOf, Route } from '../contracts/route.ts';
import type { MerchantRow } from '../merchants/merchant-store.ts';
import type { ResumedSession } from '../merchants/sessions/resume-session.ts';
import { policiesOf } from '../rate-limits/policies.ts';
import { accessLog } from './access-log.ts';
import { authenticate, authenticateSession, beforeSignIn } from './authenticate.ts';
import type { Call, HttpMiddleware, Passed, Result } from './call.ts';
import { errorBoundary } from './error-boundary.ts';
import { idempotency } from './idempotency.ts';
import { limitGuessing } from './limit-guessing.ts';
import { limitLogin } from './limit-login.ts';
import { limitPublic } from './limit-public.ts';
import { announceLimits, limitRate } from './limit-rate.ts';
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
  const limits = limitPublic(route);
  const inner = [
    ...limits.first,
    parseInput(route),
    ...limits.parsed,
    ...onlyOnce(route, merchantOfTheOrder),
    presentResult(route.status),
  ];
  return chain(nameOf(route), () => true, inner, perform as Perform);
}

/** A door for merchants, with their API credentials or signed in to the dashboard. */
export function merchantApi<const R extends Route>(
  route: R,
  perform: (call: CallOf<R> & { merchant: MerchantRow }) => Promise<Result>,
): HttpHandler {
  const inner = [
    announceLimits(policiesOf(route)),
    limitGuessing(),
    authenticate(),
    limitRate('merchant', ({ merchant }) => merchant?.id),
    parseInput(route),
    ...onlyOnce(route, ({ merchant }) => merchant?.id),
    presentResult(route.status, { hasTag: route.method === 'GET' }),
  ];
  return chain(nameOf(route), () => false, inner, perform as Perform);
}

/** A door for whoever is signed in to the dashboard; an API key does not open it. */
export function dashboardApi<const R extends Route>(
  route: R,
  perform: (call: CallOf<R> & { session: ResumedSession }) => Promise<Result>,
): HttpHandler {
  const inner = [
    announceLimits(policiesOf(route)),
    limitGuessing(),
    authenticateSession(),
    limitRate('merchant', ({ merchant }) => merchant?.id),
    parseInput(route),
    presentResult(route.status),
  ];
  return chain(nameOf(route), () => false, inner, perform as Perform);
}

/** The door that begins a session. It is handed the token the browser came with, whatever that is worth. */
export function signInApi<const R extends Route>(
  route: R,
  perform: (call: CallOf<R> & { givenToken: string | undefined }) => Promise<Result>,
): HttpHandler {
  const inner = [
    announceLimits(policiesOf(route)),
    beforeSignIn(),
    parseInput(route),
    limitLogin(),
    presentResult(route.status),
  ];
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

const onlyOnce = (route: Route, merchantOf: Parameters<typeof idempotency>[1]) =>
  route.idempotent === true ? [idempotency(route, merchantOf)] : [];

/** On a public route nobody says who they are; the order says who is paid. */
async function merchantOfTheOrder({ gateway, body }: Passed): Promise<string | undefined> {
  const { order_id } = body as { order_id: string };
  return (await gateway.openings.findPayable(order_id, null))?.merchant_id;
}

type Perform = (call: Passed) => Promise<Result>;

/*
 * The order is the argument: context and log wrap everything; the error boundary is outside all that can fail; then
 * what is limited by address (before authentication, which costs a query), authentication, what is limited by merchant
 * (an API key is public, so a stranger who knows it must not use up its owner's share), input, what is limited by order,
 * and idempotency, which needs the parsed body and must be the last thing before the work: a request that is refused
 * for coming too often leaves its key free.
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
  chained.handler((_event, context) => {
    const { passed } = context as Context & { passed: Passed };
    // An early answer would skip every `after`, the log and the one place where answers are made among them.
    return passed.replay ?? perform(passed);
  });
  return chained;
}
