import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queueTargetOf } from '../../shared/gateway/queue-target-of.ts';
import { queueBackends, useTestGateway } from '../../shared/testing/test-gateway.ts';
import { openQueuesBoard, type QueuesBoard } from './queues-board.ts';

const sessions: Record<string, object> = {
  'gateway_session=operator': { is_operator: true },
  'gateway_session=merchant': { is_operator: false },
};

describe.each(queueBackends)('the board over BullMQ on %s', (backend) => {
  const gateway = useTestGateway({ QUEUE_BACKEND: backend });
  let api: Server;
  let board: QueuesBoard;
  let host: Server;
  let origin: string;

  beforeAll(async () => {
    api = createServer((request, response) => {
      const session = request.url === '/api/v1/auth/session' ? sessions[request.headers.cookie ?? ''] : undefined;
      response.writeHead(session ? 200 : 401).end(JSON.stringify(session ?? {}));
    });
    const apiOrigin = await listening(api);
    const { settings, log } = gateway.gateway;
    board = openQueuesBoard(queueTargetOf(settings), { apiOrigin, log });
    host = createServer(board.answer);
    origin = await listening(host);
    const bell = { type: 'settle-payment', id: 'pay_0000000000000000', delayMs: 600_000 } as const;
    await gateway.gateway.doorbell.ring([bell]);
  });

  afterAll(async () => {
    host.close();
    api.close();
    await board.close();
  });

  const ask = (path: string, { as = 'operator', ...init }: RequestInit & { as?: string } = {}) =>
    fetch(`${origin}/queues-board${path}`, {
      ...init,
      headers: { cookie: `gateway_session=${as}`, ...(init.headers as Record<string, string>) },
    });

  test.each([
    ['nobody', 401],
    ['merchant', 403],
    ['operator', 200],
  ])('%s is answered %i, on every path', async (as, status) => {
    for (const path of ['', '/', '/api/queues', '/static/favicon.ico', '/queue/settle-payment'])
      expect({ path, status: (await ask(path, { as })).status }).toEqual({ path, status });
  });

  test('shows the queues and what waits in them', async () => {
    const { queues } = (await (await ask('/api/queues?activeQueue=settle-payment&status=delayed')).json()) as any;
    expect(queues.map(({ name }: any) => name)).toEqual(['settle-payment', 'settle-refund', 'deliver-webhook']);
    expect(queues[0].counts.delayed).toBe(1);
    expect(queues[0].jobs[0].data.ids).toEqual(['pay_0000000000000000']);
  });

  test('needs nothing of anybody else', async () => {
    const answer = await ask('/');
    const page = await answer.text();
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const files = [...page.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect({ file, status: (await ask(`/${file}`)).status }).toEqual({ file, status: 200 });
  });

  test('only its own page changes something', async () => {
    const pause = (headers: Record<string, string>) =>
      ask('/api/queues/settle-refund/pause', { method: 'PUT', headers });
    expect((await pause({})).status).toBe(403);
    expect((await pause({ origin: 'http://localhost:1' })).status).toBe(403);
    expect((await pause({ origin: 'null' })).status).toBe(403);
    expect((await pause({ origin })).status).toBe(200);
  });
});

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
