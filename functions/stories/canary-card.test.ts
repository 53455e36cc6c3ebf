import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { instruments } from '../../shared/contracts/instruments.ts';
import { passesLuhn } from '../../shared/payments/card.ts';
import { everyKey, everyRow } from '../../shared/testing/everything-written.ts';
import { type Answered, testCredentials } from '../../shared/testing/knock.ts';
import { send, type Sent, sendRaw } from '../../shared/testing/send.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { queueBackends, useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';

const numbers = ['4539578763621486', '5425233430109903', '374245455400126', '6521847736590218', '36227206271667'];
/** Four digits are found by accident in times and ids, so they count as words only, and only these. */
const cvvs = ['9173', '7391', '8642'];

/**
 * Whether it is a moment of today: milliseconds, as they are or as the queue's scores have them, 4,096 times that. Among many thousands of these
 * one is bound to have nine digits of a canary some day; no canary is one of them.
 */
const isTime = (digits: string): boolean =>
  [1, 4_096].some((factor) => Math.abs(Number(digits) / factor - Date.now()) < 86_400_000);

/** How a secret of these could look once it got out: as typed, as digits in other clothes, or hashed, which is undone by trying. */
function leaksIn(text: string): string[] {
  const together = text
    .replace(/(?<=\d)[ -](?=\d)/g, '')
    .replace(/(?<!\d)\d{13,17}(?!\d)/g, (run) => (isTime(run) ? '' : run));
  const found = numbers.filter((number) => {
    const hashes = ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(number).digest('hex'));
    const coded = [Buffer.from(number).toString('base64').replace(/=+$/, ''), Buffer.from(number).toString('hex')];
    // The last four digits may be kept; of the rest nothing that would help to guess it.
    const digits = [number.slice(0, -4), number.slice(0, 9), number.slice(-9)];
    return [...digits, ...hashes, ...coded].some((form) => together.includes(form));
  });
  return [...found, ...cvvs.filter((cvv) => new RegExp(`(?<![\\w.+-])(${cvv})+(?![\\w.:-])`).test(text))];
}

test('the canaries are card numbers that nothing else here uses, and would be found', () => {
  for (const number of numbers) {
    expect([number, passesLuhn(number)]).toEqual([number, true]);
    expect(instruments.map(({ value }) => value)).not.toContain(number);
    expect(leaksIn(`{"a":"${number.replace(/(.{4})/g, '$1 ')}"}`)).toEqual([number]);
    expect(leaksIn(`*${number.slice(-4)}`)).toEqual([]);
    for (let from = 0; from < number.length; from++)
      for (let to = from + 1; to <= number.length; to++) expect(isTime(number.slice(from, to))).toBe(false);
  }
  expect(leaksIn('{"cvv":"9173"} {"cvv":7391}')).toEqual(['9173', '7391']);
  expect([Date.now(), Date.now() * 4_096].map((time) => isTime(String(time)))).toEqual([true, true]);
});

