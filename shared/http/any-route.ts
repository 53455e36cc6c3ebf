import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { notFound } from '../contracts/errors.ts';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { Answer } from './answer.ts';
import { type HttpHandler, openDoor } from './chains.ts';

/** Browsers may remember a preflight for this long. */
const preflightSeconds = 600;

const preflight = new Answer(204, '', {
  'Access-Control-Allow-Methods': 'GET, POST, PUT',
  'Access-Control-Allow-Headers': 'Content-Type, X-Api-Key, X-Api-Secret, Idempotency-Key, If-None-Match',
  'Access-Control-Max-Age': String(preflightSeconds),
});

/** What no route matches: a browser's preflight, or an address that does not exist. */
export const anyRoute = (): HttpHandler =>
  openDoor('unmatched', { isPublic: isPublicAddress }, async ({ event }) => {
    const { method } = event.requestContext.http;
    if (method === 'OPTIONS') return preflight;
    throw notFound(`There is no ${method} route at this address; GET /docs lists them all`);
  });

const publicPatterns = Object.values<Route>(routes)
  .filter(({ auth }) => auth === 'none')
  .map(({ path }) => new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`));

const isPublicAddress = ({ rawPath }: APIGatewayProxyEventV2) =>
  publicPatterns.some((pattern) => pattern.test(rawPath));
