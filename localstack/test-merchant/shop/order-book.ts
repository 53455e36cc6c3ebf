import type { Delivery } from '../delivery.ts';
import { paymentIn } from './payment-in.ts';
import { PRODUCT } from './product.ts';

export interface ShopOrder {
  orderId: string;
  quantity: number;
  amount: number;
  /** Null until the gateway itself has said, signed, that it is paid. */
  confirmed: { paymentId: string } | null;
}

export interface OrderBook {
  open(order: Omit<ShopOrder, 'confirmed'>): void;
  find(orderId: string): ShopOrder | undefined;
  /** To be told of every webhook whose signature was verified and that was answered with 200. */
  hear: (delivery: Delivery) => void;
}

// More than one person buys in a day of trying things out; beyond this the oldest are forgotten.
const REMEMBERED = 1000;

/** The shop's own memory of what was ordered, and the one place that decides what is sent out. */
export function createOrderBook(): OrderBook {
  const orders = new Map<string, ShopOrder>();

  return {
    open(order) {
      // A click that was sent twice is answered with the same order, which may be paid by then.
      if (orders.has(order.orderId)) return;
      orders.set(order.orderId, { ...order, confirmed: null });
      const [oldest] = orders.keys();
      if (orders.size > REMEMBERED && oldest !== undefined) orders.delete(oldest);
    },
    find: (orderId) => orders.get(orderId),
    hear(delivery) {
      if (!delivery.verified || delivery.event !== 'payment.success') return;
      const payment = paymentIn(delivery.body);
      const order = payment === null ? undefined : orders.get(payment.orderId);
      if (payment === null || order === undefined) return;
      // A genuine payment of another amount is genuine and still not the price.
      if (payment.amount !== order.amount || payment.currency !== PRODUCT.currency) return;
      // A webhook may come twice. What is confirmed stays as it is, so nothing is sent out twice.
      order.confirmed ??= { paymentId: payment.paymentId };
    },
  };
}
