import { expect } from '@jest/globals';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { doorOf } from './door-of.ts';
import { type Answered, type Knock, knock } from './knock.ts';

/** Knocks at the door of a route, with nobody's credentials unless told otherwise. */
export const knockAt = async (route: Route, call: Knock = {}): Promise<Answered> =>
  knock(await doorOf(route), { method: route.method, path: route.path, headers: {}, ...call });

export const login = (body: unknown, headers: Record<string, string> = {}, ip = '127.0.0.1') =>
  knockAt(routes.signIn, { headers, body, ip });

/** The token in the cookie that an answer sets. */
export const tokenIn = ({ headers }: Answered): string | undefined =>
  /^gateway_session=(sess_[\w-]{43});/.exec(headers['set-cookie'] ?? '')?.[1];

/** Signs in with a password, and answers the headers of the page that did. */
export async function signedIn(credentials: { email: string; password: string }) {
  const answer = await login(credentials);
  expect(answer.status).toBe(200);
  return { cookie: `gateway_session=${tokenIn(answer)}`, 'x-csrf-token': answer.json.csrf_token as string };
}

export const isSignedIn = async (headers: Record<string, string>): Promise<boolean> =>
  (await knockAt(routes.getSession, { headers })).status === 200;