describe.each(queueBackends)('a card number and its CVV, with the queue on %s,', (backend) => {
  const { env, sql } = useTestGateway({ QUEUE_BACKEND: backend, LOG_LEVEL: 'trace' });
  const answers: Answered[] = [];
  let api: TestApi;
  let worker: TestWorker;
  let merchant: RunningTestMerchant;

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    const body = { webhook_url: `${merchant.url}/webhook` };
    await send(api.url, { method: 'PUT', path: '/api/v1/merchants/me', headers: testCredentials, body });
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await merchant.close();
  });

  const say = async (sent: Sent): Promise<Answered> => {
    const answer = await send(api.url, { headers: testCredentials, ...sent });
    answers.push(answer);
    return answer;
  };
  const newOrder = async () => (await say({ method: 'POST', path: '/api/v1/orders', body: { amount: 500 } })).json.id;
  const doors = ['/api/v1/payments', '/api/v1/payments/public'];
  const [number = ''] = numbers;
  const [cvv = ''] = cvvs;
  const card = { number, expiry_month: '12', expiry_year: '2099', cvv, holder_name: 'Asha Rao' };

  test('are taken however they are typed, and the payments settle', async () => {
    const typed = numbers.flatMap((plain) => [
      plain,
      plain.replace(/(.{4})/g, '$1 '),
      plain.replace(/(.{4})(?=.)/g, '$1-'),
    ]);
    let paid = 0;
    for (const [index, value] of typed.entries()) {
      const body = {
        method: 'card',
        card: { ...card, number: value, cvv: cvvs[index % cvvs.length] },
        number: value,
        cvv,
      };
      const path = doors[index % doors.length]!;
      const post = {
        method: 'POST',
        path,
        // A request that may come again is recognised by its body, and its answer is kept.
        headers: { ...testCredentials, 'idempotency-key': `key ${index}` },
        body: { ...body, order_id: await newOrder() },
      };
      const answer = await say(post);
      expect([answer.status, answer.json.card_last4]).toEqual([201, value.replace(/\D/g, '').slice(-4)]);
      expect((await say(post)).text).toBe(answer.text);
      await say({ path: `/api/v1/payments/${answer.json.id}` });
      await say({ path: `/api/v1/payments/${answer.json.id}/public` });
      paid++;
    }
    await until('every payment succeeds and is told', async () => {
      const [row] = await sql<{ settled: number }>(`select count(*) as settled from payments where status = 'success'`);
      const arrived = merchant.deliveries().length;
      return (row?.settled === paid && arrived === 3 * paid) || [row?.settled, arrived, paid];
    });
  });

  test('are refused in every wrong shape and place', async () => {
    const order = await newOrder();
    const bodies = [
      ...wrongCards.map((change) => ({ order_id: order, method: 'card', card: { ...card, ...change } })),
      ...[number, Number(number), [number], { [number]: cvv }, null].map((value) => ({
        order_id: order,
        method: 'card',
        card: value,
      })),
      { order_id: number, method: 'card', card },
      { order_id: order, method: number, card },
      { order_id: order, method: 'upi', vpa: number, card },
      { order_id: order, method: 'upi', vpa: `${number} ${cvv}`, card },
      { order_id: Number(number), method: [cvv], card },
      { amount: Number(number), name: { card }, webhook_url: number, card },
      { [number]: `\0${cvv}`, order_id: order, card },
      { order_id: order, method: 'card', card: { ...card, [number]: { [number]: '\ud800' } } },
    ].map((body) => JSON.stringify(body));
    const whole = JSON.stringify({ order_id: order, method: 'card', card });
    const texts = [
      whole.slice(0, whole.indexOf(number) + number.length),
      whole.slice(0, -1),
      whole.replace(`"${number}"`, `${number}x`),
      whole.replace(`"${cvv}"`, cvv + cvv),
      whole.replace(`"${cvv}"`, '"'),
      `${number} ${cvv}`,
      `'${whole}'`,
      whole.replace('{', `{"deep":${'['.repeat(33)}"${number}"${']'.repeat(33)},`),
      whole.replace('{', `{"long":"${`${number} `.repeat(4_000)}",`),
      Buffer.concat([Buffer.from(whole.slice(0, -1)), Buffer.from([0x2c, 0x22, 0xff, 0x22, 0x7d])]),
    ];
    for (const body of [...bodies, ...texts]) {
      for (const path of [...doors, '/api/v1/orders']) {
        const { status } = await say({ method: 'POST', path, body });
        expect([body, [400, 404, 413].includes(status)]).toEqual([body, true]);
      }
    }
  });

  test('are no better off elsewhere in a request', async () => {
    const gets = [
      '/api/v1/payments/@',
      '/api/v1/payments/@/public',
      '/api/v1/orders/@',
      '/@',
      '/docs/@',
      '/api/v1/payments?q=@',
      '/api/v1/payments?status=@',
    ];
    const lists = [
      '/api/v1/payments?limit=@',
      '/api/v1/payments?from=@',
      '/api/v1/payments?order_id=@',
      '/api/v1/payments?@=@',
      '/%zz/@',
      '/api/v1/webhooks?event=@',
    ];
    for (const path of [...gets, ...lists]) await say({ path: path.replaceAll('@', number) });
    const headers: Sent['headers'][] = [
      { 'x-api-key': number, 'x-api-secret': cvv },
      { ...testCredentials, 'content-type': number },
      { ...testCredentials, origin: number, 'user-agent': number, cookie: `a=${number}` },
      { authorization: `Bearer ${number}` },
      { 'sls-offline-authorizer-override': number },
    ];
    for (const one of headers)
      await say({ method: 'POST', path: '/api/v1/orders', headers: one ?? {}, body: { card } });
    for (const path of ['/api/v1/webhooks/test', `/api/v1/webhooks/${number}/retry`, '/nowhere'])
      await say({ method: 'POST', path, body: { card } });
    await say({ method: 'PUT', path: '/api/v1/merchants/me', body: { card, number, cvv } });
    await say({ method: 'PUT', path: '/api/v1/merchants/me', body: { webhook_url: `http://${number}/` } });
    answers.push(await sendRaw(api.url, `GET /${number} HTTP/1.1\r\n${number}\r\n\r\n`));
    answers.push(await sendRaw(api.url, `POST /api/v1/payments HTTP/1.1\r\nHost: ${number} ${cvv}\r\n\r\n`));
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test('are then nowhere', async () => {
    // Tests that run beside this one have queues of their own in the same Redis.
    const isNobodyElses = (key: string) => key.startsWith(env.QUEUE_PREFIX!) || !/^test-[0-9a-f]{12}/.test(key);
    const places: Record<string, string> = {
      ...(await everyRow({ sql })),
      ...(env.REDIS_URL === undefined ? {} : await everyKey(env.REDIS_URL, isNobodyElses)),
      "the API's output": api.output(),
      "the worker's output": worker.output(),
      ...Object.fromEntries(
        merchant.deliveries().map((delivery, index) => [`webhook ${index}`, JSON.stringify(delivery)]),
      ),
      ...Object.fromEntries(
        answers.map(({ headers, text }, index) => [`answer ${index}`, JSON.stringify(headers) + text]),
      ),
    };
    // The search is worth something only where there is something to search.
    const searched = [
      'public.payments',
      'public.events',
      'public.webhook_logs',
      'public.idempotency_keys',
      "the API's output",
      "the worker's output",
    ];
    for (const place of searched) expect([place, places[place] !== '']).toEqual([place, true]);
    const queue = Object.keys(places).filter((place) =>
      place.startsWith(backend === 'redis' ? env.QUEUE_PREFIX! : 'bullmq.'),
    );
    expect(queue.length).toBeGreaterThan(3);

    const leaks = Object.entries(places).flatMap(([place, text]) => leaksIn(text).map((leak) => `${leak} in ${place}`));
    expect(leaks).toEqual([]);
  });
});

const [, other = ''] = numbers;
const wrongCards: object[] = [
  { number: '4539578763621487' },
  { number: 4539578763621486 },
  { number: 4539578763621486.5 },
  { number: '4539578763621486\0' },
  { number: '4539578763621486\ud800' },
  { number: `4539578763621486${other}` },
  { number: '453957876362' },
  { number: ['4539578763621486'] },
  { number: { value: '4539578763621486' } },
  { cvv: 9173 },
  { cvv: 9173.5 },
  { cvv: ['9173'] },
  { cvv: '9173 ' },
  { cvv: '9173\0' },
  { cvv: '4539578763621486' },
  { expiry_year: '2020' },
  { expiry_month: '13' },
  { expiry_month: 4539578763621486 },
  { expiry_year: '4539578763621486' },
  { expiry_month: { number: '4539578763621486' } },
  { holder_name: 4539578763621486 },
  { holder_name: '4539578763621486', expiry_year: '1999' },
  { holder_name: '' },
];
