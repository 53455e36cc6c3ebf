import { expect, test } from '@jest/globals';
import { onceMore } from './once-more.ts';

const sqlError = (code: string) => Object.assign(new Error(code), { code });

test.each(['40001', '40P01'])('%s is tried again until it passes', async (code) => {
  let tries = 0;
  const result = await onceMore(async () => {
    if (++tries < 4) throw sqlError(code);
    return 'done';
  });
  expect([result, tries]).toEqual(['done', 4]);
});

test.each(['23505', '23514', '57014', '08006', '55P03', '40003'])('%s is not', async (code) => {
  let tries = 0;
  const attempt = async () => {
    tries++;
    throw sqlError(code);
  };
  await expect(onceMore(attempt)).rejects.toThrow(code);
  expect(tries).toBe(1);
});

test('not for ever', async () => {
  let tries = 0;
  const attempt = async () => {
    tries++;
    throw sqlError('40001');
  };
  await expect(onceMore(attempt)).rejects.toThrow('40001');
  expect(tries).toBe(12);
});
