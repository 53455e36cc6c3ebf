import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import type { Queryable } from '../database/database.ts';
import type { FinishedWork } from '../idempotency/finished-work.ts';
import type { KeyScope } from '../idempotency/idempotency-store.ts';
import type { KeyedRows } from '../idempotency/keyed-rows.ts';
import { keyedOrders } from '../orders/keyed-orders.ts';
import { keyedCaptures, keyedPayments } from '../payments/keyed-payments.ts';
import { keyedRefunds } from '../refunds/keyed-refunds.ts';

/** What each route that takes a key makes, or changes. */
const keyed: readonly { readonly route: Route; readonly rows: KeyedRows }[] = [
  { route: routes.createOrder, rows: keyedOrders },
  { route: routes.createPayment, rows: keyedPayments },
  { route: routes.createPublicPayment, rows: keyedPayments },
  { route: routes.capturePayment, rows: keyedCaptures },
  { route: routes.createRefund, rows: keyedRefunds },
];
const byRoute = new Map(keyed.map((one) => [`${one.route.method} ${one.route.path}`, one]));

/** What the rows themselves know of idempotency keys. */
export function finishedWorkOf(database: Queryable): FinishedWork {
  return {
    mark: async (scope, { fingerprint, answer }, within) => {
      const { id } = JSON.parse(answer.body) as { id: string };
      await of(scope).rows.mark(within, { ...rowKey(scope), id, fingerprint });
    },
    find: async (scope) => {
      const { route, rows } = of(scope);
      const found = await rows.find(database, rowKey(scope));
      if (found === undefined) return undefined;
      const headers = { 'Content-Type': 'application/json; charset=utf-8' };
      const answer = { status: route.status, headers, body: JSON.stringify(found.answer) };
      return { fingerprint: found.fingerprint, answer };
    },
  };
}

function of({ route }: KeyScope) {
  const found = byRoute.get(route);
  if (found === undefined) throw new Error(`it is not known what ${route} makes`);
  return found;
}

const rowKey = ({ merchantId, route, key }: KeyScope) => ({ merchantId, key: `${route} ${key}` });
