import { expect, test } from '@jest/globals';
import { exportPayments } from './export-payments.ts';

/** An API that answers these parts in turn. */
function apiOf(...parts: [csv: string, next?: string][]) {
  const asked: string[] = [];
  const ask = (path: string) => {
    const [csv, next] = parts[asked.push(path) - 1]!;
    return Promise.resolve(new Response(csv, { headers: next ? { 'X-Next-Before': next } : {} }));
  };
  return { asked, ask };
}

test('parts become one file, with one head, asked for one after another', async () => {
  const { asked, ask } = apiOf(['id,amount\r\npay_2,1\r\n', 'pay_2'], ['pay_1,2\r\n']);
  const heard: number[] = [];
  const { csv, rows } = await exportPayments('status=failed', (count) => heard.push(count), ask);
  expect(await csv.text()).toBe('id,amount\r\npay_2,1\r\npay_1,2\r\n');
  expect(asked).toEqual(['/payments/export?status=failed', '/payments/export?status=failed&before=pay_2']);
  expect([rows, heard]).toEqual([2, [1, 2]]);
});

test('a line break within a field begins no row', async () => {
  const { ask } = apiOf(['id,receipt\npay_1,"a\n""b"""\npay_2,c\n']);
  expect((await exportPayments('', () => undefined, ask)).rows).toBe(2);
});

test('a part that cannot be had is no file', async () => {
  const ask = () => Promise.reject(new Error('away'));
  await expect(exportPayments('', () => undefined, ask)).rejects.toThrow('away');
});

test('no rows are a head', async () => {
  const { ask } = apiOf(['id,amount\n']);
  expect((await exportPayments('', () => undefined, ask)).rows).toBe(0);
});
