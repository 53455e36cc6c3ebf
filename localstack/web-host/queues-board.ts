import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import type { RequestListener } from 'node:http';
import { type BullmqConnection, type BullmqTarget, connectBullmq } from '../../shared/queue/bullmq-connection.ts';
import { jobTypes } from '../../shared/queue/doorbell.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { boardPath } from './board-on-demand.ts';

/** As much of the answer to `GET /api/v1/auth/session` as is needed here. */
type Session = { is_operator?: boolean };

export interface QueuesBoard {
  answer: RequestListener;
  close(): Promise<void>;
}

/**
 * BullMQ's own board over the gateway's queues, for operators who are signed in to the dashboard. A message is a doorbell:
 * whatever is retried or removed here costs time and nothing else.
 */
export function openQueuesBoard(
  target: BullmqTarget,
  { apiOrigin, log }: { apiOrigin: string; log: Log },
): QueuesBoard {
  const connection = connectBullmq(target, 'producer', log);
  const queues = jobTypes.map((type) => connection.queue(type, {}));
  const adapter = new HonoAdapter(serveStatic).setBasePath(boardPath);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Queues', hideRedisDetails: target.backend !== 'redis' } },
  });

  const app = new Hono({ strict: false });
  app.use(onlyOperators(apiOrigin), onlyItsOwnPage, onlyOurAssets, storeIsThere(connection));
  app.route(boardPath, adapter.registerPlugin());
  const listener = getRequestListener(app.fetch);
  return {
    answer: (request, response) => void listener(request, response),
    close: async () => {
      await Promise.all(queues.map((queue) => queue.close().catch(() => undefined)));
      await connection.close();
    },
  };
}

/** The session is the API's to judge, each time: it may have ended since the last. */
const onlyOperators =
  (apiOrigin: string): MiddlewareHandler =>
  async (c, next) => {
    const cookie = c.req.header('cookie') ?? '';
    const asked = await fetch(`${apiOrigin}/api/v1/auth/session`, { headers: { cookie } }).catch(() => undefined);
    if (asked === undefined)
      return c.text('The gateway does not answer, so nobody can be let in. Try again shortly.', 503);
    const session = asked.ok ? ((await asked.json()) as Session) : undefined;
    if (session?.is_operator === true) return next();
    const why = session
      ? 'This board shows every merchant\u2019s work, and is for operators.'
      : 'Sign in to the dashboard first.';
    return c.text(why, session ? 403 : 401);
  };

/** Pages on other ports of this machine are the same site to a browser, so its cookie alone does not say who asks. */
const onlyItsOwnPage: MiddlewareHandler = async (c, next) => {
  const from = c.req.header('origin');
  if (c.req.method === 'GET' || (from !== undefined && URL.parse(from)?.host === c.req.header('host'))) return next();
  return c.text('Only the board itself may change what is on it.', 403);
};

/** Its page wants a font from elsewhere, and styles itself in place. Nothing of anybody else's is let in. */
const onlyOurAssets: MiddlewareHandler = async (c, next) => {
  await next();
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
  );
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  if (!c.res.headers.get('content-type')?.startsWith('text/html')) return;
  const page = (await c.res.text()).replace(/<link[^>]*href="https?:[^>]*>\s*/g, '');
  c.res = new Response(page, { status: c.res.status, headers: c.res.headers });
};

const storeIsThere =
  (connection: BullmqConnection): MiddlewareHandler =>
  async (c, next) => {
    const isThere = await connection.assertThere().then(
      () => true,
      () => false,
    );
    return isThere
      ? next()
      : c.text('The queue\u2019s store is away. The work itself waits in PostgreSQL and is not lost.', 503);
  };
