import type { Delivery } from './delivery.ts';

// What a person can still look through; the benchmark sends more than this every second.
const CAPACITY = 500;

export interface DeliveryFilter {
  event?: string | undefined;
  paymentId?: string | undefined;
}

export interface DeliveryLog {
  nextId(): number;
  add(delivery: Delivery): void;
  touch(): void;
  newestFirst(filter?: DeliveryFilter): Delivery[];
  clear(): void;
  /** Differs whenever the log differs, so that a reader can ask whether anything is new. */
  revision(): number;
}

export function createDeliveryLog(): DeliveryLog {
  let ring: Delivery[] = [];
  let oldest = 0;
  let lastId = 0;
  let revision = 0;

  return {
    nextId: () => ++lastId,
    add(delivery) {
      revision++;
      if (ring.length < CAPACITY) {
        ring.push(delivery);
        return;
      }
      ring[oldest] = delivery;
      oldest = (oldest + 1) % CAPACITY;
    },
    touch() {
      revision++;
    },
    newestFirst({ event, paymentId } = {}) {
      const all = [...ring.slice(oldest), ...ring.slice(0, oldest)].reverse();
      return all.filter(
        (delivery) =>
          (event === undefined || delivery.event === event) &&
          (paymentId === undefined || delivery.payment_id === paymentId),
      );
    },
    clear() {
      ring = [];
      oldest = 0;
      revision++;
    },
    revision: () => revision,
  };
}
