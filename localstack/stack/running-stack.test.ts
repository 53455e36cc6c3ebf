import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announceStack, commandEnvironment, withdrawStack } from './running-stack.ts';

const addresses = {
  apiUrl: 'http://localhost:8007',
  testMerchantUrl: 'http://localhost:3007',
  credentials: { key: 'key_test_abc123', secret: 'secret_test_xyz789' },
};
const moved = 'postgresql://gateway_user:gateway_pass@localhost:5433/payment_gateway';
const settled = { GATEWAY_MODE: 'sandbox', DATABASE_URL: moved, QUEUE_BACKEND: 'postgres', REDIS_URL: '' };

let root: string;
let dataDir: string;
const running = () => join(dataDir, 'running.json');
const announce = (env: NodeJS.ProcessEnv = settled) => announceStack(dataDir, addresses, env);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gateway-running-'));
  dataDir = join(root, '.data');
  mkdirSync(dataDir);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('with a running stack', () => {
  test('a command works with the database, the addresses and the merchant of the stack', () => {
    announce();
    expect(commandEnvironment(root, { PATH: '/bin' })).toEqual({
      PATH: '/bin',
      GATEWAY_MODE: 'sandbox',
      DATABASE_URL: moved,
      QUEUE_BACKEND: 'postgres',
      API_URL: 'http://localhost:8007',
      API_PORT: '8007',
      TEST_MERCHANT_URL: 'http://localhost:3007',
      API_KEY: 'key_test_abc123',
      API_SECRET: 'secret_test_xyz789',
    });
  });

  test('what the command was given comes first', () => {
    announce();
    const env = commandEnvironment(root, { LOG_LEVEL: 'error', API_KEY: 'key_test_mine', API_URL: '' });
    expect(env).toMatchObject({ LOG_LEVEL: 'error', API_KEY: 'key_test_mine', API_URL: 'http://localhost:8007' });
  });

  test('.env comes last, for the stack has read it and knows better', () => {
    announce();
    writeFileSync(join(root, '.env'), 'GATEWAY_MODE=production\nAPI_PORT=8000\nSEALING_KEYS=a:b\n');
    const env = commandEnvironment(root, {});
    expect(env).toMatchObject({ GATEWAY_MODE: 'sandbox', API_PORT: '8007', SEALING_KEYS: 'a:b' });
  });

  test.each([
    { DATABASE_URL: 'postgresql://shop@db.internal/payments' },
    { GATEWAY_MODE: 'production' },
    { API_URL: 'https://gateway.example' },
    { API_PORT: '8000' },
  ])('a command that is told of another gateway, %j, gets nothing of this one', (given) => {
    announce();
    expect(commandEnvironment(root, given)).toEqual(given);
  });

  test('the file is for its owner alone, is written as a whole, and holds no key', () => {
    announce({ ...settled, SEALING_KEYS: 'prod-1:c2VjcmV0', HOME: '/root' });
    expect(statSync(running()).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['running.json']);
    expect(readFileSync(running(), 'utf8')).not.toMatch(/SEALING_KEYS|c2VjcmV0|HOME/);
  });

  test('GATEWAY_DATA_DIR says which stack, in .env too', () => {
    mkdirSync(join(root, 'second'));
    announceStack(join(root, 'second'), { ...addresses, apiUrl: 'http://localhost:8008' }, settled);
    announce();
    expect(commandEnvironment(root, { GATEWAY_DATA_DIR: 'second' })).toMatchObject({ API_PORT: '8008' });
    writeFileSync(join(root, '.env'), 'GATEWAY_DATA_DIR=second\n');
    expect(commandEnvironment(root, {})).toMatchObject({ API_PORT: '8008' });
  });
});

describe('without a running stack', () => {
  const plain = { DATABASE_URL: 'postgresql://shop@db.internal/payments' };

  test('the plain environment stands', () => {
    expect(commandEnvironment(root, plain)).toEqual(plain);
  });

  test('.env fills in what was not given', () => {
    writeFileSync(join(root, '.env'), 'DATABASE_URL=postgresql://other@localhost/x\nLOG_LEVEL=debug\n');
    expect(commandEnvironment(root, plain)).toEqual({ ...plain, LOG_LEVEL: 'debug' });
  });

  test('an orderly stop leaves no trace', () => {
    announce();
    withdrawStack(dataDir);
    expect(existsSync(running())).toBe(false);
    withdrawStack(dataDir);
  });

  test.each([
    ['whose process is gone', (text: string) => text.replace(/"pid": \d+/, '"pid": 4194305')],
    ['whose pid was given to another process', (text: string) => text.replace(/"started": "\d/, '"started": "x')],
    ['of another form', () => '{}'],
    ['that was cut short', (text: string) => text.slice(0, 40)],
  ])('an announcement %s does not count', (_, spoil) => {
    announce();
    writeFileSync(running(), spoil(readFileSync(running(), 'utf8')));
    expect(commandEnvironment(root, { PATH: '/bin' })).toEqual({ PATH: '/bin' });
  });
});
