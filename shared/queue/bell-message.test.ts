import { describe, expect, test } from '@jest/globals';
import { bellMessageOf } from './bell-message.ts';

const message = { v: 1, type: 'settle-payment', ids: ['pay_1'] };

describe('a message', () => {
  test.each([[{}], [{ ids: Array.from({ length: 25 }, () => 'x'.repeat(64)) }], [{ type: 'deliver-webhook' }]])(
    'with %j is a doorbell',
    (other) => {
      expect(bellMessageOf({ ...message, ...other })).toEqual({ ...message, ...other });
    },
  );

  test('says no more than a doorbell does', () => {
    expect(bellMessageOf({ ...message, amount: 5 })).toEqual(message);
  });

  test.each([
    { v: 2 },
    { v: '1' },
    { v: undefined },
    { type: 'purge' },
    { type: 'toString' },
    { type: undefined },
    { ids: undefined },
    { ids: 'pay_1' },
    { ids: [] },
    { ids: [''] },
    { ids: ['pay_1', 2] },
    { ids: [null] },
    { ids: ['x'.repeat(65)] },
    { ids: Array.from({ length: 26 }, () => 'pay_1') },
    { ids: { 0: 'pay_1', length: 1 } },
  ])('with %j is none, and is not repeated', (other) => {
    expect(() => bellMessageOf({ ...message, ...other })).toThrow('a message is no doorbell of version 1');
  });

  test.each([null, undefined, 'settle-payment', 1, [], [message]])('that is %j is none', (sent) => {
    expect(() => bellMessageOf(sent)).toThrow('a message is no doorbell of version 1');
  });
});
