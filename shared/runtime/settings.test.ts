import { describe, expect, test } from '@jest/globals';
import { readSettings, SettingsError } from './settings.ts';

const key = 'k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const sandbox = { GATEWAY_MODE: 'sandbox' };
const production = { SEALING_KEYS: key };

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).problems;
  }
  return [];
}

describe('what is not set', () => {
  const defaults = {
    DATABASE_URL: 'postgresql://gateway_user:gateway_pass@localhost:5432/payment_gateway',
    DATABASE_POOL_SIZE: 10,
    QUEUE_BACKEND: 'postgres',
    QUEUE_PREFIX: 'gateway',
    IDEMPOTENCY_STORE: 'postgres',
    SWEEP_HORIZON: 0,
    LOG_LEVEL: 'info',
    DASHBOARD_ORIGIN: 'http://localhost:3000',
    CHECKOUT_ORIGIN: 'http://localhost:3001',
    SEED_TEST_MERCHANT: false,
    TEST_MODE: false,
    TEST_PROCESSING_DELAY: 1_000,
    TEST_PAYMENT_SUCCESS: true,
    PROCESSING_DELAY_MIN: 5_000,
    PROCESSING_DELAY_MAX: 10_000,
    UPI_SUCCESS_RATE: 0.9,
    CARD_SUCCESS_RATE: 0.95,
    UPI_COLLECT_TIMEOUT: 300_000,
    WEBHOOK_RETRY_INTERVALS_TEST: 'false',
    WEBHOOK_MERCHANT_CONCURRENCY: 64,
    RATE_LIMIT_MERCHANT: 6_000,
    RATE_LIMIT_PUBLIC_IP: 600,
    RATE_LIMIT_PUBLIC_ORDER: 120,
    RATE_LIMIT_LOGIN: 10,
    RATE_LIMIT_WRONG_CREDENTIALS: 60,
    WORKER_CONCURRENCY: 2000,
  };

  test('has its default', () => {
    expect(readSettings(sandbox)).toEqual({ ...defaults, GATEWAY_MODE: 'sandbox' });
  });

  test('is production, which differs from the sandbox in nothing that is on by default', () => {
    expect(readSettings(production)).toEqual({ ...defaults, GATEWAY_MODE: 'production', SEALING_KEYS: key });
  });

  test('may be an empty string, as serverless.yml passes it on', () => {
    const empty = Object.fromEntries(Object.keys(defaults).map((name) => [name, '']));
    expect(readSettings({ ...sandbox, ...empty, REDIS_URL: '', WEBHOOK_ALLOW_CIDRS: '' })).toEqual(
      readSettings(sandbox),
    );
  });
});

describe('the queue', () => {
  test.each([
    [{ REDIS_URL: 'redis://localhost:6379' }, 'redis'],
    [{ REDIS_URL: 'rediss://cache.example:6380' }, 'redis'],
    [{ REDIS_URL: 'redis://localhost:6379', QUEUE_BACKEND: 'postgres' }, 'postgres'],
    [{}, 'postgres'],
  ])('of %j is on %s', (env, backend) => {
    expect(readSettings({ ...sandbox, ...env }).QUEUE_BACKEND).toBe(backend);
  });

  test('on redis needs to know where Redis is', () => {
    expect(problems({ ...sandbox, QUEUE_BACKEND: 'redis' })).toEqual([
      'REDIS_URL is missing: QUEUE_BACKEND=redis needs to know where Redis is.',
    ]);
  });

  test('on SQS needs to know every one of its queues', () => {
    const at = (name: string) => `https://sqs.ap-south-1.amazonaws.com/123456789012/gateway-dev-${name}`;
    const two = { SETTLE_PAYMENT_QUEUE_URL: at('settle-payment'), DELIVER_WEBHOOK_QUEUE_URL: at('deliver-webhook') };
    expect(problems({ ...sandbox, ...two, QUEUE_BACKEND: 'sqs' })).toEqual([
      'SETTLE_REFUND_QUEUE_URL is missing: QUEUE_BACKEND=sqs needs to know where its queues are.',
    ]);
    const all = { ...two, SETTLE_REFUND_QUEUE_URL: at('settle-refund') };
    expect(readSettings({ ...sandbox, ...all, QUEUE_BACKEND: 'sqs' })).toMatchObject({ ...all, QUEUE_BACKEND: 'sqs' });
    expect(readSettings({ ...sandbox, ...all }).QUEUE_BACKEND).toBe('postgres');
  });
});

