import type { SmallStorage } from './tab-storage.ts';

/** What a reload has to know of an attempt. No card data, and nothing that could be one. */
export type RememberedAttempt = { orderId: string; key: string; paymentId: string | null };

export interface AttemptMemory {
  recall(orderId: string): RememberedAttempt | null;
  remember(attempt: RememberedAttempt): void;
  forget(): void;
}

const place = 'payment-gateway.attempt';

/**
 * Memory for as long as the tab lives.
 *
 * @param storage asked for anew each time, and allowed to throw: a browser may forbid it to a frame. Then there is no memory.
 */
export function attemptMemory(storage: () => SmallStorage): AttemptMemory {
  const attempted = <T>(act: () => T): T | null => {
    try {
      return act();
    } catch {
      return null;
    }
  };

  return {
    recall: (orderId) => {
      const remembered = attempted(() => JSON.parse(storage().getItem(place) ?? 'null') as unknown);
      return isRemembered(remembered) && remembered.orderId === orderId ? remembered : null;
    },
    remember: ({ orderId, key, paymentId }) =>
      void attempted(() => {
        storage().setItem(place, JSON.stringify({ orderId, key, paymentId }));
      }),
    forget: () =>
      void attempted(() => {
        storage().removeItem(place);
      }),
  };
}

function isRemembered(value: unknown): value is RememberedAttempt {
  const { orderId, key, paymentId } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof orderId === 'string' && typeof key === 'string' && (paymentId === null || typeof paymentId === 'string')
  );
}
