import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../shared/runtime/settings.ts';
import { variables } from '../../shared/runtime/variables.ts';
import { queueName, tableName } from '../aws-resources.ts';
import { MAJOR_VERSION } from '../postgres/data-directory.ts';
import { QUIET_SERVERLESS } from '../stack/services.ts';
import { sandboxDefaults } from '../stack/sandbox-environment.ts';
import {
  API_PORT,
  CHECKOUT_PORT,
  DASHBOARD_PORT,
  POSTGRES_PORT,
  REDIS_PORT,
  TEST_MERCHANT_PORT,
} from '../stack/settings.ts';
import { type ComposeService, readCompose } from './read-compose.ts';

const root = join(import.meta.dirname, '..', '..');
const services = readCompose(root);
const programs = Object.entries(services).filter(([, { build }]) => build !== undefined);
const environmentOf = ({ environment = {} }: ComposeService): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));

/** What is read besides the gateway's own settings, and by whom. */
const otherVariables = new Set([
  ...['API_PORT', 'DASHBOARD_PORT', 'CHECKOUT_PORT', 'TEST_MERCHANT_PORT', 'LISTEN_ADDRESS'],
  ...['API_URL', 'API_UPSTREAM_URL', 'TEST_MERCHANT_URL'],
  ...['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ...Object.keys(QUIET_SERVERLESS),
]);

describe('docker-compose.yml', () => {
  test('has the containers by the names that are promised', () => {
    const names = Object.values(services).map(({ container_name }) => container_name);
    expect(names).toEqual(
      expect.arrayContaining([
        'pg_gateway',
        'redis_gateway',
        'gateway_api',
        'gateway_worker',
        'gateway_dashboard',
        'gateway_checkout',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('LocalStack comes only when it is asked for', () => {
    const behindProfiles = Object.entries(services).filter(([, { profiles }]) => profiles !== undefined);
    expect(behindProfiles.map(([name]) => name)).toEqual(['localstack']);
    expect(services['localstack']!.image).toBe('localstack/localstack:4.14.0');
  });

  test('its databases are of the versions that the tests run on', () => {
    expect(services['postgres']!.image).toBe(`postgres:${MAJOR_VERSION}-bookworm`);
    // Below 18 the image keeps its data elsewhere.
    expect(services['postgres']!.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(services['redis']!.image).toMatch(/^redis:7\./);
  });

  test.each(Object.entries(services))(
    '%s is asked whether it is well, and waits for what there is',
    (name, service) => {
      // One that ends is waited for by its exit status.
      if (name !== 'migrate') expect(['CMD', 'CMD-SHELL']).toContain(service.healthcheck?.test[0]);
      for (const [needed, { condition, required = true }] of Object.entries(service.depends_on ?? {})) {
        expect(condition).toBe(needed === 'migrate' ? 'service_completed_successfully' : 'service_healthy');
        expect(required).toBe(services[needed]!.profiles === undefined);
      }
    },
  );

  test('nothing is reachable from another machine, and every port can be moved by the variable of npm start', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    const moved = readCompose(root, {
      ...{ API_PORT: '1', DASHBOARD_PORT: '2', CHECKOUT_PORT: '3', TEST_MERCHANT_PORT: '4' },
      ...{ POSTGRES_PORT: '5', REDIS_PORT: '6', LOCALSTACK_PORT: '7' },
    });
    const wishes = {
      ...{ api: API_PORT, dashboard: DASHBOARD_PORT, checkout: CHECKOUT_PORT, 'test-merchant': TEST_MERCHANT_PORT },
      ...{ postgres: POSTGRES_PORT, redis: REDIS_PORT, localstack: { variable: 'LOCALSTACK_PORT', standard: 4566 } },
    };
    for (const [name, { standard }] of Object.entries(wishes)) {
      expect(services[name]!.ports).toEqual([`127.0.0.1:${standard}:${standard}`]);
      expect(moved[name]!.ports).toEqual([expect.stringMatching(`^127\\.0\\.0\\.1:[1-7]:${standard}$`)]);
    }
    expect(published).toHaveLength(Object.keys(wishes).length);
    const { API_URL, DASHBOARD_ORIGIN, CHECKOUT_ORIGIN } = environmentOf(moved['dashboard']!);
    expect([API_URL, DASHBOARD_ORIGIN, CHECKOUT_ORIGIN]).toEqual([
      'http://localhost:1',
      'http://localhost:2',
      'http://localhost:3',
    ]);
  });

  test('leaves what holds no secrets of its maker out of the image', () => {
    const left = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(left).toEqual(expect.arrayContaining(['.env', '.git', '.data', 'node_modules']));
  });
});

describe.each(programs)('the program %s', (name, service) => {
  test('is one that is here', () => {
    const [program, script] = service.command!;
    expect(program).toBe('node');
    expect(existsSync(join(root, script!))).toBe(true);
  });

  test('gets variables that somebody reads, with values that pass', () => {
    const unknown = Object.keys(environmentOf(service)).filter(
      (variable) => !(variable in variables) && !otherVariables.has(variable),
    );
    expect(unknown).toEqual([]);
    expect(() => readSettings(environmentOf(service))).not.toThrow();
  });

  test('is a sandbox as npm start makes one, until its user says otherwise', () => {
    expect(environmentOf(service)).toMatchObject({ ...sandboxDefaults, GATEWAY_MODE: 'sandbox' });
    const changed = { TEST_MODE: 'false', UPI_SUCCESS_RATE: '0.5', REFUND_PROCESSING_DELAY: '10', LOG_LEVEL: 'debug' };
    expect(environmentOf(readCompose(root, changed)[name]!)).toMatchObject(changed);
  });

  test("can have LocalStack's queues and table", () => {
    const { environment = {} } = readCompose(root, { QUEUE_BACKEND: 'sqs', IDEMPOTENCY_STORE: 'dynamodb' })[name]!;
    const settings = readSettings(environmentOf({ ...service, environment }));
    expect(settings).toMatchObject({ QUEUE_BACKEND: 'sqs', IDEMPOTENCY_STORE: 'dynamodb' });
    const address = 'http://localstack:4566/000000000000';
    expect(settings.SETTLE_PAYMENT_QUEUE_URL).toBe(`${address}/${queueName('dev', 'settle-payment')}`);
    expect(settings.SETTLE_REFUND_QUEUE_URL).toBe(`${address}/${queueName('dev', 'settle-refund')}`);
    expect(settings.DELIVER_WEBHOOK_QUEUE_URL).toBe(`${address}/${queueName('dev', 'deliver-webhook')}`);
    expect(settings.IDEMPOTENCY_TABLE).toBe(tableName('dev'));
  });
});
