import { awaitCompletions } from './await-completions.ts';
import type { Figures } from './figures.ts';
import type { GatewayUnderTest } from './find-gateway.ts';
import { measureAnswerToWebhook } from './measure-answer-to-webhook.ts';
import { measureCommits } from './measure-commits.ts';
import { measureCompletions } from './measure-completions.ts';
import { measureEmptyServer } from './measure-empty-server.ts';
import { measureRequests } from './measure-requests.ts';
import { openMerchantApi, type MerchantApi } from './merchant-api.ts';
import { OrderStock } from './order-stock.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

interface BenchOptions {
  seconds: number;
  root: string;
  tell: (line: string) => void;
  atEnd: (cleanUp: () => Promise<void>) => void;
}

/** The comparisons are made at this many connections. */
const COMPARED_CONNECTIONS = 16;
const WARM_UP_PAYMENTS = 1_000;

export async function runBench(gateway: GatewayUnderTest, options: BenchOptions): Promise<Figures> {
  const { seconds, tell, atEnd } = options;
  const machine = await measureMachine(gateway, options);
  const receiver = await startWebhookReceiver();
  atEnd(receiver.close);
  const api = openMerchantApi(gateway, COMPARED_CONNECTIONS);
  atEnd(() => api.close());
  await borrowWebhookUrl(api, receiver.url, atEnd);
  const stock = new OrderStock();
  tell('warming up ...');
  await warmUp(api, stock, receiver);
  const requests = await measureRequests({ gateway, seconds, stock, receiver, tell });
  tell('answer to webhook, one payment at a time ...');
  const answerToWebhook = await measureAnswerToWebhook(api, stock, receiver);
  tell('completed payments with their webhooks ...');
  const completions = await measureCompletions(api, stock, receiver);
  return { apiUrl: gateway.apiUrl, requests, answerToWebhook, completions, machine };
}

async function measureMachine(
  gateway: GatewayUnderTest,
  { root, tell, atEnd }: BenchOptions,
): Promise<Figures['machine']> {
  tell('the machine: an empty HTTP server ...');
  const emptyServer = await measureEmptyServer(root, COMPARED_CONNECTIONS);
  tell('the machine: single-row commits ...');
  const machine = { emptyServer, emptyServerConnections: COMPARED_CONNECTIONS };
  try {
    return { ...machine, commits: await measureCommits(gateway.databaseUrl, [1, COMPARED_CONNECTIONS], atEnd) };
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    tell(
      `single-row commits are left out: the gateway's database cannot be used (${reason}); DATABASE_URL says where it is.`,
    );
    return machine;
  }
}

async function borrowWebhookUrl(api: MerchantApi, url: string, atEnd: BenchOptions['atEnd']): Promise<void> {
  const previous = await api.webhookUrl();
  atEnd(() => api.setWebhookUrl(previous));
  await api.setWebhookUrl(url);
}

/** A process that has just started runs its first thousands of requests several times slower than all later ones. */
async function warmUp(api: MerchantApi, stock: OrderStock, receiver: WebhookReceiver): Promise<void> {
  await stock.fill(api, WARM_UP_PAYMENTS, COMPARED_CONNECTIONS);
  const paymentIds: string[] = [];
  const loop = async () => {
    for (let id = stock.take(); id !== undefined; id = stock.take()) paymentIds.push(await api.createPayment(id));
  };
  await Promise.all(Array.from({ length: COMPARED_CONNECTIONS }, loop));
  await awaitCompletions(receiver, paymentIds);
}
