import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { handler as getMe } from '../../functions/http/merchants/get-me.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { verifyPassword } from '../../shared/secrets/password.ts';
import { knock } from '../../shared/testing/knock.ts';
import { sessionOf } from '../../shared/testing/session-of.ts';
import { isSignedIn } from '../../shared/testing/sign-in.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

type Ended = { status: number; stdout: string; stderr: string };

/** The command as a process of its own, told of no running stack but what `env` says. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const surroundings = { ...process.env, GATEWAY_DATA_DIR: join(import.meta.dirname, 'no-such-folder'), ...env };
    const script = join(import.meta.dirname, 'merchant.ts');
    const child = execFile(process.execPath, [script, ...args], { env: surroundings }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    // Who refuses what was typed does not read on.
    child.stdin?.on('error', () => undefined).end(input);
  });
}

describe('npm run merchant', () => {
  const testGateway = useTestGateway();
  const { sql } = testGateway;
  const json = async (...args: string[]) => JSON.parse((await run([...args, '--json'])).stdout);
  const create = (email: string, ...more: string[]) =>
    json('create', '--name', 'Demo Store', '--email', email, ...more);
  const entry = async ({ api_key, api_secret }: { api_key: string; api_secret: string }) =>
    (await knock(getMe, { method: 'GET', headers: { 'x-api-key': api_key, 'x-api-secret': api_secret } })).status;

  test('create makes a merchant whose credentials work, and says what to do next', async () => {
    const webhook = ['--webhook-url', 'http://localhost:3002/webhook'];
    const made = await create('Shop@Example.com', ...webhook);
    expect(made).toMatchObject({ name: 'Demo Store', email: 'shop@example.com', webhook_url: webhook[1] });
    expect(made.api_key).toMatch(/^key_test_[A-Za-z0-9]{24}$/);
    expect(made.api_secret).toMatch(/^secret_test_[A-Za-z0-9]{40}$/);
    expect(made.webhook_secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(await entry(made)).toBe(200);

    const { status, stdout } = await run(['create', '--name', 'Two Words', '--email', 'text@example.com']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Two Words is a merchant now\.\n\n {2}Id +[0-9a-f-]{36}\n {2}API key +key_test_/);
    expect(stdout).toContain('later only the dashboard shows it');
    expect(stdout).toContain('npm run merchant -- set-password text@example.com');
  });

  test.each([
    [['--email', 'TEST@example.com'], 'There is a merchant with the e-mail address test@example.com already.'],
    [['--email', 'nobody'], '"nobody" is not an e-mail address.'],
    [['--email', 'a@example.com', '--name', '   '], 'The name must not be empty.'],
    [
      ['--email', 'a@example.com', '--webhook-url', 'http://10.0.0.1/'],
      'The webhook URL has the address 10.0.0.1, which is not public.',
    ],
    [['--email', 'a@example.com', '--webhook-url', 'shop'], 'The webhook URL must be an absolute URL'],
  ])('create %j is refused with a sentence', async (args, sentence) => {
    const { status, stdout, stderr } = await run(['create', '--name', 'Demo', ...args]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('in production the keys say live, and webhooks go to public https addresses only', async () => {
    await sql('update merchants set api_secret = $1', ['v1:prod:x']).then(() => sql('delete from merchants'));
    const production = {
      GATEWAY_MODE: 'production',
      SEED_TEST_MERCHANT: '',
      SEALING_KEYS: `prod:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    const typed = ['create', '--name', 'Live', '--email', 'live@example.com', '--json'];
    const refused = await run([...typed, '--webhook-url', 'http://localhost:3002/webhook'], production);
    expect(refused).toMatchObject({ status: 1, stderr: 'The webhook URL must use https.\n' });
    const { stdout } = await run(typed, production);
    expect(JSON.parse(stdout)).toMatchObject({
      api_key: expect.stringMatching(/^key_live_/),
      api_secret: expect.stringMatching(/^secret_live_/),
    });
    const other = await run(['list'], { GATEWAY_MODE: 'sandbox' });
    expect(other.stderr).toContain('The SEALING_KEYS here are not those of the gateway');
    await sql('delete from merchants');
  });

  test('list is a table of all and gives no secret away, nor the terminal to a name', async () => {
    expect((await run(['list'])).stdout).toContain('There is no merchant yet.');
    const made = await create('listed@example.com');
    await sql(`update merchants set name = E'Evil \\x1b[2J name'`);
    const { stdout } = await run(['list']);
    const [heads = '', line = ''] = stdout.split('\n');
    expect(heads.split(/ {2,}/)).toEqual(
      'Id,Name,E-mail,API key,Active,Operator,Password,Created,Webhook URL'.split(','),
    );
    expect(line).toContain(`${made.id}  Evil  [2J name  listed@example.com  ${made.api_key}  yes     no        no `);
    expect(stdout).not.toMatch(/secret_test|whsec_|v1:|\u001b/);
    expect(await json('list')).toMatchObject({
      total: 1,
      data: [{ id: made.id, is_active: true, has_password: false }],
    });
  });

  test('deactivate keeps a merchant out and activate lets it in again, by id, e-mail or key', async () => {
    const made = await create('door@example.com');
    expect((await run(['deactivate', made.id.toUpperCase()])).stdout).toContain('is deactivated');
    expect(await entry(made)).toBe(401);
    expect(await json('deactivate', 'Door@example.com')).toMatchObject({ is_active: false, changed: false });
    expect((await run(['activate', made.api_key])).stdout).toContain('is active');
    expect(await entry(made)).toBe(200);
    expect((await run(['activate', made.api_key])).stdout).toContain('nothing changed');
  });

  test('an operator is made at the beginning or later, and need not stay one', async () => {
    const made = await create('watching@example.com', '--operator');
    expect(made.is_operator).toBe(true);
    expect(await json('demote', made.id)).toMatchObject({ is_operator: false, changed: true });
    expect(await json('demote', made.id)).toMatchObject({ is_operator: false, changed: false });
    expect((await run(['promote', made.api_key])).stdout).toContain('is an operator');
    expect((await run(['promote', made.api_key])).stdout).toContain('nothing changed');
    expect((await create('minding@example.com')).is_operator).toBe(false);
  });

  test('whatever takes trust away signs the merchant out of the dashboard', async () => {
    const made = await create('leaving@example.com');
    const typed = [
      ['rotate-secret', made.id],
      ['set-password', made.id],
      ['deactivate', made.id],
    ];
    for (const args of typed) {
      const { headers } = await sessionOf(testGateway, made.id);
      await sql('update merchants set password_hash = null');
      expect([args[0], (await run(args, {}, 'correct horse battery\n')).status]).toEqual([args[0], 0]);
      expect([args[0], await isSignedIn(headers)]).toEqual([args[0], false]);
      await sql('update merchants set password_hash = null');
    }
  });

  test('rotate-secret ends the old API secret at once and leaves the rest', async () => {
    const made = await create('rotating@example.com');
    const { stdout } = await run(['rotate-secret', 'rotating@example.com']);
    expect(stdout).toContain('The old one has ended');
    const api_secret = /secret_test_[A-Za-z0-9]{40}/.exec(stdout)?.[0] ?? '';
    expect(await entry(made)).toBe(401);
    expect(await entry({ ...made, api_secret })).toBe(200);
    expect((await json('rotate-secret', made.id)).api_secret).not.toBe(api_secret);
  });

  describe('set-password', () => {
    const password = 'correct horse battery';
    const hashOf = async (email: string) =>
      (await sql<{ hash: string | null }>('select password_hash as hash from merchants where email = $1', [email]))[0]!
        .hash;

    test('takes the first line of standard input and stores nothing but its hash', async () => {
      await create('signing@example.com');
      const { status, stdout } = await run(['set-password', 'signing@example.com'], {}, `${password}\r\nmore\n`);
      expect([status, stdout]).toEqual([0, 'The password of Demo Store (signing@example.com) is set.\n']);
      expect(await verifyPassword(password, await hashOf('signing@example.com'))).toBe(true);
      const [row] = await sql<{ all: string }>('select string_agg(m::text, chr(10)) as all from merchants m');
      expect(row?.all).not.toContain(password);
    });

    test.each([
      ['a short one', 'short', 'The password must have at least 15 characters.'],
      ['a long one', 'x'.repeat(129), 'The password must have at most 128 characters.'],
      ['a megabyte', 'x'.repeat(1_000_000), 'The password must have at most 128 characters.'],
      ['nothing', '', 'Standard input was empty'],
    ])('refuses %s', async (_what, typed, sentence) => {
      const { status, stderr } = await run(['set-password', 'signing@example.com'], {}, typed);
      expect(status).toBe(1);
      expect(stderr).toContain(sentence);
      expect(await verifyPassword(password, await hashOf('signing@example.com'))).toBe(true);
    });

    test.each([[[password]], [['--password', password]], [[`--password=${password}`]]])(
      'is never typed into the command line: %j',
      async (args) => {
        const { status, stderr } = await run(['set-password', 'signing@example.com', ...args], {}, `${password}\n`);
        expect(status).toBe(2);
        expect(stderr).toContain('everybody on this machine can read that');
      },
    );
  });
});

describe('npm run merchant, when something is missing', () => {
  const nowhere = { GATEWAY_MODE: 'sandbox', DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' };

  test('a usage error says what was wrong and how it is typed', async () => {
    const cases = [
      [[], 'npm run merchant -- create --name'],
      [['sell'], 'There is no "sell" here.'],
      [['toString'], 'There is no "toString" here.'],
      [['create'], '--name is missing'],
      [['create', '--name', 'X'], '--email is missing'],
      [['create', '--name', 'Demo', 'Store'], '"Store" belongs to no option.'],
      [['create', '--nmae', 'X'], "Unknown option '--nmae'."],
      [['list', 'shop'], 'list shows all merchants'],
      [['deactivate'], 'Say which merchant'],
      [['activate', 'a', 'b'], 'One merchant at a time'],
    ] as const;
    // At once, for most of the time is the start of a process.
    const ended = await Promise.all(cases.map(([args]) => run(args, nowhere)));
    for (const [index, { status, stdout, stderr }] of ended.entries()) {
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(cases[index]![1]);
      expect(stderr).toContain('npm run merchant -- ');
      expect(stderr).not.toMatch(/\n {4}at |file:\/\//);
    }
  });

  test.each([[['--help']], [['set-password', '-h']]])('%j helps', async (args) => {
    const { status, stdout } = await run(args, nowhere);
    expect(status).toBe(0);
    expect(stdout).toContain('npm run merchant -- ');
  });

  test.each([
    ['the database is not there', nowhere, 'The database does not answer (ECONNREFUSED). Is it running'],
    ['SEALING_KEYS in production', { GATEWAY_MODE: 'production' }, 'SEALING_KEYS is missing'],
    ['everything', { GATEWAY_MODE: '' }, 'For the sandbox: npm start in another terminal, then this again.'],
    ['sense in a setting', { GATEWAY_MODE: 'sandbox', DATABASE_POOL_SIZE: 'many' }, 'DATABASE_POOL_SIZE must be'],
  ])('a sentence says that it is %s', async (_what, env, sentence) => {
    const { status, stderr } = await run(['list'], { SEED_TEST_MERCHANT: '', ...env });
    expect(status).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  describe('with a database', () => {
    const { env, sql } = useTestGateway();

    test('no such merchant', async () => {
      const { status, stderr } = await run(['rotate-secret', 'nobody@example.com'], env);
      expect([status, stderr]).toEqual([
        1,
        'No merchant has the id, e-mail address or API key "nobody@example.com".\n',
      ]);
    });

    test('the seeded merchant may have a password too', async () => {
      const { status } = await run(['set-password', testMerchant.api_key], env, 'correct horse battery\n');
      expect(status).toBe(0);
    });

    test('migrations that were not applied, and a database or a user that does not exist', async () => {
      await sql('alter table merchants rename to tradesmen');
      expect(await run(['list'], env)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('npm start brings it up to date'),
      });
      await sql('alter table tradesmen rename to merchants');
      const DATABASE_URL = `${env.DATABASE_URL}_not`;
      const { stderr } = await run(['list'], { ...env, DATABASE_URL });
      expect(stderr).toMatch(/^The database does not let us in \(database ".*_not" does not exist\)\. Is it running/);
    });
  });
});
