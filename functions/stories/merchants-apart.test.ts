import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { type Belongings, idsFor, makeBelongings } from '../../shared/testing/belongings.ts';
import { doorOf } from '../../shared/testing/door-of.ts';
import { everyRow } from '../../shared/testing/everything-written.ts';
import { exampleBody } from '../../shared/testing/example-body.ts';
import { knock, testCredentials } from '../../shared/testing/knock.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { sessionOf } from '../../shared/testing/session-of.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

type Headers = Record<string, string>;

const ofMerchants = Object.entries<Route>(routes).filter(([, { auth }]) => auth === 'merchant');
const withoutId = ofMerchants.filter(([, { path }]) => !path.includes('{id}'));
const lists = withoutId.filter(([, { query }]) => query !== undefined && 'limit' in query.shape);
const idempotent = ofMerchants.filter(([, route]) => route.idempotent === true);

/** Two merchants with one of everything each, and every route of the table with the credentials of one. */
describe.each(['an API key', 'a session'])('two merchants of one gateway, one of whom comes with %s', (means) => {
  const testGateway = useTestGateway();
  const { sql } = testGateway;
  let other: { id: string; credentials: Headers };
  let theirs: Belongings;
  let own: Belongings;

  beforeAll(async () => {
    await sql(`update merchants set webhook_url = 'http://127.0.0.1:9/webhook'`);
    other = await anotherMerchant(testGateway, { webhookUrl: 'http://127.0.0.1:9/webhook' });
    if (means === 'a session') other.credentials = (await sessionOf(testGateway, other.id)).headers;
  });
  beforeEach(async () => {
    theirs = await makeBelongings(testGateway, testCredentials);
    own = await makeBelongings(testGateway, other.credentials);
  });

  /** A valid request with the ids of somebody's belongings, in the path and in the body. */
  const call = async (route: Route, belongings: Belongings, headers: Headers, query?: Record<string, string>) => {
    const example = exampleBody(route) as Record<string, unknown> | undefined;
    const body = example && 'order_id' in example ? { ...example, order_id: belongings.openOrder } : example;
    const id = route.path.includes('{id}') ? idsFor(belongings, route)[0] : undefined;
    const params = id === undefined ? {} : { params: { id } };
    return knock(await doorOf(route), { method: route.method, headers, body, ...params, ...(query && { query }) });
  };

  /** What of the test merchant's an answer to somebody else shows. */
  const shown = (text: string) => {
    const { id, email, api_key, api_secret, webhook_secret } = testMerchant;
    const secrets = [id, email, api_key, api_secret, webhook_secret, ...Object.values(theirs)];
    return secrets.filter((secret) => text.includes(secret));
  };

  const rowsOfTheirs = async () =>
    Object.entries(await everyRow({ sql })).map(([table, rows]) => [
      table,
      rows.split('\n').filter((row) => row.includes(testMerchant.id)),
    ]);

  test.each(withoutId)('%s shows and changes nothing of the other', async (_name, route) => {
    const before = await rowsOfTheirs();
    const { status, text } = await call(route, own, other.credentials);
    expect([status, shown(text)]).toEqual([route.status, []]);
    expect(await rowsOfTheirs()).toEqual(before);
  });

  describe('lists', () => {
    /** The values of a filter that select something of theirs. A filter of a new name has to be told of here. */
    const valuesOf = (route: Route, name: string, schema: z.core.JSONSchema.BaseSchema): string[] => {
      const { order, payment, refund } = theirs;
      const values: Record<string, string[]> = {
        order_id: [order],
        payment_id: [payment],
        q: route.path.endsWith('/orders') ? [order] : [order, payment, refund, 'success@test'],
        from: ['2000-01-01T00:00:00Z'],
        to: ['2999-01-01T00:00:00Z'],
        limit: ['100'],
        offset: ['0'],
      };
      const known = values[name] ?? schema.enum?.map(String);
      if (known === undefined) throw new Error(`no value of the filter "${name}" is known to select anything`);
      return known;
    };

    const filtersOf = (route: Route) =>
      Object.entries(z.toJSONSchema(route.query!, { io: 'input' }).properties ?? {}).flatMap(([name, schema]) =>
        valuesOf(route, name, schema as z.core.JSONSchema.BaseSchema).map((value) => [name, value] as const),
      );

    const idsOf = async (merchantId: string) => {
      const rows = await sql<{ id: string }>(
        `select id from orders where merchant_id = $1 union all select id from payments where merchant_id = $1
         union all select id from refunds where merchant_id = $1
         union all select id::text from webhook_logs where merchant_id = $1`,
        [merchantId],
      );
      return rows.map(({ id }) => id);
    };

    test.each(lists)('%s never has a row of the other, whatever the filter', async (_name, route) => {
      const ownIds = await idsOf(other.id);
      for (const [name, value] of filtersOf(route)) {
        const query = { limit: '100', [name]: value };
        const { status, json, text } = await call(route, own, other.credentials, query);
        expect([query, status, shown(text)]).toEqual([query, 200, []]);
        expect(json.data.filter(({ id }: { id: string }) => !ownIds.includes(id))).toEqual([]);
        expect(json.total).toBe(json.data.length);
        // The filter finds something of theirs, so that an empty answer above means something.
        if (['order_id', 'payment_id', 'q', 'from', 'to', 'limit'].includes(name))
          expect([query, (await call(route, theirs, testCredentials, query)).json.total]).not.toEqual([query, 0]);
      }
    });
  });

  test("nobody pays another merchant's order with a merchant's credentials", async () => {
    const door = await doorOf(routes.createPayment);
    for (const orderId of [theirs.openOrder, theirs.order, 'order_AAAAAAAAAAAAAAAA', 'x']) {
      const body = { order_id: orderId, method: 'upi', vpa: 'success@test' };
      const answer = await knock(door, { headers: other.credentials, body });
      expect([orderId, ...faultsIn(answer, { status: 404, says: /^Order not found$/ })]).toEqual([orderId]);
    }
  });

  test.each(idempotent)('%s keeps the same Idempotency-Key of two merchants apart', async (name, route) => {
    const key = { 'idempotency-key': `key-of-${name}` };
    const asThem = { ...testCredentials, ...key };
    const asUs = { ...other.credentials, ...key };
    const first = await call(route, theirs, asThem);
    expect(first.status).toBe(route.status);

    // The very request of the other, wherever it names something of theirs.
    const namesTheirs = route.path.includes('{id}') || Object.hasOwn(exampleBody(route) as object, 'order_id');
    if (namesTheirs) expect((await call(route, theirs, asUs)).status).toBe(404);

    const ours = await call(route, own, asUs);
    expect([ours.status, ours.headers['idempotent-replayed'], shown(ours.text)]).toEqual([route.status, undefined, []]);
    expect(ours.json.id).not.toBe(first.json.id);
    for (const [headers, belongings, answer] of [
      [asThem, theirs, first],
      [asUs, own, ours],
    ] as const) {
      const repeated = await call(route, belongings, headers);
      expect([repeated.text, repeated.headers['idempotent-replayed']]).toEqual([answer.text, 'true']);
    }
  });
});
