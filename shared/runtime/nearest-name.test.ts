import { expect, test } from '@jest/globals';
import { nearestName } from './nearest-name.ts';

const known = ['DATABASE_URL', 'TEST_MODE', 'REDIS_URL', 'LOG_LEVEL'];

test.each([
  ['DATABASE_URL', 'DATABASE_URL'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_URLS', 'DATABASE_URL'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['DATABASEURL', 'DATABASE_URL'],
  ['DATABASE_UR', 'DATABASE_URL'],
  ['DATABASE_U', 'DATABASE_URL'],
  ['TSET_MODE', 'TEST_MODE'],
  ['LOG_LEVLE', 'LOG_LEVEL'],
  ['DATABXXX_URL', undefined],
  ['DATABASE_', undefined],
  ['DATABASE_HOST', undefined],
  ['DATABASE_URL_OLD', undefined],
  ['test_mode', undefined],
  // Seven letters: so short a name is near to many.
  ['TESTMOD', undefined],
  ['PATH', undefined],
])('%s means %s', (name, meant) => {
  expect(nearestName(name, known)).toBe(meant);
});
