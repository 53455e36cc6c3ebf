import { isAddressRange } from './is-address-range.ts';
import { flag, oneOf, rate, type Reader, textLike, textThat, url, whole } from './readers.ts';

/** Every environment variable the gateway's own code reads. `.env.example` and the README's table are tested against it. */

const origin = textThat(
  (text) => URL.canParse(text) && new URL(text).origin === text,
  'an origin such as https://shop.example',
);

const retryIntervals = textLike(
  /^(true|false|(0,)?\d{1,5}(,\d{1,5}){0,3})$/,
  'true, false, or up to four waits in seconds such as 5,10,15,20',
);

const keyPair = /^[a-z0-9-]{1,16}:[A-Za-z0-9+/]{43}=$/;

const sealingKeys: Reader<string> = (text) => {
  const pairs = text.split(',');
  if (!pairs.every((pair) => keyPair.test(pair))) {
    return { expected: 'id:key pairs joined by commas, each key 32 bytes in base64 (openssl rand -base64 32)' };
  }
  const ids = new Set(pairs.map((pair) => pair.split(':')[0]));
  return ids.size === pairs.length ? { value: text } : { expected: 'id:key pairs with an id of its own for each key' };
};

const queueUrl = url(/^https?:\/\//i, 'https://sqs.ap-south-1.amazonaws.com/123456789012/gateway-dev-settle-payment');

const addressRanges = textThat(
  (text) => text.split(',').every((range) => isAddressRange(range.trim())),
  'address ranges joined by commas, such as 127.0.0.0/8,::1/128',
);

const edgeSecret = textLike(/^[!-~]{32,256}$/, '32 to 256 characters without spaces (openssl rand -hex 32)');

export type Variable<T = unknown> = {
  readonly read: Reader<T>;
  readonly default: string | undefined;
  readonly about: string;
};

const variable = <T>(read: Reader<T>, standard: string | undefined, about: string): Variable<T> => ({
  read,
  default: standard,
  about,
});

export const variables = {
  GATEWAY_MODE: variable(
    oneOf('sandbox', 'production'),
    'production',
    'sandbox allows test seeding, built-in development keys and http webhooks; production refuses them (npm start sets sandbox)',
  ),
  DATABASE_URL: variable(
    url(/^postgres(ql)?:/i, 'postgresql://user:password@localhost:5432/payment_gateway'),
    'postgresql://gateway_user:gateway_pass@localhost:5432/payment_gateway',
    'the PostgreSQL database; when unset, npm start brings its own',
  ),
  DATABASE_POOL_SIZE: variable(whole(1, 100), '10', 'database connections per process (1 on Lambda)'),
  QUEUE_BACKEND: variable(
    oneOf('redis', 'postgres', 'sqs'),
    undefined,
    'where the queues are: with BullMQ on redis or postgres, or on sqs; redis when REDIS_URL is set, else postgres',
  ),
  REDIS_URL: variable(
    url(/^rediss?:/i, 'redis://localhost:6379'),
    undefined,
    'the Redis for the queues; when unset, npm start looks for redis-server or valkey-server',
  ),
  QUEUE_PREFIX: variable(
    textLike(/^[a-z0-9_-]{1,40}$/, 'up to 40 of a-z, 0-9, _ and -'),
    'gateway',
    'what the keys in Redis begin with, so that several gateways can share one Redis',
  ),
  SETTLE_PAYMENT_QUEUE_URL: variable(
    queueUrl,
    undefined,
    'the SQS queue of settle-payment; QUEUE_BACKEND=sqs needs it',
  ),
  SETTLE_REFUND_QUEUE_URL: variable(queueUrl, undefined, 'the SQS queue of settle-refund; QUEUE_BACKEND=sqs needs it'),
  DELIVER_WEBHOOK_QUEUE_URL: variable(
    queueUrl,
    undefined,
    'the SQS queue of deliver-webhook; QUEUE_BACKEND=sqs needs it',
  ),
  IDEMPOTENCY_STORE: variable(
    oneOf('postgres', 'dynamodb'),
    'postgres',
    'where idempotency keys and their answers are kept',
  ),
  IDEMPOTENCY_TABLE: variable(
    textLike(/^[A-Za-z0-9_.-]{3,255}$/, '3 to 255 of A-Z, a-z, 0-9, _, . and -'),
    undefined,
    'the DynamoDB table of the idempotency keys; IDEMPOTENCY_STORE=dynamodb needs it',
  ),
  SWEEP_HORIZON: variable(
    whole(0, 900_000),
    '0',
    'how many milliseconds ahead the sweeper looks; the time between sweeps where they are rare (60000 on AWS)',
  ),
  SEALING_KEYS: variable(
    sealingKeys,
    undefined,
    'id:key pairs that seal secrets at rest, the current one first; the sandbox has a built-in key, production needs its own',
  ),
  LOG_LEVEL: variable(oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'), 'info', 'how much is logged'),
  DASHBOARD_ORIGIN: variable(origin, 'http://localhost:3000', 'origin that may call the API from a browser'),
  CHECKOUT_ORIGIN: variable(origin, 'http://localhost:3001', 'origin that may call the API from a browser'),
  SEED_TEST_MERCHANT: variable(
    flag,
    'false',
    'true seeds the test merchant and opens GET /api/v1/test/merchant (npm start: true)',
  ),
  TEST_MODE: variable(flag, 'false', 'true makes every outcome and delay certain (npm start: true)'),
  TEST_PROCESSING_DELAY: variable(whole(0, 3_600_000), '1000', 'test mode: milliseconds until a payment settles'),
  TEST_PAYMENT_SUCCESS: variable(flag, 'true', 'test mode: false makes every payment fail'),
  PROCESSING_DELAY_MIN: variable(whole(0, 3_600_000), '5000', 'shortest settlement in milliseconds outside test mode'),
  PROCESSING_DELAY_MAX: variable(whole(0, 3_600_000), '10000', 'longest settlement in milliseconds outside test mode'),
  REFUND_PROCESSING_DELAY: variable(
    whole(0, 3_600_000),
    undefined,
    'milliseconds until a refund settles, in test mode and outside; 3000 to 5000 at random when unset',
  ),
  UPI_SUCCESS_RATE: variable(rate, '0.9', 'share of UPI payments that succeed outside test mode'),
  CARD_SUCCESS_RATE: variable(rate, '0.95', 'share of card payments that succeed outside test mode'),
  UPI_COLLECT_TIMEOUT: variable(
    whole(0, 3_600_000),
    '300000',
    'milliseconds until an unanswered UPI request fails (timeout@test)',
  ),
  WEBHOOK_RETRY_INTERVALS_TEST: variable(
    retryIntervals,
    'false',
    'true retries after 5, 10, 15, 20 s instead of 60, 300, 1800, 7200 s; a list of seconds sets its own schedule',
  ),
  WEBHOOK_ALLOW_CIDRS: variable(
    addressRanges,
    undefined,
    'address ranges webhooks may reach besides public ones; the sandbox allows loopback, production refuses this variable',
  ),
  WEBHOOK_MERCHANT_CONCURRENCY: variable(whole(1, 1000), '64', 'webhooks in flight at once for one merchant'),
  RATE_LIMIT_MERCHANT: variable(
    whole(0, 100_000_000),
    '6000',
    'requests a minute for one merchant, 0 for no limit (npm start: 600000)',
  ),
  RATE_LIMIT_PUBLIC_IP: variable(
    whole(0, 100_000_000),
    '600',
    'requests a minute on public routes from one address, 0 for no limit (npm start: 600000)',
  ),
  RATE_LIMIT_PUBLIC_ORDER: variable(
    whole(0, 100_000_000),
    '120',
    'requests a minute on public routes for one order or payment, 0 for no limit (npm start: 600000)',
  ),
  RATE_LIMIT_LOGIN: variable(
    whole(0, 100_000_000),
    '10',
    'requests a minute to sign in to the dashboard, from one address and for one e-mail address, 0 for no limit (npm start: 600000)',
  ),
  RATE_LIMIT_WRONG_CREDENTIALS: variable(
    whole(0, 100_000_000),
    '60',
    'refused credentials a minute from one address, 0 for no limit (npm start: 600000)',
  ),
  EDGE_SECRET: variable(edgeSecret, undefined, 'a proxy that knows it may say from what address a request came'),
  WORKER_CONCURRENCY: variable(whole(1, 10_000), '2000', 'jobs the local worker has in hand at once, per job type'),
} as const;

export type VariableName = keyof typeof variables;
