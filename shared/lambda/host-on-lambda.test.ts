import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { theGateway } from '../gateway/gateway.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { hostOnLambda } from './host-on-lambda.ts';
import { freshForMs } from './kept-secrets.ts';

describe('a door on Lambda', () => {
  const tested = useTestGateway();
  const keys = (byte: number) => `k${byte}:${Buffer.alloc(32, byte).toString('base64')}`;
  const context = {} as Context;

  test('has its secrets, and after a rotation the new ones', async () => {
    const secrets = (byte: number) => ({ DATABASE_URL: tested.env.DATABASE_URL ?? '', SEALING_KEYS: keys(byte) });
    const readClock = Date.now;
    let stored = secrets(1);
    const door = await hostOnLambda(async () => theGateway().sealer.seal('x').split(':')[1], {
      underWay: Promise.resolve(stored),
      read: async () => stored,
    });
    try {
      expect(await door({}, context)).toBe('k1');
      const before = theGateway();
      stored = secrets(2);
      expect(await door({}, context)).toBe('k1');
      Date.now = () => readClock() + freshForMs;
      expect(await door({}, context)).toBe('k2');
      expect(theGateway()).not.toBe(before);
      const after = theGateway();
      Date.now = () => readClock() + 3 * freshForMs;
      expect(await door({}, context)).toBe('k2');
      expect(theGateway()).toBe(after);
    } finally {
      Date.now = readClock;
      Reflect.deleteProperty(process.env, 'SEALING_KEYS');
    }
  });

  test('does not start without them', async () => {
    const read = () => Promise.reject(new Error('no such parameter'));
    const hosting = hostOnLambda(async () => undefined, { underWay: read(), read });
    await expect(hosting).rejects.toThrow('no such parameter');
  });
});
