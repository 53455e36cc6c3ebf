import { expect, test } from '@jest/globals';
import { ApiError, type ApiErrorCode } from '../../api/api-error.ts';
import { readPatiently } from './read-patiently.ts';

async function read(answers: (ApiErrorCode | 'order')[], retryAfterMs?: number) {
  const slept: number[] = [];
  const surroundings = { online: async () => undefined, sleep: async (ms: number) => void slept.push(ms) };
  const answer = readPatiently(surroundings, async () => {
    const next = answers.shift();
    if (next === 'order' || next === undefined) return next;
    throw new ApiError(next, 'words', retryAfterMs === undefined ? {} : { retryAfterMs });
  });
  const came = await answer.catch((error: unknown) => (error as ApiError).code);
  return { came, slept };
}

test('what is there is there at once', async () => {
  expect(await read(['order'])).toEqual({ came: 'order', slept: [] });
});

test('what does not exist is asked for once', async () => {
  expect(await read(['NOT_FOUND_ERROR'])).toEqual({ came: null, slept: [] });
});

test('silence is asked again twice, later each time', async () => {
  expect(await read(['NETWORK', 'NETWORK', 'order'])).toEqual({ came: 'order', slept: [1000, 2000] });
  expect(await read(['NETWORK', 'NETWORK', 'NETWORK', 'order'])).toEqual({ came: 'NETWORK', slept: [1000, 2000] });
});

test('a gateway that asks to wait is waited for', async () => {
  expect(await read(['SERVICE_UNAVAILABLE', 'order'], 5000)).toEqual({ came: 'order', slept: [5000] });
});
