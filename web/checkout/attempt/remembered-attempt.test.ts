import { describe, expect, test } from '@jest/globals';
import { attemptMemory } from './remembered-attempt.ts';

function storageWith(text?: string) {
  const items = new Map<string, string>(text === undefined ? [] : [['payment-gateway.attempt', text]]);
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

const attempt = { orderId: 'order_1', key: 'key-1', paymentId: null };

test('an attempt is remembered for its order only, until it is forgotten', () => {
  const storage = storageWith();
  const memory = attemptMemory(() => storage);
  memory.remember(attempt);
  expect(memory.recall('order_1')).toEqual(attempt);
  expect(memory.recall('order_2')).toBeNull();
  memory.forget();
  expect(memory.recall('order_1')).toBeNull();
});

test('nothing but the three is kept', () => {
  const storage = storageWith();
  attemptMemory(() => storage).remember({ ...attempt, card: { number: '4111111111111111' } } as any);
  expect([...storage.items.values()].join('')).not.toContain('4111');
});

describe('memory that is not there', () => {
  test('forbidden by the browser', () => {
    const memory = attemptMemory(() => {
      throw new Error('SecurityError');
    });
    memory.remember(attempt);
    memory.forget();
    expect(memory.recall('order_1')).toBeNull();
  });

  test.each(['', '{', 'null', '[]', '{"orderId":"order_1"}', '{"orderId":"order_1","key":"k","paymentId":7}'])(
    'what stands there is %j',
    (text) => {
      expect(attemptMemory(() => storageWith(text)).recall('order_1')).toBeNull();
    },
  );
});
