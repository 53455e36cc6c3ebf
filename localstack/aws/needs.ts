import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { type JobType, jobTypes } from '../../shared/queue/doorbell.ts';

/** What a function of serverless.yml does beyond answering from the database. Its bundle and its role follow from this. */
export type Needs = {
  /** Queues it puts bells on. */
  readonly rings: readonly JobType[];
  /** The queue it answers. */
  readonly answers?: JobType;
  /** Whether it takes Idempotency-Keys. */
  readonly keepsKeys: boolean;
  /** Whether it sends webhooks. */
  readonly sends: boolean;
  /** Whether it judges the addresses of webhooks. */
  readonly judgesAddresses: boolean;
  /** Whether it counts requests. */
  readonly limits: boolean;
  /** Files it reads while it runs: their path in the zip, and in the repository. */
  readonly files: readonly (readonly [inZip: string, inRepository: string])[];
};

const rings: Readonly<Record<string, readonly JobType[]>> = {
  createPayment: ['settle-payment', 'deliver-webhook'],
  createPublicPayment: ['settle-payment', 'deliver-webhook'],
  capturePayment: ['deliver-webhook'],
  createRefund: ['settle-refund', 'deliver-webhook'],
  retryWebhook: ['deliver-webhook'],
  retryFailedWebhooks: ['deliver-webhook'],
  testWebhook: ['deliver-webhook'],
  // An attempt that ends rings for those of its order that waited for it.
  settlePayment: ['settle-payment', 'deliver-webhook'],
  settleRefund: ['deliver-webhook'],
  deliverWebhook: ['deliver-webhook'],
  sweep: jobTypes,
};

const answers: Readonly<Record<string, JobType>> = {
  settlePayment: 'settle-payment',
  settleRefund: 'settle-refund',
  deliverWebhook: 'deliver-webhook',
};

const swaggerUi = ['package.json', 'swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'].map((name) => {
  const path = `node_modules/swagger-ui-dist/${name}`;
  return [path, path] as const;
});

/** @param handler as in serverless.yml, such as `functions/jobs/sweep.handler`. */
export function needsOf(name: string, handler: string): Needs {
  const route: Route | undefined = (routes as Readonly<Record<string, Route>>)[name];
  return {
    rings: rings[name] ?? [],
    ...(answers[name] !== undefined && { answers: answers[name] }),
    keepsKeys: route?.idempotent === true,
    sends: name === 'deliverWebhook',
    judgesAddresses: name === 'deliverWebhook' || name === 'updateMerchant',
    limits: handler.startsWith('functions/http/'),
    files: name === 'docs' ? swaggerUi : name === 'migrate' ? migrations() : [],
  };
}

const migrationsFolder = 'shared/database/migrations';

/** They lie beside the code, wherever that is. */
const migrations = () =>
  globSync('*.sql', { cwd: join(import.meta.dirname, '..', '..', migrationsFolder) }).map(
    (name) => [`migrations/${name}`, `${migrationsFolder}/${name}`] as const,
  );
