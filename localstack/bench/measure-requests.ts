import { awaitCompletions } from './await-completions.ts';
import { drive, type Driven } from './drive.ts';
import type { GatewayUnderTest } from './find-gateway.ts';
import { openMerchantApi, type MerchantApi } from './merchant-api.ts';
import type { OrderStock } from './order-stock.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

const CONNECTIONS = [1, 16, 64];
const READ_ORDERS = 256;

export type RequestCase = 'order creation' | 'order read' | 'payment creation';
export interface RequestFigures extends Driven {
  what: RequestCase;
  connections: number;
}

interface Surroundings {
  gateway: GatewayUnderTest;
  seconds: number;
  stock: OrderStock;
  receiver: WebhookReceiver;
  tell: (line: string) => void;
}

export async function measureRequests(around: Surroundings): Promise<RequestFigures[]> {
  const figures: RequestFigures[] = [];
  for (const what of ['order creation', 'order read', 'payment creation'] as const) {
    for (const connections of CONNECTIONS) {
      const driven = await measure(what, connections, around);
      around.tell(`${what}, ${connections} at once: ${Math.round(driven.perSecond)}/s`);
      figures.push({ what, connections, ...driven });
    }
  }
  return figures;
}

async function measure(what: RequestCase, connections: number, around: Surroundings): Promise<Driven> {
  const api = openMerchantApi(around.gateway, connections);
  try {
    const how = { connections, seconds: around.seconds };
    if (what === 'payment creation') return await createPayments(api, how, around);
    const roundTrip = what === 'order creation' ? createOrders(api, around.stock) : await readOrders(api);
    return await drive({ ...how, roundTrip });
  } finally {
    await api.close();
  }
}

const createOrders = (api: MerchantApi, stock: OrderStock) => async () => {
  stock.add(await api.createOrder());
  return true;
};

async function readOrders(api: MerchantApi) {
  const ids = await Promise.all(Array.from({ length: READ_ORDERS }, () => api.createOrder()));
  let next = 0;
  return async () => {
    await api.readOrder(ids[next++ % ids.length] ?? '');
    return true;
  };
}

async function createPayments(
  api: MerchantApi,
  how: { connections: number; seconds: number },
  { stock, receiver }: Surroundings,
): Promise<Driven> {
  const paymentIds: string[] = [];
  const driven = await drive({
    ...how,
    roundTrip: async () => {
      // The orders of the cases before, which had as long to make them. Should they run out, the case is a little shorter.
      const orderId = stock.take();
      if (orderId === undefined) return false;
      paymentIds.push(await api.createPayment(orderId));
      return true;
    },
  });
  // Settling these payments is work of this case: it must not slow down the next.
  await awaitCompletions(receiver, paymentIds);
  return driven;
}
