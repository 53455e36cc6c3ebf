/**
 * What stands in a bundle for AWS in place of what runs locally. Everything here is either never called on AWS, and says so
 * loudly if it is, or a smaller door to the same code. A name that is imported and missing here fails the build.
 */
import type { Needs } from '../needs.ts';
import { absentText, neverLoadedText, unusedText } from './absent-text.ts';

/** The text of a module, or another module that stands for it. */
export type Substitute = { readonly text: string } | { readonly path: string };

const absent = (name: string, ...exported: string[]): [string, Substitute] => [
  name,
  { text: absentText(name, exported) },
];

const neverLoaded = (name: string): [string, Substitute] => [name, { text: neverLoadedText(name) }];

/** By the name they are imported under. */
export const packages: ReadonlyMap<string, Substitute> = new Map<string, Substitute>([
  // The local queue, and the counters beside it. On AWS it is SQS.
  absent('bullmq', 'Queue', 'Worker', 'createPostgresBackend'),
  absent('ioredis', 'Redis'),
  // A binary of the machine that packages. Lambda's Node has Argon2 built in.
  absent('@node-rs/argon2', 'hashRaw'),
  // Its index loads two dozen stores.
  [
    'rate-limiter-flexible',
    {
      text: [
        `export { default as RateLimiterMemory } from 'rate-limiter-flexible/lib/RateLimiterMemory.js';`,
        `export { default as RateLimiterRes } from 'rate-limiter-flexible/lib/RateLimiterRes.js';`,
      ].join('\n'),
    },
  ],
  // Its index loads fetch, WebSockets, caches and mocks: 250 kB of the zip.
  [
    'undici',
    {
      text: [
        `import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';`,
        `import request from 'undici/lib/api/api-request.js';`,
        `Dispatcher.prototype.request = request;`,
        `export { default as Agent } from 'undici/lib/dispatcher/agent.js';`,
        `export { default as buildConnector } from 'undici/lib/core/connect.js';`,
      ].join('\n'),
    },
  ],
  // The SDK's clients carry every way to find credentials: 100 kB of each zip, 15 ms of each cold start. Lambda has one way.
  ['@aws-sdk/client-sqs', { path: 'shared/lambda/sqs.ts' }],
  ['@aws-sdk/client-dynamodb', { path: 'shared/lambda/dynamodb.ts' }],
]);

/** Of packages, by the end of their path: what is loaded and never called as we use them. */
export const packageFiles: ReadonlyMap<string, Substitute> = new Map<string, Substitute>([
  // Logs go straight to standard output, and synchronously: no thread writes them, and nothing is left to write at the end.
  absent('pino/lib/transport.js'),
  absent('pino/lib/multistream.js'),
  absent('on-exit-leak-free/index.js', 'register', 'registerBeforeExit', 'unregister'),
  // libpq's binding, for whoever asks for it.
  neverLoaded('pg/lib/native/index.js'),
  // The file ~/.pgpass, which a Lambda does not have: a database URL without a password has none.
  ['pgpass/lib/index.js', { text: `module.exports = (connection, answer) => answer(undefined);` }],
  // Webhooks go out over HTTP/1.1, their bodies are texts, and every Lambda has the vector instructions.
  absent('undici/lib/dispatcher/client-h2.js'),
  neverLoaded('undici/lib/web/fetch/body.js'),
  neverLoaded('undici/lib/web/fetch/formdata.js'),
  neverLoaded('undici/lib/web/webidl/index.js'),
  neverLoaded('undici/lib/llhttp/llhttp-wasm.js'),
]);

/** Of ours: the local queue, and what this function does not do. */
export function ownFiles({ rings, keepsKeys, sends, judgesAddresses, limits }: Needs): ReadonlyMap<string, Substitute> {
  const unused = (path: string, maker: string): [string, Substitute] => [path, { text: unusedText(path, [maker]) }];
  return new Map([
    absent('shared/queue/bullmq-doorbell.ts', 'bullmqDoorbell'),
    absent('shared/rate-limits/redis-store.ts', 'redisStore'),
    ...(rings.length > 0 ? [] : [unused('shared/queue/sqs-doorbell.ts', 'sqsDoorbell')]),
    ...(keepsKeys ? [] : [unused('shared/gateway/idempotency-store-of.ts', 'idempotencyStoreOf')]),
    ...(sends ? [] : [unused('shared/webhooks/outgoing/send.ts', 'createWebhookSender')]),
    ...(judgesAddresses ? [] : [unused('shared/gateway/address-policy-of.ts', 'addressPolicyOf')]),
    ...(limits ? [] : [unused('shared/rate-limits/rate-limiter.ts', 'createRateLimiter')]),
  ]);
}
