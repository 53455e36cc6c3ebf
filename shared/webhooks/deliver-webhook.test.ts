import { expect, test } from '@jest/globals';
import { createLog } from '../runtime/log.ts';
import { createSealer } from '../secrets/sealer.ts';
import { delivered } from '../testing/delivery-answers.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import type { ClaimedDelivery } from './delivery-store.ts';

const sealer = createSealer();
const claimed = (id: string): ClaimedDelivery => ({
  id,
  merchant_id: 'm',
  event_id: 'evt',
  payload: '{}',
  url: 'http://x',
  claims: 1,
  webhook_secret: sealer.seal('whsec_test_abc123'),
  retired_secrets: [],
  claimed_at: new Date(),
});

test('the place goes on past deliveries that somebody else has done, and stops at one that is turned away', async () => {
  const claims: Record<string, ClaimedDelivery | 'turned away' | undefined> = {
    a: claimed('a'),
    done: undefined,
    b: claimed('b'),
    full: 'turned away',
    c: claimed('c'),
  };
  const waiting = ['done', 'b', 'full', 'c'];
  const recorded: string[] = [];
  await deliverWebhook(
    {
      sealer,
      log: createLog('silent'),
      doorbell: { ring: async () => undefined, ringOnce: async () => undefined, close: async () => undefined },
      sender: {
        send: async () => delivered,
        close: async () => undefined,
      },
      deliveries: {
        claim: async (id) => claims[id],
        record: async ({ id }) => {
          recorded.push(id);
          return { status: 'success', retryInMs: null };
        },
        nextTurnedAway: () => waiting.shift(),
      },
    },
    'a',
  );
  expect(recorded).toEqual(['a', 'b']);
  expect(waiting).toEqual(['c']);
});
