import { afterAll, beforeAll, describe, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type Gateway, openGateway } from '../../shared/gateway/gateway.ts';
import { anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { startHttpReceiver, type TestReceiver } from '../../shared/webhooks/outgoing/test-receiver.ts';
import { end, faults, remainsOf } from './random-lives/end.ts';
import { childhood, lives } from './random-lives/lives.ts';
import { emptyModel, type Model } from './random-lives/model.ts';
import { collectTimeoutMs, refundDelayMs } from './random-lives/requests.ts';
import type { World } from './random-lives/world.ts';

/*
 * A failure prints its seed, its path, the commands that are left of it and their replay path. It is repeated with
 *   PROPERTY_SEED=... PROPERTY_PATH=... PROPERTY_REPLAY=... npm test -- functions/stories/random-lives
 * The seed alone repeats the whole run, from its first life to its last. What depends on who of several at once came
 * first may need a few repetitions.
 */
const { PROPERTY_RUNS = '26', PROPERTY_SEED, PROPERTY_PATH, PROPERTY_REPLAY } = process.env;
const numRuns = Number(PROPERTY_RUNS);
/** Also for making a failure small; what is reached by then is reported. */
const withinMs = 20_000 + numRuns * 1_000;

describe('random lives', () => {
  const tested = useTestGateway({
    TEST_PROCESSING_DELAY: '0',
    REFUND_PROCESSING_DELAY: `${refundDelayMs}`,
    UPI_COLLECT_TIMEOUT: `${collectTimeoutMs}`,
    WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
  });
  const receiver = { url: '', status: 200 };
  let server: TestReceiver;
  let mortal: Gateway;
  beforeAll(async () => {
    server = await startHttpReceiver((_, response) => response.writeHead(receiver.status).end());
    receiver.url = `http://127.0.0.1:${server.port}/webhook`;
    mortal = openGateway(tested.env);
  });
  afterAll(async () => {
    await mortal.close();
    await server.stop();
  });

  /** What failed lives left behind while fast-check makes the failure small. */
  const scarred = new Set<string>();

  async function live(
    beginning: fc.AsyncCommand<Model, World>,
    commands: Iterable<fc.AsyncCommand<Model, World>>,
  ): Promise<void> {
    const { id: merchantId, credentials: headers } = await anotherMerchant(tested);
    const model = emptyModel();
    const world: World = { merchantId, headers, tested, mortal, sleepers: new Map(), receiver };
    try {
      await beginning.run(model, world);
      await fc.asyncModelRun(() => ({ model, real: world }), commands);
      await end(model, world);
      const found = await faults(tested.gateway, scarred);
      if (found.length > 0) throw new Error(`The doctor finds\n${found.join('\n')}`);
    } catch (error) {
      for (const id of await remainsOf(world)) scarred.add(id);
      throw error;
    }
  }

  test(
    'of orders, payments and refunds go as the contract says, and the doctor is content with each',
    () =>
      fc.assert(fc.asyncProperty(childhood, lives(PROPERTY_REPLAY), live), {
        numRuns,
        interruptAfterTimeLimit: withinMs,
        ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
        ...(PROPERTY_PATH !== undefined && { path: PROPERTY_PATH }),
      }),
    withinMs + 30_000,
  );
});
