import type { Acquirer } from '../acquirer/acquirer.ts';
import { chargeLedger } from '../acquirer/charge-ledger.ts';
import { refundLedger } from '../acquirer/refund-ledger.ts';
import { simulatedAcquirer } from '../acquirer/simulated-acquirer.ts';
import { connectDatabase, type Database } from '../database/database.ts';
import { type MerchantFinder, merchantFinder } from '../merchants/merchant-store.ts';
import { type OpeningStore, openingStore } from '../payments/opening-store.ts';
import { type RefundingStore, refundingStore } from '../refunds/refunding-store.ts';
import { type SettlementStore, settlementStore } from '../payments/settlement-store.ts';
import type { IdempotencyStore } from '../idempotency/idempotency-store.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import { createRateLimiter, type RateLimiter } from '../rate-limits/rate-limiter.ts';
import { createLog, type Log } from '../runtime/log.ts';
import { readSettings, type Settings } from '../runtime/settings.ts';
import { createFingerprinter, type Fingerprinter } from '../secrets/fingerprinter.ts';
import { createSealer, type Sealer } from '../secrets/sealer.ts';
import { type DeliveryStore, deliveryStore } from '../webhooks/delivery-store.ts';
import type { AddressPolicy } from '../webhooks/outgoing/address-policy.ts';
import { createWebhookSender, type WebhookSender } from '../webhooks/outgoing/send.ts';
import { retrySchedule } from '../webhooks/retry-schedule.ts';
import { addressPolicyOf } from './address-policy-of.ts';
import { doorbellOf } from './doorbell-of.ts';
import { idempotencyStoreOf } from './idempotency-store-of.ts';

/** Everything a door can reach, wired once per process. */
export type Gateway = {
  readonly settings: Settings;
  readonly log: Log;
  readonly database: Database;
  readonly doorbell: Doorbell;
  readonly rateLimiter: RateLimiter;
  readonly sealer: Sealer;
  readonly fingerprinter: Fingerprinter;
  readonly idempotency: IdempotencyStore;
  readonly acquirer: Acquirer;
  readonly addressPolicy: AddressPolicy;
  readonly sender: WebhookSender;
  readonly findMerchant: MerchantFinder;
  readonly openings: OpeningStore;
  readonly settlements: SettlementStore;
  readonly refundings: RefundingStore;
  readonly deliveries: DeliveryStore;
  close(): Promise<void>;
};

export function openGateway(env: NodeJS.ProcessEnv): Gateway {
  const settings = readSettings(env);
  const log = createLog(settings.LOG_LEVEL);
  const database = connectDatabase({ url: settings.DATABASE_URL, poolSize: settings.DATABASE_POOL_SIZE, log });
  const doorbell = doorbellOf(settings, log);
  const rateLimiter = createRateLimiter(settings, log);
  const addressPolicy = addressPolicyOf(settings);
  const sender = createWebhookSender({ policy: addressPolicy });
  return {
    settings,
    log,
    database,
    doorbell,
    rateLimiter,
    addressPolicy,
    sender,
    sealer: createSealer(settings.SEALING_KEYS),
    fingerprinter: createFingerprinter(settings.SEALING_KEYS),
    idempotency: idempotencyStoreOf(settings, database),
    acquirer: simulatedAcquirer(
      settings,
      { charges: chargeLedger(database), refunds: refundLedger(database) },
      Math.random,
    ),
    findMerchant: merchantFinder(database),
    openings: openingStore(database),
    settlements: settlementStore(database),
    refundings: refundingStore(database),
    deliveries: deliveryStore(database, {
      schedule: retrySchedule(settings.WEBHOOK_RETRY_INTERVALS_TEST),
      merchantConcurrency: settings.WEBHOOK_MERCHANT_CONCURRENCY,
    }),
    close: async () => {
      await Promise.all([sender.close(), doorbell.close(), rateLimiter.close()]);
      await database.close();
    },
  };
}

let open: Gateway | undefined;

/** This process's gateway. Made at the first call, so that importing a handler reads no setting and opens nothing. */
export const theGateway = (): Gateway => (open ??= openGateway(process.env));

/** Closes this process's gateway; a later call opens a new one. For hosts that end in order, and for tests. */
export async function closeTheGateway(): Promise<void> {
  const closing = open;
  open = undefined;
  await closing?.close();
}
