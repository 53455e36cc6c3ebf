import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { curlOf } from './curl-of.ts';

/** What a shell makes of it, an argument a line. */
const asShellReads = (command: string, env = {}) =>
  execFileSync('sh', ['-c', `set -- ${command.slice('curl '.length)}; printf '%s\\0' "$@"`], { env, encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test('a body comes through the shell as it is, whatever is in it', () => {
  const body = `{"note":"it's $HOME \`id\` \\"q\\"\n₹"}`;
  const curl = curlOf({ method: 'POST', url: 'http://a.example/x?y=1&z=2', headers: { 'X-A': "b'c" }, body });
  expect(asShellReads(curl)).toEqual(['http://a.example/x?y=1&z=2', '-H', "X-A: b'c", '--data-binary', body]);
});

test('a variable is filled in, and only where nothing else stands', () => {
  const headers = { 'X-Api-Secret': '$GATEWAY_SECRET', 'X-B': '$HOME and more' };
  const curl = curlOf({ method: 'GET', url: 'http://a.example', headers });
  expect(asShellReads(curl, { GATEWAY_SECRET: 's 1' })).toEqual([
    'http://a.example',
    '-H',
    'X-Api-Secret: s 1',
    '-H',
    'X-B: $HOME and more',
  ]);
});

test.each([
  ['GET', undefined, false],
  ['POST', '{}', false],
  ['POST', undefined, true],
  ['PUT', '{}', true],
])('%s with %s as its body says its method: %s', (method, body, isSaid) => {
  expect(curlOf({ method, url: 'http://a.example', body }).includes('-X')).toBe(isSaid);
});
