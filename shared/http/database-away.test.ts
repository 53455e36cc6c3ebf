import { expect, test } from '@jest/globals';
import { isDatabaseAway, isRowBusy } from './database-away.ts';

const failure = (message: string, code?: unknown) => Object.assign(new Error(message), { code });

test.each([
  failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
  failure('read ECONNRESET', 'ECONNRESET'),
  failure('write EPIPE', 'EPIPE'),
  failure('getaddrinfo ENOTFOUND db', 'ENOTFOUND'),
  failure('getaddrinfo EAI_AGAIN db', 'EAI_AGAIN'),
  failure('connect ETIMEDOUT', 'ETIMEDOUT'),
  failure('connect EHOSTUNREACH', 'EHOSTUNREACH'),
  failure('the connection failed', '08006'),
  failure('sorry, too many clients already', '53300'),
  failure('terminating connection due to administrator command', '57P01'),
  failure('the database system is starting up', '57P03'),
  failure('timeout exceeded when trying to connect'),
  failure('Connection terminated unexpectedly'),
  failure('Client has encountered a connection error and is not queryable'),
  failure('Query read timeout'),
  new AggregateError([failure('::1', 'ECONNREFUSED'), failure('127.0.0.1', 'ECONNREFUSED')]),
])('the database is away: %s', (error) => {
  expect(isDatabaseAway(error)).toBe(true);
});

test.each([
  failure('duplicate key value violates unique constraint', '23505'),
  failure('syntax error', '42601'),
  failure('deadlock detected', '40P01'),
  failure('canceling statement due to lock timeout', '55P03'),
  failure('no such file', 'ENOENT'),
  failure('08 is not a SQLSTATE', '080'),
  failure('a code that is no text', 8006),
  failure('something else'),
  new AggregateError([failure('something else')]),
  { code: 'ECONNREFUSED' },
  'ECONNREFUSED',
  null,
  undefined,
])('the database is not at fault: %s', (error) => {
  expect(isDatabaseAway(error)).toBe(false);
});

test('a lock that was not to be had is another row, and no other error is', () => {
  expect(isRowBusy(failure('canceling statement due to lock timeout', '55P03'))).toBe(true);
  for (const other of [failure('deadlock', '40P01'), failure('gone', '57P01'), { code: '55P03' }, null]) {
    expect(isRowBusy(other)).toBe(false);
  }
});
