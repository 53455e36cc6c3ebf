import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesIn, productFiles } from './source-files.ts';

/**
 * The floors of the house, from the roof down. A room may import from the floors below it, never from its own or from
 * above, so that there is no way round in a circle.
 */
const floors: readonly (readonly string[])[] = [
  ['functions'],
  ['openapi'],
  ['http', 'jobs', 'lambda'],
  ['gateway', 'doctor'],
  ['refunds'],
  ['payments', 'orders', 'merchants', 'stats'],
  ['webhooks'],
  ['work', 'acquirer', 'idempotency'],
  ['queue', 'rate-limits', 'database', 'ids', 'secrets'],
  ['runtime', 'contracts'],
];
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

const roomOf = (path: string) => (path.startsWith('shared/') ? path.split('/')[1]! : path.split('/')[0]!);
const rooms = [...new Set(productFiles('{shared,functions}/**/*.ts').map(({ path }) => roomOf(path)))];

const imports = productFiles('{shared,functions}/**/*.ts').flatMap(({ path, text }) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, target]) => ({
    path,
    target: posix.join(posix.dirname(path), target!),
  })),
);

describe('imports point one way', () => {
  test.each(rooms)('%s has its floor', (room) => {
    expect(floors.flat()).toContain(room);
  });

  test('every import leads downstairs, or stays in its room', () => {
    const wrong = imports
      .filter(({ path, target }) => roomOf(path) !== roomOf(target))
      .filter(({ path, target }) => !(floorOf(roomOf(target)) > floorOf(roomOf(path))))
      .map(({ path, target }) => `${path} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test('contracts import nothing of ours but each other, and of others what a browser can have', () => {
    const foreign = productFiles('shared/contracts/**/*.ts').flatMap(({ path, text }) =>
      [...text.matchAll(/from '([^']+)'/g)]
        .map(([, target]) => target!)
        .filter((target) => target !== 'zod' && !/^\.{1,2}\//.test(target))
        .map((target) => `${path} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  test('there are imports to look at', () => {
    expect(imports.length).toBeGreaterThan(150);
  });
});

describe('one clock', () => {
  const definition = /create function gateway_now\(\).*?\$\$.*?\$\$/is;
  const otherClock =
    /(?<![\w.])now\(\)|\b(current_timestamp|current_date|current_time|clock_timestamp|statement_timestamp|transaction_timestamp|localtimestamp|localtime|timeofday)\b|'now'/i;

  // The test merchant stands for somebody else's server and never sees the database.
  const readers = productFiles('{shared,functions,localstack}/**/*.{ts,mjs,sql}').filter(
    ({ path }) => !path.startsWith('localstack/test-merchant/'),
  );

  test.each(readers)('$path asks no other', ({ text }) => {
    expect(otherClock.exec(text.replace(definition, ''))?.[0]).toBeUndefined();
  });
});

describe('the furniture', () => {
  const code = productFiles('{shared,functions,localstack,web,sdk}/**/*.{ts,mjs,js,svelte}');

  test('no folder is called what says nothing', () => {
    const folders = filesIn('{shared,functions,localstack,web,sdk}/**').flatMap((path) => path.split('/').slice(0, -1));
    expect(folders.filter((name) => /^(utils?|helpers?|common|lib|misc)$/i.test(name))).toEqual([]);
  });

  /** A table has one entry a line and grows with the API; it has no second thing in it that wants a name. */
  const tables = ['shared/contracts/routes.ts'];

  test('no file has over 200 lines', () => {
    const long = code
      .filter(({ path }) => !tables.includes(path))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 200);
    expect(long).toEqual([]);
  });

  test('nothing is printed where the log belongs', () => {
    const printing = code.filter(({ path, text }) => /^(shared|functions)\//.test(path) && /\bconsole\./.test(text));
    expect(printing.map(({ path }) => path)).toEqual([]);
  });
});
