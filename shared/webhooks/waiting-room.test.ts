import { expect, test } from '@jest/globals';
import { createWaitingRoom } from './waiting-room.ts';

test('each merchant is served in the order of arrival, and nobody twice', () => {
  const room = createWaitingRoom();
  for (const id of ['a1', 'a2', 'a1', 'a3']) room.enter('a', id);
  room.enter('b', 'b1');
  expect(['a', 'a', 'b', 'a', 'a', 'b'].map((merchant) => room.next(merchant))).toEqual([
    'a1',
    'a2',
    'b1',
    'a3',
    undefined,
    undefined,
  ]);
});

test('an endless backlog of one merchant does not fill the memory', () => {
  const room = createWaitingRoom();
  for (let index = 0; index < 10_500; index++) room.enter('a', String(index));
  let served = 0;
  while (room.next('a') !== undefined) served++;
  expect(served).toBe(10_000);
});