test('idempotency keys in DynamoDB need to know their table', () => {
  expect(problems({ ...sandbox, IDEMPOTENCY_STORE: 'dynamodb' })).toEqual([
    'IDEMPOTENCY_TABLE is missing: IDEMPOTENCY_STORE=dynamodb needs to know its table.',
  ]);
  const env = { ...sandbox, IDEMPOTENCY_STORE: 'dynamodb', IDEMPOTENCY_TABLE: 'gateway-dev-idempotency' };
  expect(readSettings(env)).toMatchObject({ IDEMPOTENCY_TABLE: 'gateway-dev-idempotency' });
});

describe('a malformed value', () => {
  const flag = (name: string, text: string) => `${name} must be true or false, not "${text}".`;
  const rate = (name: string, text: string) => `${name} must be a rate from 0 to 1, such as 0.9, not "${text}".`;
  const whole = (name: string, text: string) => `${name} must be a whole number, not "${text}".`;
  const origin = (name: string, text: string) =>
    `${name} must be an origin such as https://shop.example, not "${text}".`;
  const ranges = (text: string) =>
    `WEBHOOK_ALLOW_CIDRS must be address ranges joined by commas, such as 127.0.0.0/8,::1/128, not "${text}".`;
  const database =
    'DATABASE_URL must be a URL such as postgresql://user:password@localhost:5432/payment_gateway, not what it is now.';

  test.each([
    ['GATEWAY_MODE', 'staging', 'GATEWAY_MODE must be sandbox or production, not "staging".'],
    ['GATEWAY_MODE', 'SANDBOX', 'GATEWAY_MODE must be sandbox or production, not "SANDBOX".'],
    ['DATABASE_URL', 'localhost', database],
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/shop', database],
    [
      'REDIS_URL',
      'http://:hunter2@localhost',
      'REDIS_URL must be a URL such as redis://localhost:6379, not what it is now.',
    ],
    ['DATABASE_POOL_SIZE', '0', 'DATABASE_POOL_SIZE must be a whole number from 1 to 100, not "0".'],
    ['DATABASE_POOL_SIZE', '101', 'DATABASE_POOL_SIZE must be a whole number from 1 to 100, not "101".'],
    ['DATABASE_POOL_SIZE', 'ten', whole('DATABASE_POOL_SIZE', 'ten')],
    ['DATABASE_POOL_SIZE', '1.5', whole('DATABASE_POOL_SIZE', '1.5')],
    ['DATABASE_POOL_SIZE', '-1', whole('DATABASE_POOL_SIZE', '-1')],
    ['DATABASE_POOL_SIZE', '1e1', whole('DATABASE_POOL_SIZE', '1e1')],
    ['DATABASE_POOL_SIZE', ' 5', whole('DATABASE_POOL_SIZE', ' 5')],
    ['QUEUE_BACKEND', 'kafka', 'QUEUE_BACKEND must be redis, postgres or sqs, not "kafka".'],
    ['QUEUE_PREFIX', 'my shop', 'QUEUE_PREFIX must be up to 40 of a-z, 0-9, _ and -, not "my shop".'],
    ['QUEUE_PREFIX', 'x'.repeat(41), `QUEUE_PREFIX must be up to 40 of a-z, 0-9, _ and -, not "${'x'.repeat(41)}".`],
    ['SWEEP_HORIZON', '900001', 'SWEEP_HORIZON must be a whole number from 0 to 900000, not "900001".'],
    [
      'SETTLE_REFUND_QUEUE_URL',
      'gateway-dev-settle-refund',
      'SETTLE_REFUND_QUEUE_URL must be a URL such as ' +
        'https://sqs.ap-south-1.amazonaws.com/123456789012/gateway-dev-settle-payment, not what it is now.',
    ],
    ['IDEMPOTENCY_STORE', 'redis', 'IDEMPOTENCY_STORE must be postgres or dynamodb, not "redis".'],
    ['IDEMPOTENCY_TABLE', 'a b', 'IDEMPOTENCY_TABLE must be 3 to 255 of A-Z, a-z, 0-9, _, . and -, not "a b".'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be trace, debug, info, warn, error or silent, not "loud".'],
    ['DASHBOARD_ORIGIN', 'localhost:3000', origin('DASHBOARD_ORIGIN', 'localhost:3000')],
    ['CHECKOUT_ORIGIN', 'http://localhost:3001/', origin('CHECKOUT_ORIGIN', 'http://localhost:3001/')],
    ['CHECKOUT_ORIGIN', '*', origin('CHECKOUT_ORIGIN', '*')],
    ['SEED_TEST_MERCHANT', 'yes', flag('SEED_TEST_MERCHANT', 'yes')],
    ['TEST_MODE', '1', flag('TEST_MODE', '1')],
    ['TEST_MODE', 'True', flag('TEST_MODE', 'True')],
    ['TEST_PAYMENT_SUCCESS', 'no', flag('TEST_PAYMENT_SUCCESS', 'no')],
    ['TEST_PROCESSING_DELAY', '1s', whole('TEST_PROCESSING_DELAY', '1s')],
    [
      'PROCESSING_DELAY_MAX',
      '3600001',
      'PROCESSING_DELAY_MAX must be a whole number from 0 to 3600000, not "3600001".',
    ],
    ['PROCESSING_DELAY_MIN', '10001', 'PROCESSING_DELAY_MIN must not be larger than PROCESSING_DELAY_MAX.'],
    ['UPI_SUCCESS_RATE', '90', rate('UPI_SUCCESS_RATE', '90')],
    ['UPI_SUCCESS_RATE', '90%', rate('UPI_SUCCESS_RATE', '90%')],
    ['UPI_SUCCESS_RATE', '1.01', rate('UPI_SUCCESS_RATE', '1.01')],
    ['CARD_SUCCESS_RATE', '-0.1', rate('CARD_SUCCESS_RATE', '-0.1')],
    ['CARD_SUCCESS_RATE', '0.', rate('CARD_SUCCESS_RATE', '0.')],
    [
      'WEBHOOK_RETRY_INTERVALS_TEST',
      '5, 10',
      'WEBHOOK_RETRY_INTERVALS_TEST must be true, false, or up to four waits in seconds such as 5,10,15,20, not "5, 10".',
    ],
    [
      'WEBHOOK_RETRY_INTERVALS_TEST',
      '0,1,2,3,4,5',
      'WEBHOOK_RETRY_INTERVALS_TEST must be true, false, or up to four waits in seconds such as 5,10,15,20, not "0,1,2,3,4,5".',
    ],
    [
      'WEBHOOK_MERCHANT_CONCURRENCY',
      '0',
      'WEBHOOK_MERCHANT_CONCURRENCY must be a whole number from 1 to 1000, not "0".',
    ],
    ...[
      '10.0.0.0',
      '10.0.0.0/33',
      '10.0.0.0/8/8',
      '10.0.0.0/08',
      '010.0.0.0/8',
      '::1/129',
      '::1/0.5',
      'fe80::1%lo/64',
      'a/8',
    ].map((text) => ['WEBHOOK_ALLOW_CIDRS', `127.0.0.0/8,${text}`, ranges(`127.0.0.0/8,${text}`)] as const),
    ['WORKER_CONCURRENCY', '0', 'WORKER_CONCURRENCY must be a whole number from 1 to 10000, not "0".'],
  ])('%s=%s is named with what it should be', (name, text, problem) => {
    expect(problems({ ...sandbox, SEALING_KEYS: key, [name]: text })).toEqual([problem]);
  });

  test('is named together with all the others', () => {
    expect(problems({ ...sandbox, TEST_MODE: 'on', LOG_LEVEL: 'x', UPI_SUCCESS_RATE: '2' })).toHaveLength(3);
  });

  test.each([
    ['UPI_SUCCESS_RATE', '0', 0],
    ['UPI_SUCCESS_RATE', '1', 1],
    ['UPI_SUCCESS_RATE', '1.0', 1],
    ['CARD_SUCCESS_RATE', '0.333', 0.333],
    ['PROCESSING_DELAY_MIN', '10000', 10_000],
    ['WEBHOOK_RETRY_INTERVALS_TEST', '0,5,10,15,20', '0,5,10,15,20'],
    [
      'WEBHOOK_ALLOW_CIDRS',
      '0.0.0.0/0, 10.0.0.1/32,::/0,::ffff:1.2.3.4/128',
      '0.0.0.0/0, 10.0.0.1/32,::/0,::ffff:1.2.3.4/128',
    ],
    ['REDIS_URL', ' redis://localhost:63\n79 ', 'redis://localhost:6379'],
  ] as const)('%s=%s is none', (name, text, value) => {
    expect(readSettings({ ...sandbox, [name]: text })[name]).toBe(value);
  });
});

describe('a near miss', () => {
  test.each([
    ['DATABASE_URI', 'DATABASE_URI is not a setting; did you mean DATABASE_URL?'],
    ['TEST_PROCESING_DELAY', 'TEST_PROCESING_DELAY is not a setting; did you mean TEST_PROCESSING_DELAY?'],
    ['SEALING_KEY', 'SEALING_KEY is not a setting; did you mean SEALING_KEYS?'],
    ['WEBHOOK_ALLOW_CIDR', 'WEBHOOK_ALLOW_CIDR is not a setting; did you mean WEBHOOK_ALLOW_CIDRS?'],
  ])('%s is named, its value is not', (name, problem) => {
    expect(problems({ ...sandbox, [name]: 'hunter2' })).toEqual([problem]);
  });

  test.each([
    'HOME',
    'PATH',
    'AWS_REGION',
    'PGPASSWORD',
    'TEST_DATABASE_URL',
    'TEST_REDIS_URL',
    'API_PORT',
    'API_URL',
    'NODE_ENV',
  ])('%s is another’s', (name) => {
    expect(problems({ ...sandbox, [name]: 'x' })).toEqual([]);
  });
});

describe('production refuses', () => {
  const forSandbox = (name: string) => `${name} is for the sandbox only: remove it, or set GATEWAY_MODE=sandbox.`;
  const keysMissing = expect.stringMatching(/^SEALING_KEYS is missing/);

  // Unset and misspelt count as production, the safer of the two.
  test.each([{}, { GATEWAY_MODE: 'production' }])('what belongs in a sandbox (%j)', (mode) => {
    const env = { ...mode, SEALING_KEYS: key };
    expect(problems({ ...env, SEED_TEST_MERCHANT: 'true' })).toEqual([forSandbox('SEED_TEST_MERCHANT')]);
    expect(problems({ ...env, SEED_TEST_MERCHANT: 'false' })).toEqual([]);
    expect(problems({ ...env, WEBHOOK_ALLOW_CIDRS: '10.0.0.0/8' })).toEqual([forSandbox('WEBHOOK_ALLOW_CIDRS')]);
    expect(problems(mode)).toEqual([keysMissing]);
  });

  test('it for a mode it does not know, too', () => {
    expect(problems({ GATEWAY_MODE: 'sandbx', SEED_TEST_MERCHANT: 'true' })).toEqual([
      'GATEWAY_MODE must be sandbox or production, not "sandbx".',
      forSandbox('SEED_TEST_MERCHANT'),
      keysMissing,
    ]);
  });

  test('and a sandbox takes it', () => {
    const settings = readSettings({ ...sandbox, SEED_TEST_MERCHANT: 'true', WEBHOOK_ALLOW_CIDRS: '10.0.0.0/8' });
    expect(settings).toMatchObject({ SEED_TEST_MERCHANT: true, WEBHOOK_ALLOW_CIDRS: '10.0.0.0/8' });
  });
});

describe('a secret', () => {
  test.each(['hunter2', 'k1:hunter2', `${key},k2`, `k_1${key.slice(2)}`, `${key},`])(
    'in SEALING_KEYS=%s is not repeated',
    (keys) => {
      expect(problems({ ...sandbox, SEALING_KEYS: keys })).toEqual([
        'SEALING_KEYS must be id:key pairs joined by commas, each key 32 bytes in base64 (openssl rand -base64 32), ' +
          'not what it is now.',
      ]);
    },
  );

  test.each(['hunter2', `${'x'.repeat(32)} `, 'x'.repeat(257)])('in EDGE_SECRET=%s is not repeated', (secret) => {
    expect(problems({ ...sandbox, EDGE_SECRET: secret })).toEqual([
      'EDGE_SECRET must be 32 to 256 characters without spaces (openssl rand -hex 32), not what it is now.',
    ]);
  });

  test.each([
    'DATABASE_URL',
    'REDIS_URL',
    'QUEUE_BACKEND',
    'CHECKOUT_ORIGIN',
    'DASHBOARD_ORIGIN',
    'QUEUE_PREFIX',
    'LOG_LEVEL',
  ])('in an address that stands in %s is not repeated', (name) => {
    const [problem] = problems({ ...sandbox, [name]: 'https://admin:hunter2@db.example:5432/x' });
    expect(problem).toMatch(new RegExp(`^${name} must be .*, not what it is now\\.$`));
  });

  test('is in no message as a whole either', () => {
    expect(() => readSettings({ ...sandbox, DATABASE_URL: 'x://u:hunter2@h', SEALING_KEYS: 'hunter2' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});

test('two keys of one id are not good', () => {
  expect(problems({ ...sandbox, SEALING_KEYS: `${key},${key}` })).toEqual([
    'SEALING_KEYS must be id:key pairs with an id of its own for each key, not what it is now.',
  ]);
});

test('several keys are good, and settings cannot be changed', () => {
  const settings = readSettings({ ...sandbox, SEALING_KEYS: `${key},old-1:${key.slice(3)}` });
  expect(settings.SEALING_KEYS).toBe(`${key},old-1:${key.slice(3)}`);
  expect(Object.isFrozen(settings)).toBe(true);
});
