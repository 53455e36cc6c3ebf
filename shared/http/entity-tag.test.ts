import { describe, expect, test } from '@jest/globals';
import { handler as getMe } from '../../functions/http/merchants/get-me.ts';
import { handler as updateMe } from '../../functions/http/merchants/update-me.ts';
import { handler as listOrders } from '../../functions/http/orders/list.ts';
import { handler as health } from '../../functions/http/operations/health.ts';
import { type Answered, knock, testCredentials } from '../testing/knock.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { until } from '../testing/until.ts';
import { Answer, jsonAnswer } from './answer.ts';
import { tagged } from './entity-tag.ts';

describe('a merchant who asks again and again', () => {
  useTestGateway();
  const read = (ifNoneMatch?: string): Promise<Answered> =>
    knock(getMe, {
      method: 'GET',
      headers: { ...testCredentials, ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }) },
    });

  test('is told once what there is, then that it has not changed, and what has', async () => {
    const first = await read();
    const tag = first.headers.etag!;
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    const again = await read(tag);
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
    expect(again.headers).not.toHaveProperty('content-type');
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(again.headers['cache-control']).toBe('no-store');
    await until('it says what is left of the limit', async () => {
      const { status, headers } = await read(tag);
      // A store that is slow for a moment lets a request pass uncounted.
      return status === 304 && headers.ratelimit?.includes('"merchant"') === true;
    });
    await knock(updateMe, { method: 'PUT', body: { name: 'Renamed' } });
    const changed = await read(tag);
    expect([changed.status, changed.json.name]).toEqual([200, 'Renamed']);
    expect(changed.headers.etag).not.toBe(tag);
  });

  test('may list several tags, and weak ones', async () => {
    const tag = (await read()).headers.etag!;
    for (const list of [`"a", ${tag}`, `W/${tag}`, `"a",W/"b",${tag},"c"`, '*'])
      expect([list, (await read(list)).status]).toEqual([list, 304]);
    for (const list of ['', '"a"', tag.slice(1, -1), `${tag.slice(0, -2)}"`, tag.toLowerCase(), '"*"'])
      expect([list, (await read(list)).status]).toEqual([list, 200]);
  });

  test('without credentials hears nothing of it', async () => {
    const tag = (await read()).headers.etag!;
    const { status, headers } = await knock(getMe, { method: 'GET', headers: { 'if-none-match': tag } });
    expect([status, headers.etag]).toEqual([401, undefined]);
  });

  test("gets one for every list, and none for what changes something, fails or is no merchant's", async () => {
    expect((await knock(listOrders, { method: 'GET' })).headers.etag).toMatch(/^"/);
    const others = [
      await knock(updateMe, { method: 'PUT', body: {} }),
      await knock(listOrders, { method: 'GET', query: { limit: '0' } }),
      await knock(health, { method: 'GET', headers: { 'if-none-match': '*' } }),
    ];
    expect(others.map(({ status, headers }) => [status, headers.etag])).toEqual([
      [200, undefined],
      [400, undefined],
      [200, undefined],
    ]);
  });

  test('may read the tag from a page of ours', async () => {
    expect((await read()).headers['access-control-expose-headers']).toContain('ETag');
  });
});

test('only JSON that is all there has a tag', () => {
  const csv = new Answer(200, 'a,b', { 'Content-Type': 'text/csv' });
  const made = jsonAnswer(201, {});
  expect([tagged(csv, '*'), tagged(made, '*')]).toEqual([csv, made]);
});
