import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { knock } from '../../shared/testing/knock.ts';
import { ring } from '../../shared/testing/ring.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { startHttpReceiver, type TestReceiver } from '../../shared/webhooks/outgoing/test-receiver.ts';
import { handler as getMe } from '../http/merchants/get-me.ts';
import { handler as rotate } from '../http/merchants/rotate-webhook-secret.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as testWebhook } from '../http/webhooks/test.ts';
import { handler as deliver } from '../jobs/deliver-webhook.ts';

const HOUR_MS = 3_600_000;

describe('rotating the webhook secret', () => {
  const { sql, advanceClock } = useTestGateway();
  type Received = { headers: Record<string, string>; body: string };
  const received: Received[] = [];
  let receiver: TestReceiver;

  beforeAll(async () => {
    receiver = await startHttpReceiver((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body });
        response.end('{}');
      });
    });
    const webhook_url = `http://127.0.0.1:${receiver.port}/`;
    await knock(updateMe, { method: 'PUT', body: { webhook_url } });
  });
  afterAll(() => receiver.stop());

  const rotated = async (): Promise<string> => (await knock(rotate)).json.webhook_secret;
  const aDelivery = async (): Promise<Received> => {
    const { id } = (await knock(testWebhook)).json;
    await ring(deliver, 'deliver-webhook', id);
    return received.at(-1)!;
  };
  const verifies = (secret: string, { headers, body }: Received): boolean => {
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  };
  const hexSignedBy = ({ headers, body }: Received, secrets: readonly string[]) =>
    secrets.find(
      (secret) => headers['x-webhook-signature'] === createHmac('sha256', secret).update(body).digest('hex'),
    );

  /** One that the standard's library can decode, and nothing before it. */
  let first: string;
  beforeEach(async () => {
    first = await rotated();
    await advanceClock(25 * HOUR_MS);
  });

  test('the answer is the new secret and nothing else, and the profile shows it from then on', async () => {
    const { status, json } = await knock(rotate);
    expect(status).toBe(200);
    expect(json).toEqual({ webhook_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/) });
    expect(json.webhook_secret).not.toBe(first);
    expect((await knock(getMe, { method: 'GET' })).json.webhook_secret).toBe(json.webhook_secret);
  });

  test('before: one secret signs; for 24 hours both do, the hex header stays with the old one; then only the new', async () => {
    const before = await aDelivery();
    expect(before.headers['webhook-signature']).toMatch(/^v1,\S{44}$/);
    expect(verifies(first, before)).toBe(true);

    const second = await rotated();
    for (const waitMs of [0, 24 * HOUR_MS - 60_000]) {
      await advanceClock(waitMs);
      const during = await aDelivery();
      expect([verifies(first, during), verifies(second, during)]).toEqual([true, true]);
      expect(hexSignedBy(during, [first, second])).toBe(first);
    }

    await advanceClock(60_001);
    const after = await aDelivery();
    expect([verifies(first, after), verifies(second, after)]).toEqual([false, true]);
    expect(hexSignedBy(after, [first, second])).toBe(second);
  });

  test('twice within a day: each old secret has its own 24 hours, and the hex header the oldest that is valid', async () => {
    const second = await rotated();
    await advanceClock(20 * HOUR_MS);
    const third = await rotated();
    const secrets = [first, second, third];
    const seen = async () => {
      const delivery = await aDelivery();
      return [...secrets.map((secret) => verifies(secret, delivery)), hexSignedBy(delivery, secrets)];
    };
    expect(await seen()).toEqual([true, true, true, first]);
    await advanceClock(5 * HOUR_MS);
    expect(await seen()).toEqual([false, true, true, second]);
    await advanceClock(20 * HOUR_MS);
    expect(await seen()).toEqual([false, false, true, third]);
  });

  test('two at once lose nothing: both answers verify, and so does the secret before them', async () => {
    const secrets = [first, ...(await Promise.all([rotated(), rotated()]))];
    const delivery = await aDelivery();
    expect(secrets.map((secret) => verifies(secret, delivery))).toEqual([true, true, true]);
    expect(new Set(secrets).size).toBe(3);
    expect(hexSignedBy(delivery, secrets)).toBe(first);
  });

  test('ten times within a day each old one keeps its 24 hours; an eleventh waits; what ended is swept out', async () => {
    const secrets = [first];
    for (let count = 0; count < 10; count++) secrets.push(await rotated());
    const refused = await knock(rotate);
    expect([refused.status, refused.json.error.description]).toEqual([
      400,
      'The webhook secret must not be rotated more than 10 times within 24 hours',
    ]);
    const delivery = await aDelivery();
    expect(secrets.filter((secret) => !verifies(secret, delivery))).toEqual([]);
    expect(hexSignedBy(delivery, secrets)).toBe(first);
    await advanceClock(25 * HOUR_MS);
    await rotated();
    const [row] = await sql<{ kept: number }>(
      'select jsonb_array_length(retired_webhook_secrets) as kept from merchants',
    );
    expect(row?.kept).toBe(1);
  });

  test('no secret lies in the database as it is, the retired ones included', async () => {
    const second = await rotated();
    const [row] = await sql<{ text: string }>('select m::text as text from merchants m');
    for (const secret of [first, second]) expect(row?.text).not.toContain(secret.slice('whsec_'.length));
  });

  test('a retired secret that cannot be unsealed costs its own signature and no delivery', async () => {
    const second = await rotated();
    await sql(
      `update merchants set retired_webhook_secrets =
         jsonb_build_array(jsonb_build_object('secret', 'v1:lost:AAAA', 'valid_until', '2999-01-01')) || retired_webhook_secrets`,
    );
    const delivery = await aDelivery();
    expect([verifies(first, delivery), verifies(second, delivery)]).toEqual([true, true]);
    expect(hexSignedBy(delivery, [first, second])).toBe(first);
  });

  test('a delivery that waited through a rotation is signed with what is valid when it is sent', async () => {
    const { id } = (await knock(testWebhook)).json;
    const second = await rotated();
    await advanceClock(25 * HOUR_MS);
    await ring(deliver, 'deliver-webhook', id);
    expect([verifies(first, received.at(-1)!), verifies(second, received.at(-1)!)]).toEqual([false, true]);
  });
});
