import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pollSqs } from '../../localstack/worker/poll-sqs.ts';
import { leastMsOf } from '../testing/least-ms-of.ts';
import { doorbellContract } from '../testing/doorbell-contract.ts';
import { startSqs } from '../testing/sqs-emulator.ts';
import { until } from '../testing/until.ts';
import { type Doorbell, jobTypes, ringPatienceMs } from './doorbell.ts';
import { sqsClient } from './sqs-client.ts';
import { sqsDoorbell } from './sqs-doorbell.ts';

const sqs = await startSqs();
Object.assign(process.env, sqs.env);
afterAll(() => sqs.stop());

doorbellContract('of SQS', {
  open: () => sqsDoorbell(sqs.queueUrls),
  openAway: () => sqsDoorbell(sqs.queueUrls, sqsClient('http://127.0.0.1:1')),
  listen: async (heard) => {
    const client = sqsClient();
    const pollers = jobTypes.map((type) =>
      pollSqs(client, sqs.queueUrls[type], async ({ Records }) => {
        for (const { body } of Records) heard(type, JSON.parse(body));
        return { batchItemFailures: [] };
      }),
    );
    return {
      close: async () => {
        await Promise.all(pollers.map((poller) => poller.stop()));
        client.destroy();
      },
    };
  },
});

const bell = (id: string, delayMs = 0) => ({ type: 'settle-payment', id, delayMs }) as const;

type Entry = { Id: string; MessageBody: string };
type Answer = (entries: Entry[], request: IncomingMessage, response: ServerResponse) => void;

describe('an SQS that', () => {
  let server: Server;
  let doorbell: Doorbell;
  /** The entries of each request but the first, which warms the way. */
  let requests: Entry[][];
  afterEach(async () => {
    await doorbell.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function misbehaves(answer: Answer): Promise<void> {
    requests = [];
    let isWarm = false;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { Entries = [] } = JSON.parse(Buffer.concat(parts).toString()) as { Entries?: Entry[] };
        if (Entries.length === 0) {
          taken(response, [], []);
          isWarm = true;
          return;
        }
        requests.push(Entries);
        answer(Entries, request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    doorbell = sqsDoorbell(sqs.queueUrls, sqsClient(`http://127.0.0.1:${port}`));
    await until('the way is open', async () => isWarm);
  }

  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  function taken(response: ServerResponse, Successful: Entry[], failed: Entry[]): void {
    response.setHeader('Content-Type', 'application/x-amz-json-1.0').end(
      JSON.stringify({
        Successful: Successful.map(({ Id, MessageBody }) => ({
          Id,
          MessageId: Id,
          MD5OfMessageBody: md5(MessageBody),
        })),
        Failed: failed.map(({ Id }) => ({ Id, Code: 'InternalError', Message: 'try again', SenderFault: false })),
      }),
    );
  }
  const idsOf = (entries: Entry[]) => entries.flatMap(({ MessageBody }) => JSON.parse(MessageBody).ids);

  test('takes a part of a batch is sent the rest once more', async () => {
    await misbehaves((entries, _, response) => {
      const refused = requests.length === 1 ? entries.slice(1) : [];
      taken(response, entries.slice(0, entries.length - refused.length), refused);
    });
    await doorbell.ring([bell('a'), bell('b', 5_000), bell('c', 9_000)]);
    expect(requests.map(idsOf)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  test('goes on refusing one message fails that one’s callers and nobody else', async () => {
    const of = (entries: Entry[], id: string) => entries.filter((entry) => idsOf([entry]).includes(id));
    await misbehaves((entries, _, response) => {
      const refused = of(entries, 'bad');
      taken(
        response,
        entries.filter((entry) => !refused.includes(entry)),
        refused,
      );
    });
    const rings = [bell('good'), bell('bad', 5_000), bell('fine', 9_000)].map((one) => doorbell.ring([one]));
    const ends = await Promise.allSettled(rings);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(requests.map(idsOf)).toEqual([['good', 'bad', 'fine'], ['bad']]);
  });

  test('hangs up on a connection that was kept too long is called again', async () => {
    let isFirst = true;
    await misbehaves((entries, request, response) => {
      if (isFirst) request.socket.destroy();
      else taken(response, entries, []);
      isFirst = false;
    });
    await doorbell.ring([bell('a')]);
    expect(requests.map(idsOf)).toEqual([['a'], ['a']]);
  });

  test('is silent is given up before the caller’s patience ends, and nothing is left in flight', async () => {
    const open = new Set<unknown>();
    await misbehaves((_, { socket }) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    });
    const ringAll = async () => {
      const ends = await Promise.allSettled(Array.from({ length: 1_200 }, (_, n) => doorbell.ring([bell(`p${n}`)])));
      expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['rejected']));
    };
    const boundMs = ringPatienceMs + 50;
    expect(await leastMsOf(ringAll, boundMs)).toBeLessThan(boundMs);
    await until('the requests are gone', async () => open.size === 0, 500, 5);
    const sent = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    // A retry, or a bell that waited its turn, would ring in a later invocation.
    expect(requests).toHaveLength(sent);
    expect(open.size).toBe(0);
  });
});

test('a timer that is a moment early does not send the bells that waited their turn', async () => {
  const client = sqsClient();
  const doorbell = sqsDoorbell(sqs.queueUrls, client);
  const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
  let sent = 0;
  client.middlewareStack.add(() => async () => {
    sent++;
    await new Promise((resolve) => setTimeout(resolve, 10));
    clock.mockReturnValue(1_000 + ringPatienceMs - 30 - 0.7);
    throw new Error('given up');
  });
  try {
    const ends = await Promise.allSettled(Array.from({ length: 1_200 }, (_, n) => doorbell.ring([bell(`p${n}`)])));
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['rejected']));
    // Two batches of two requests each; the rest had waited for them.
    expect(sent).toBe(4);
  } finally {
    clock.mockRestore();
    await doorbell.close();
  }
});
