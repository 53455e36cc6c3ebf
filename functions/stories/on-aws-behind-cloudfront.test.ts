import { describe, expect, test } from '@jest/globals';
import { edgeSecret, useAwsStage } from '../../shared/testing/aws-stage.ts';

/*
 * The packaged service behind CloudFront as the template says: its programs, its headers. The API sees one address only,
 * that of the edge.
 */
describe('the dashboard’s origin', () => {
  const aws = useAwsStage({ RATE_LIMIT_LOGIN: '3', RATE_LIMIT_WRONG_CREDENTIALS: '3', LOG_LEVEL: 'trace' });
  const texts: string[] = [];
  let strangers = 0;

  type Ask = (
    path: string,
    request: { method: string; headers: Record<string, string>; body?: string },
  ) => Promise<Response>;
  const fromViewer =
    (viewer: string): Ask =>
    (path, request) =>
      aws.stack.dashboard(viewer, path, request);
  const pastTheEdge: Ask = (path, request) => fetch(`${aws.stack.api.url}${path}`, request);

  const heard = async (response: Response) => {
    texts.push(JSON.stringify([...response.headers]), await response.text());
    return response.status;
  };
  /** Signs in as somebody else each time, since e-mail addresses are counted, too. */
  const signIn = async (ask: Ask, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ email: `${++strangers}@example.com`, password: 'guessed' });
    const more = { 'content-type': 'application/json', ...headers };
    return heard(await ask('/api/v1/auth/login', { method: 'POST', headers: more, body }));
  };
  const guess = async (ask: Ask, headers: Record<string, string> = {}) =>
    heard(await ask('/api/v1/orders', { method: 'GET', headers: { 'x-api-key': 'key_x', ...headers } }));
  const fourTimes = async (call: () => Promise<number>) => [await call(), await call(), await call(), await call()];

  test('hands on what the API answers', async () => {
    const response = await aws.stack.dashboard('198.51.100.1', '/openapi.json?x=1');
    expect([response.status, ((await response.json()) as { openapi: string }).openapi]).toEqual([
      200,
      expect.stringMatching(/^3\.1/),
    ]);
    await expect(async () => aws.stack.dashboard('198.51.100.1', '/index.html')).rejects.toThrow('is a file');
  });

  test.each([
    ['signs in', signIn],
    ['guesses', guess],
  ])('a viewer who %s too often is refused, and the next one is not', async (_what, call) => {
    expect(await fourTimes(() => call(fromViewer('198.51.100.1')))).toEqual([401, 401, 401, 429]);
    expect(await fourTimes(() => call(fromViewer('2001:db8:1:2::1')))).toEqual([401, 401, 401, 429]);
  });

  test.each([
    ['signing in', signIn],
    ['guessing', guess],
  ])('a viewer is who CloudFront says, whatever their headers say (%s)', async (_what, call) => {
    let n = 0;
    const forged = () => ({ 'Gateway-Viewer-Address': `192.0.2.${++n}`, 'Gateway-Edge-Secret': 'x'.repeat(40) });
    expect(await fourTimes(() => call(fromViewer('198.51.100.2'), forged()))).toEqual([401, 401, 401, 429]);
  });

  test.each([
    ['signing in', signIn],
    ['guessing', guess],
  ])('past CloudFront nobody chooses their address (%s)', async (_what, call) => {
    let n = 0;
    const forged = () => ({
      'gateway-viewer-address': `203.0.113.${++n}`,
      ...(n > 1 && { 'gateway-edge-secret': 'a guess that is as long as the secret' }),
    });
    expect(await fourTimes(() => call(pastTheEdge, forged()))).toEqual([401, 401, 401, 429]);
    // The viewers whose addresses were named are not the worse for it.
    expect(await call(fromViewer('203.0.113.1'))).toBe(401);
  });

  test('whoever does know the secret is believed, so it was the secret that made the difference', async () => {
    const headers = () => ({ 'gateway-viewer-address': '203.0.113.77', 'gateway-edge-secret': edgeSecret });
    expect(await fourTimes(() => signIn(pastTheEdge, headers()))).toEqual([401, 401, 401, 429]);
    expect(await signIn(fromViewer('203.0.113.77'))).toBe(429);
  });

  test('the secret is in no answer and in no log, and only functions that answer HTTP have read it', async () => {
    await aws.stack.invoke('sweep', { 'detail-type': 'Scheduled Event' });
    const lines = [...aws.stack.functions.values()].flatMap((one) => one.lines);
    expect(lines.length).toBeGreaterThan(10);
    expect([...lines, ...texts].filter((text) => text.includes(edgeSecret) || /edge.secret/i.test(text))).toEqual([]);
    const readers = aws.account.calls.filter(({ resource }) => resource.endsWith('/edge-secret')).map(({ by }) => by);
    expect(new Set(readers)).toEqual(new Set(['KEY-OF-openapi', 'KEY-OF-signIn', 'KEY-OF-listOrders']));
    expect(aws.account.calls.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
  });
});
