/**
 * `node localstack/bench/measure-dashboard.ts`: how long the dashboard's questions take on the gateway that runs here.
 * Fill its books first: npm run seed -- --payments 100000
 */
import { join } from 'node:path';
import '../die-with-parent.ts';
import { gatewayFrom, reachGateway } from '../stack/reach-gateway.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { sentenceOf, StartupError } from '../startup-error.ts';

const rounds = 15;

type Asked = { what: string; path: string };

/** One of each kind, and of each way a search can go: many hits, few, none. */
function questionsAbout(found: {
  payment: Record<string, string>;
  card: Record<string, string>;
  receipt: string;
}): Asked[] {
  const { payment, card, receipt } = found;
  const payments = (what: string, query: string) => ({ what, path: `/api/v1/payments${query}` });
  return [
    { what: 'home, 24 hours', path: '/api/v1/stats?range=24h&time_zone=Asia/Kolkata' },
    { what: 'home, 7 days', path: '/api/v1/stats?range=7d&time_zone=Asia/Kolkata' },
    { what: 'home, 30 days', path: '/api/v1/stats?range=30d&time_zone=Asia/Kolkata' },
    payments('payments', '?limit=25'),
    payments('payments, page 2,000', '?limit=25&offset=50000'),
    payments('payments that failed', '?limit=25&status=failed'),
    payments('payments that are pending', '?limit=25&status=pending'),
    payments('payments by card of one day', `?limit=25&method=card&from=${daysAgo(4)}&to=${daysAgo(3)}`),
    payments('search: payment id', `?q=${payment['id'] ?? ''}`),
    payments('search: order id', `?q=${payment['order_id'] ?? ''}`),
    payments('search: receipt', `?q=${receipt}`),
    payments('search: VPA', `?q=${payment['vpa'] ?? ''}`),
    payments('search: last four', `?q=${card['card_last4'] ?? ''}`),
    payments('search: nothing', '?q=nobody@nowhere'),
    { what: 'timeline', path: `/api/v1/payments/${payment['id'] ?? ''}/timeline` },
    { what: 'orders', path: '/api/v1/orders?limit=25' },
    { what: 'orders that are open', path: '/api/v1/orders?limit=25&status=created' },
    { what: 'orders by receipt', path: `/api/v1/orders?q=${receipt}` },
    { what: 'refunds', path: '/api/v1/refunds?limit=25&status=processed' },
    { what: 'deliveries', path: '/api/v1/webhooks?limit=25' },
    { what: 'deliveries that failed', path: '/api/v1/webhooks?limit=25&status=failed' },
    { what: 'queues', path: '/api/v1/queues' },
    payments('export, 10,000 rows', '/export'),
  ];
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

try {
  const env = commandEnvironment(join(import.meta.dirname, '..', '..'), process.env);
  const { apiUrl, apiKey, apiSecret } = { ...gatewayFrom(env), ...(await reachGateway(env)) };
  if (apiKey === undefined || apiSecret === undefined) throw new StartupError('Set API_KEY and API_SECRET.');
  const headers = { 'x-api-key': apiKey, 'x-api-secret': apiSecret };
  const ask = async (path: string) => {
    const response = await fetch(apiUrl + path, { headers });
    if (!response.ok) throw new StartupError(`${path} was answered with ${response.status}: ${await response.text()}`);
    return response.text();
  };
  const firstOf = async (path: string) =>
    (JSON.parse(await ask(path)) as { data: Record<string, string>[] }).data[0] ?? {};

  const payment = await firstOf('/api/v1/payments?method=upi&status=success&limit=1&offset=1000');
  const card = await firstOf('/api/v1/payments?method=card&limit=1&offset=1000');
  const { receipt = '' } = await firstOf(`/api/v1/orders?q=${payment['order_id'] ?? ''}`);
  const { total } = JSON.parse(await ask('/api/v1/payments?limit=1')) as { total: number };
  console.log(`\n  ${total.toLocaleString('en-US')} payments; milliseconds of ${rounds} requests, one after another\n`);
  console.log(`  ${''.padEnd(30)}${'median'.padStart(8)}${'slowest'.padStart(9)}`);
  for (const { what, path } of questionsAbout({ payment, card, receipt })) {
    await ask(path);
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const startedMs = performance.now();
      await ask(path);
      times.push(performance.now() - startedMs);
    }
    times.sort((a, b) => a - b);
    const shown = (ms = 0) => ms.toFixed(1);
    console.log(`  ${what.padEnd(30)}${shown(times[rounds >> 1]).padStart(8)}${shown(times.at(-1)).padStart(9)}`);
  }
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
