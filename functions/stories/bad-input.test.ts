import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { routes } from '../../shared/contracts/routes.ts';
import type { Route } from '../../shared/contracts/route.ts';
import { insertMerchant } from '../../shared/merchants/merchant-store.ts';
import { everythingStored } from '../../shared/testing/everything-stored.ts';
import { testCredentials } from '../../shared/testing/knock.ts';
import { faultsIn, type Refusal } from '../../shared/testing/refusal.ts';
import { ring } from '../../shared/testing/ring.ts';
import { send, type Sent } from '../../shared/testing/send.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';

type Case = [name: string, sent: Sent, refusal: Refusal];

describe('bad input over HTTP', () => {
  const testGateway = useTestGateway();
  let api: TestApi;
  let orderId: string;
  const foreign: Partial<Record<'order' | 'payment' | 'refund' | 'webhook', string>> = {};

  beforeAll(async () => {
    api = await startApi(testGateway.env);
    orderId = (await post('/api/v1/orders', { amount: 500 })).json.id;
    await makeForeignObjects();
  });
  afterAll(() => api.stop());

  const post = (path: string, body: unknown, headers: Sent['headers'] = testCredentials) =>
    send(api.url, { method: 'POST', path, headers, body });

  async function makeForeignObjects() {
    const { sealer } = testGateway.gateway;
    const secret = sealer.seal('secret_other');
    await insertMerchant(testGateway.database, {
      id: randomUUID(),
      name: 'Other',
      email: 'other@example.com',
      api_key: 'key_other',
      api_secret: secret,
      webhook_secret: secret,
      webhook_url: 'http://127.0.0.1:9/webhook',
    });
    const other = { 'x-api-key': 'key_other', 'x-api-secret': 'secret_other' };
    foreign.order = (await post('/api/v1/orders', { amount: 500 }, other)).json.id;
    const payment = { order_id: foreign.order, method: 'upi', vpa: 'a@b' };
    foreign.payment = (await post('/api/v1/payments', payment, other)).json.id;
    await ring(settlePayment, 'settle-payment', foreign.payment!);
    const refunds = `/api/v1/payments/${foreign.payment!}/refunds`;
    foreign.refund = (await post(refunds, { amount: 1 }, other)).json.id;
    foreign.webhook = (await send(api.url, { path: '/api/v1/webhooks', headers: other })).json.data[0].id;
  }

  /** All cases at once, sixteen at a time; one failing test names every case that is wrong. */
  async function expectRefusals(cases: readonly Case[]) {
    const before = await everythingStored(testGateway);
    const problems: string[] = [];
    const waiting = [...cases];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [name, sent, refusal] = next;
        const faults = await send(api.url, sent).then(
          (answer) => faultsIn(answer, refusal),
          (error: unknown) => [String(error)],
        );
        problems.push(...faults.map((fault) => `${name}: ${fault}`));
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(cases.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    expect(await everythingStored(testGateway)).toEqual(before);
  }

  const withBody = Object.values<Route>(routes).filter(({ body }) => body !== undefined);
  const toBodies = (name: string, body: unknown, refusal: Refusal, more: Partial<Sent> = {}): Case[] =>
    withBody
      .filter(({ bodyOptional }) => bodyOptional !== true || (body !== undefined && body !== ''))
      .map(({ method, path }) => [
        `${method} ${path} ${name}`,
        { method, path: wellFormed(path), headers: testCredentials, body, ...more },
        refusal,
      ]);
  // A wrong body is refused before anybody looks whether the payment exists.
  const wellFormed = (path: string) => path.replace('{id}', `pay_${'A'.repeat(16)}`);

  test('a body that is no JSON object is told so, on every route that takes one', async () => {
    const notJson = { status: 400, says: /not valid JSON/ };
    const notObject = (came: string) => ({ status: 400, says: new RegExp(`must be a JSON object, got ${came}$`) });
    const empty = { status: 400, says: /JSON object was expected .* empty/ };
    const notUtf8 = { status: 400, says: /UTF-8/ };
    const malformed = [
      '{',
      '{"a":1',
      '{"a":}',
      "{'a':1}",
      '{"a":1,}',
      '{"a":NaN}',
      '{"a":Infinity}',
      '{"a":01}',
      '{}{}',
    ];
    await expectRefusals([
      ...malformed.flatMap((text) => toBodies(text, text, notJson)),
      ...toBodies('nothing', undefined, empty),
      ...toBodies('empty', '', empty),
      ...toBodies('a blank', ' \n', empty),
      ...toBodies('null', 'null', notObject('null')),
      ...toBodies('[]', '[]', notObject('an array')),
      ...toBodies('"x"', '"x"', notObject('a string')),
      ...toBodies('an object in a string', JSON.stringify('{"amount":500}'), notObject('a string')),
      ...toBodies('1', '1', notObject('a number')),
      ...toBodies('true', 'true', notObject('true')),
      ...toBodies('a byte order mark', '\uFEFF{}', notJson),
      ...toBodies('a lone 0xff', Buffer.from('{"a":"\xff"}', 'latin1'), notUtf8),
      ...toBodies('an overlong slash', Buffer.from('{"a":"\xc0\xaf"}', 'latin1'), notUtf8),
      ...toBodies('an encoded surrogate', Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), notUtf8),
      ...toBodies('UTF-16', Buffer.from('{"a":1}', 'utf16le'), notJson),
      ...toBodies('gzip', gzipSync('{"a":1}'), notUtf8, {
        headers: { ...testCredentials, 'content-encoding': 'gzip' },
      }),
    ]);
  });

  test('a body too deep or too large is told so', async () => {
    const tooDeep = { status: 400, says: /nested deeper than 32 levels/ };
    const nested = (levels: number) => `{"unknown":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    const tooLarge = (bytes: number) => ({ status: 413, says: new RegExp(`at most 65536 bytes, but it is ${bytes}$`) });
    const text = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    await expectRefusals([
      ...toBodies('33 levels', nested(33), tooDeep),
      ...toBodies('10,000 levels', nested(10_000), tooDeep),
      ...toBodies('10,000 levels, never closed', '{"a":'.repeat(10_000), tooDeep),
      ...toBodies('one byte too many', text(65_537), tooLarge(65_537)),
      ...toBodies('too many bytes in few characters', `{"a":"${'é'.repeat(32_765)}"}`, tooLarge(65_538)),
      ...toBodies('5 MB', text(5_000_000), tooLarge(5_000_000)),
      ...toBodies('5 MB in chunks', text(5_000_000), tooLarge(5_000_000), { chunked: true }),
    ]);
  });

  test('a body beyond what the host reads is refused, and costs nobody else an answer', async () => {
    const body = Buffer.alloc(11_000_000, 'x');
    const refusal = { status: 413, says: /at most 65536 bytes, but it is over 10 MiB/ };
    await expectRefusals(toBodies('11 MB', body, refusal));
    // Of unannounced length, the host hangs up when it has read enough.
    const unannounced = { method: 'POST', path: '/api/v1/orders', body, chunked: true };
    const answer = await send(api.url, unannounced).catch((error: unknown) => String(error));
    expect(typeof answer === 'string' ? /ECONNRESET|EPIPE/.test(answer) : answer.status === 413).toBe(true);
    expect((await send(api.url, { path: '/health' })).status).toBe(200);
  });

  test('a content type is never an excuse', async () => {
    const types = ['', 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'];
    const odd = ['multipart/form-data; boundary=x', 'multipart/form-data', ';;;', 'application/octet-stream', 'é/é'];
    await expectRefusals(
      [...types, ...odd].flatMap((type) =>
        toBodies(
          type,
          '{"amount":99.5,"order_id":1,"name":1}',
          { status: 400 },
          {
            headers: { ...testCredentials, 'content-type': type },
          },
        ),
      ),
    );
  });

  describe('in every field', () => {
    const raw = [
      ...['null', 'true', '[]', '{}', '""', '"x"', '"1"', '"NaN"', '0', '-1', '99', '100.5', '1e20', '1e400', '-1e400'],
      ...['9007199254740993', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '[[1]]', '{"a":{}}', '"  "'],
    ];
    const upi = () => ({ order_id: orderId, method: 'upi', vpa: 'asha@okbank' });
    const card = { number: '4111111111111111', expiry_month: '12', expiry_year: '2099', cvv: '123', holder_name: 'A' };
    const byCard = () => ({ order_id: orderId, method: 'card', card });
    const notes = (keys: number, bytes = 1) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, 'x'.repeat(bytes)])));
    const words = ['"x"', '"1"', '"NaN"'];

    /** `takes`: which of the values above are right there. `also`: wrong values of this field's own. */
    type Field = { path: string; takes?: string[]; also?: string[]; status?: number[] };
    const bodies: Record<string, { routes: string[]; base: () => object; fields: Field[] }> = {
      order: {
        routes: ['POST /api/v1/orders'],
        base: () => ({ amount: 500 }),
        fields: [
          { path: 'amount', also: ['1000000000000', '"100"', '"1e3"'] },
          { path: 'currency', also: ['"inr"', '"ZZZZ"', '"ABC"'] },
          {
            path: 'receipt',
            takes: ['null', '""', '"  "', ...words],
            also: [`"${'x'.repeat(256)}"`, `"${'é'.repeat(300)}"`],
          },
          { path: 'notes', takes: ['null', '{}', '{"a":{}}'], also: [notes(16), notes(2, 4_500), '{"a":1e400}'] },
        ],
      },
      upi: {
        routes: ['POST /api/v1/payments', 'POST /api/v1/payments/public'],
        base: upi,
        fields: [
          { path: 'order_id', status: [400, 404], also: ['"pay_AAAAAAAAAAAAAAAA"', '"order_1"'] },
          { path: 'method', also: ['"UPI"', '"cash"', '"__proto__"'] },
          { path: 'vpa', also: ['"a@b@c"', '"é@b"', '"a@b\\n"', `"${'a'.repeat(300)}@b"`] },
          { path: 'card', takes: raw.filter((value) => /^(null|{)/.test(value)), also: ['[]'] },
        ],
      },
      card: {
        routes: ['POST /api/v1/payments', 'POST /api/v1/payments/public'],
        base: byCard,
        fields: [
          { path: 'card' },
          {
            path: 'card.number',
            also: ['4111111111111111', '"4111111111111112"', '"４１１１１１１１１１１１１１１１"'],
          },
          { path: 'card.expiry_month', takes: ['"1"'], also: ['13', '"00"', '"1.0"', '" 1"'] },
          { path: 'card.expiry_year', takes: ['99'], also: ['"1999"', '"203"', '"20340"', '"2e3"'] },
          { path: 'card.cvv', also: ['123', '"12"', '"12345"', '"12a"', '"１２３"'] },
          { path: 'card.holder_name', takes: words },
        ],
      },
      capture: {
        routes: ['POST /api/v1/payments/{id}/capture'],
        base: () => ({}),
        // A whole number is of the right form; whether it is the payment's is another question.
        fields: [{ path: 'amount', takes: ['0', '-1', '99'] }],
      },
      refund: {
        routes: ['POST /api/v1/payments/{id}/refunds'],
        base: () => ({ amount: 1 }),
        fields: [
          { path: 'amount', takes: ['99'], also: ['"100"', '0.1'] },
          { path: 'reason', takes: ['null', '""', '"  "', ...words], also: [`"${'x'.repeat(256)}"`] },
        ],
      },
      merchant: {
        routes: ['PUT /api/v1/merchants/me'],
        base: () => ({}),
        fields: [
          { path: 'name', takes: words, also: [`"${'x'.repeat(101)}"`, '"a\\u001b[2J"', '"a\\u202eb"'] },
          { path: 'webhook_url', takes: ['null'], also: ['"ftp://x.example"', '"javascript:1"', '"http://10.0.0.1/"'] },
        ],
      },
    };

    test.each(Object.entries(bodies))(
      'of %s a wrong value is refused',
      async (_name, { routes: names, base, fields }) => {
        const cases = names.flatMap((name) =>
          fields.flatMap(({ path: field, takes = [], also = [], status = [400] }) =>
            [...raw.filter((value) => !takes.includes(value)), ...also].map((value): Case => {
              const [method = '', path = ''] = name.split(' ');
              const sent = {
                method,
                path: wellFormed(path),
                headers: testCredentials,
                body: withRaw(base(), field, value),
              };
              const says = { says: value.includes('u0000') ? /NUL/ : value.includes('\\ud') ? /surrogate/ : /./ };
              return [`${name} ${field}=${value.slice(0, 40)}`, sent, { status, ...says }];
            }),
          ),
        );
        await expectRefusals(cases);
      },
    );

    test('a key with a NUL or half a surrogate pair is refused', async () => {
      await expectRefusals([
        ...toBodies('a NUL key', '{"a\\u0000":1}', { status: 400, says: /NUL/ }),
        ...toBodies('a NUL under a number', '{"4111111111111111":{"9173":"\\u0000"}}', {
          status: 400,
          says: /^\*\.\* must not contain a NUL/,
        }),
        ...toBodies('a half key', '{"\\ud800":1}', { status: 400, says: /surrogate/ }),
        ...toBodies('a deep NUL', '{"a":[{"b":"\\u0000"}]}', {
          status: 400,
          says: /^a\[0\]\.b must not contain a NUL/,
        }),
      ]);
    });
  });

  test('what is unknown is ignored, and what is odd but right is taken', async () => {
    const manyKeys = Array.from({ length: 5_000 }, (_, index) => `"k${index}":1`).join(',');
    const deepNotes = `{"a":${'['.repeat(29)}1${']'.repeat(29)}}`;
    const bodies = [
      '{"amount":1,"amount":500}',
      '{"amount":500,"__proto__":{"receipt":"x","amount":1},"constructor":{"prototype":{"receipt":"x"}}}',
      `{${manyKeys},"amount":500}`,
      `{"amount":500,"notes":${deepNotes}}`,
      '{"amount":5e2,"currency":"INR","id":"order_x","status":"paid","merchant_id":"x"}',
      `{"amount":500,"notes":{"__proto__":{"a":1},"k":"\\ud83d\\ude00"}}`,
    ];
    for (const body of bodies) {
      const { status, json } = await post('/api/v1/orders', body);
      expect([status, json.amount, json.receipt, json.status]).toEqual([201, 500, null, 'created']);
    }
    expect((await post('/api/v1/orders', `{"amount":500,"receipt":"${'é'.repeat(255)}"}`)).status).toBe(201);
    expect(
      (await post('/api/v1/orders', `{"amount":500}`, { ...testCredentials, 'content-type': 'text/plain' })).status,
    ).toBe(201);
    const chunked = { method: 'POST', path: '/api/v1/orders', headers: testCredentials, body: { amount: 500 } };
    expect((await send(api.url, { ...chunked, chunked: true })).status).toBe(201);
  });

  test('an id that names nothing of yours is not found, whatever it looks like', async () => {
    const byId = Object.values<Route>(routes).filter(({ params }) => params !== undefined);
    const ids = (noun: string) => [
      ...[`${noun}_${'A'.repeat(16)}`, `${noun}_${'A'.repeat(15)}`, `${noun}_${'A'.repeat(17)}`, noun, randomUUID()],
      ...[
        '0',
        '-1',
        'null',
        'undefined',
        '__proto__',
        '%00',
        `${noun}_AAAAAAAAAAAAAAA%00`,
        '..%2f',
        '..%2F..%2Fetc%2Fpasswd',
      ],
      ...[
        "'%20or%201=1--",
        '%22',
        '%F0%9F%98%80',
        '%E2%80%AE',
        'x'.repeat(8_000),
        '%0a',
        '%0d%0aX-Evil:%201',
        '*',
        '$1',
        '%7B%7D',
      ],
    ];
    const undecodable = ['%zz', '%ff', '%', '%e0%a4', '%ed%a0%80', '%c0%ae'];
    const cases = byId.flatMap(({ method, path, auth }): Case[] => {
      const noun = nounOf(path);
      const kind = ({ order: 'order', pay: 'payment', rfnd: 'refund', x: 'webhook' } as const)[noun];
      const body = method === 'POST' ? { amount: 1 } : undefined;
      const at = (id: string): Sent => ({ method, path: path.replace('{id}', id), headers: testCredentials, body });
      const says = /^(Order|Payment|Refund|Webhook) not found$/;
      return [
        ...ids(noun).map((id): Case => [`${method} ${path} ${id.slice(0, 40)}`, at(id), { status: 404, says }]),
        ...undecodable.map((id): Case => [`${method} ${path} ${id}`, at(id), { status: [400, 404] }]),
        ...(auth === 'merchant' ? [[`${path} foreign`, at(foreign[kind]!), { status: 404, says }] satisfies Case] : []),
      ];
    });
    await expectRefusals(cases);
  });

  const nounOf = (path: string) =>
    path.includes('/orders') ? 'order' : path.includes('/payments') ? 'pay' : path.includes('/refunds') ? 'rfnd' : 'x';

  test("another merchant's order cannot be paid with your credentials", async () => {
    const body = { order_id: foreign.order, method: 'upi', vpa: 'a@b' };
    await expectRefusals([
      [
        'pay',
        { method: 'POST', path: '/api/v1/payments', headers: testCredentials, body },
        { status: 404, says: /^Order not found$/ },
      ],
    ]);
  });

  test('a query that is wrong is told what would be right', async () => {
    const lists = [
      ...['/api/v1/orders', '/api/v1/payments', '/api/v1/refunds', '/api/v1/webhooks'],
      ...['/api/v1/payments/webhooks', '/api/v1/payments/refunds', `/api/v1/payments/pay_${'A'.repeat(16)}/refunds`],
    ];
    const get = (path: string, says: RegExp): Case => [path, { path, headers: testCredentials }, { status: 400, says }];
    const limits = [
      '0',
      '-1',
      '101',
      '1.5',
      'abc',
      '1e1',
      '%20',
      '',
      '+5',
      '0x10',
      '%EF%BC%95',
      '%00',
      '5%00',
      '99999999999',
      '1,2',
      '%zz',
      'null',
      'NaN',
    ];
    const offsets = ['-1', '1.5', 'abc', '1000000001', '99999999999999999999', '%20', '', '1e3'];
    const filters: [string, RegExp][] = [
      ['status=paid', /status must be one of pending/],
      ['status=', /status must be one of pending/],
      ['status=pending&status=failed', /status must be one of pending/],
      ['method=cash', /method must be one of upi, card/],
      ...[
        'yesterday',
        '2030-01-15',
        '2030-02-30T00:00:00Z',
        '1736937070',
        '2030-01-15T10:31:10',
        '%00',
        '',
        '2030-13-01T00:00:00Z',
      ].flatMap((time): [string, RegExp][] => [
        [`from=${time}`, /^from must (be an ISO 8601 time|not contain a NUL)/],
        [`to=${time}`, /^to must (be an ISO 8601 time|not contain a NUL)/],
      ]),
      ['q=a%00b', /^q must not contain a NUL/],
      ['order_id=%00', /^order_id must not contain a NUL/],
      [`q=${'x'.repeat(256)}`, /^q must be at most 255/],
      [`order_id=${'x'.repeat(101)}`, /^order_id must be at most 100/],
    ];
    await expectRefusals([
      ...lists.flatMap((path) => [
        ...limits.map((limit) => get(`${path}?limit=${limit}`, /^limit must be a whole number from 1 to 100$|NUL/)),
        ...offsets.map((offset) =>
          get(`${path}?offset=${offset}`, /^offset must be a whole number from 0 to 1000000000$/),
        ),
        get(`${path}?limit=5&limit=6`, /^limit must be a whole number/),
      ]),
      ...filters.map(([query, says]) => get(`/api/v1/payments?${query}`, says)),
      get('/api/v1/refunds?status=success', /status must be one of pending, processed, failed/),
      get('/api/v1/refunds?payment_id=%00', /^payment_id must not contain a NUL/),
      get('/api/v1/webhooks?status=sent', /status must be one of pending, success, failed/),
      get('/api/v1/webhooks?event=payment', /event must be one of payment.created/),
    ]);
  });

  test('a query at the edge of what is right is answered', async () => {
    const times = [
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999999999999Z',
      '2030-01-15T10:31:10%2B23:59',
      '2030-01-15T10:31:10-23:59',
    ];
    const queries = [
      ...times.flatMap((time) => [`from=${time}`, `to=${time}`]),
      ...[
        'q=%25',
        "q='%20or%201=1--",
        'q=%F0%9F%98%80',
        'q=%ff',
        'offset=1000000000',
        'limit=100',
        'limit=001',
        '__proto__=1',
        'constructor=1&toString=2',
      ],
    ];
    for (const query of queries) {
      const { status, json } = await send(api.url, { path: `/api/v1/payments?${query}`, headers: testCredentials });
      expect([query, status, json.data]).toEqual([query, 200, []]);
    }
  });

  test('the log of all this has no error in it', () => {
    expect(
      api
        .output()
        .split('\n')
        .filter((line) => /"level":[56]0|Error|    at /.test(line)),
    ).toEqual([]);
  });
});

/** The body as JSON text with `raw` in place of one field's value, so that it can be what no JavaScript value prints as. */
function withRaw(base: object, field: string, raw: string): string {
  const body = structuredClone(base) as Record<string, any>;
  const [outer = '', inner] = field.split('.');
  if (inner === undefined) body[outer] = '@';
  else body[outer][inner] = '@';
  return JSON.stringify(body).replace('"@"', () => raw);
}
