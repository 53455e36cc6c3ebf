import { queues } from '../operations.ts';
import { session, signInBody, signedOut } from '../sessions.ts';
import { stats, statsQuery } from '../stats.ts';
import type { Route } from '../route.ts';

export const dashboardRoutes = {
  getStats: {
    method: 'GET',
    path: '/api/v1/stats',
    auth: 'merchant',
    tag: 'Dashboard',
    summary: 'Your payments in numbers: in all, in a range and the same span before, as a series, and what went wrong',
    status: 200,
    query: statsQuery,
    response: stats,
    errors: ['BAD_REQUEST_ERROR'],
  },
  getQueues: {
    method: 'GET',
    path: '/api/v1/queues',
    auth: 'merchant',
    tag: 'Dashboard',
    summary: "The work that waits, is done or came to nothing: your own, or for an operator everybody's",
    status: 200,
    response: queues,
    errors: [],
  },
  signIn: {
    method: 'POST',
    path: '/api/v1/auth/login',
    auth: 'password',
    tag: 'Dashboard',
    summary: 'Sign in to the dashboard; the session is a cookie',
    status: 200,
    body: signInBody,
    response: session,
    errors: ['AUTHENTICATION_ERROR', 'BAD_REQUEST_ERROR', 'PAYLOAD_TOO_LARGE'],
  },
  signOut: {
    method: 'POST',
    path: '/api/v1/auth/logout',
    auth: 'session',
    tag: 'Dashboard',
    summary: 'Sign out of the dashboard; the session ends',
    status: 200,
    response: signedOut,
    errors: [],
  },
  getSession: {
    method: 'GET',
    path: '/api/v1/auth/session',
    auth: 'session',
    tag: 'Dashboard',
    summary: 'Who is signed in to the dashboard',
    status: 200,
    response: session,
    errors: [],
  },
} as const satisfies Record<string, Route>;
