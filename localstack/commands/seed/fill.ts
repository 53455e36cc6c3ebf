import { gatewayNow } from '../../../shared/database/clock.ts';
import { type Database, statement } from '../../../shared/database/database.ts';
import { findMerchant } from '../../../shared/merchants/merchant-store.ts';
import { testMerchant } from '../../../shared/merchants/test-merchant.ts';
import type { Sealer } from '../../../shared/secrets/sealer.ts';
import { StartupError } from '../../startup-error.ts';
import { drawCustomers } from './customers.ts';
import type { Listener } from './deliver.ts';
import { liveOrder } from './live-order.ts';
import { at, Random } from './random.ts';
import { insertRows } from './insert-rows.ts';
import { noRows, type Rows, type TableName, tableNames } from './rows.ts';
import { drawTimes } from './times.ts';
import { later, type World } from './world.ts';

const hourMs = 3_600_000;

/** A statement with the events of this many takes well under the second, also on a slow disk. */
const paymentsAtOnce = 2_500;

/** Where the local test merchant listens, for a merchant who has no URL now. */
const usualUrl = 'http://localhost:3002/webhook';

/** So that tidying up is never more than a statement's time. */
const tidiedEvery = 100_000;

export type Filled = Readonly<Record<TableName, number>>;

/**
 * Fills the test merchant's books with the lives of so many payments in the last thirty days, a batch a transaction. What
 * is there stays. The same numbers make the same lives, seen from the present.
 * @param onProgress how many payments are there so far.
 */
export async function fill(
  { database, sealer }: { database: Database; sealer: Sealer },
  { payments, seed }: { payments: number; seed: number },
  onProgress: (made: number) => void,
): Promise<Filled> {
  const world = await openWorld({ database, sealer }, seed);
  const times = drawTimes(world.random, payments, world.now);
  const filled: Record<string, number> = {};
  // Two at a time: one core writes while the other makes up the next lives.
  const writing: Promise<void>[] = [Promise.resolve(), Promise.resolve()];
  let made = 0;
  while (made < payments) {
    world.rows = noRows();
    const until = Math.min(payments, made + paymentsAtOnce);
    while (made < until) made += liveOrder(world, at(times, made), until - made);
    await writing.shift();
    writing.push(begun(insertOnce(database, world.rows, seed)));
    for (const table of tableNames) filled[table] = (filled[table] ?? 0) + world.rows[table].length;
    onProgress(made);
    if (made !== payments && made % tidiedEvery >= paymentsAtOnce) continue;
    await Promise.all(writing);
    await tidy(database);
  }
  return filled as Filled;
}

async function openWorld({ database, sealer }: { database: Database; sealer: Sealer }, seed: number): Promise<World> {
  const merchant = await findMerchant(database, testMerchant.id);
  if (merchant === undefined) {
    throw new StartupError('There is no test merchant here to fill the books of. npm start seeds it.');
  }
  const now = await gatewayNow(database);
  const random = new Random(seed);
  const secret = sealer.unseal(merchant.webhook_secret);
  const listener = listenerOf(merchant.webhook_url ?? usualUrl, secret, now);
  const customers = drawCustomers(random, 600);
  return { random, now, merchantId: merchant.id, customers, listener, rows: noRows(), refundsUnderWay: 0 };
}

/** It began to listen a week ago. Its server was down for three hours the day before yesterday, and is again since minutes. */
function listenerOf(url: string, secret: string, now: Date): Listener {
  const outage = (hoursAgo: number, hours: number) => ({
    from: later(now, -hoursAgo * hourMs),
    to: later(now, (hours - hoursAgo) * hourMs),
  });
  return { url, secret, since: later(now, -7 * 24 * hourMs), outages: [outage(53, 3), outage(0.1, 0.1)] };
}

/** Whoever waits for it later gets its error then; until that it is nobody's. */
function begun(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}

/** Without it, PostgreSQL would read the tables where their indexes would do, until it comes round to them by itself. */
async function tidy(database: Database): Promise<void> {
  for (const table of tableNames) await database.rows(statement(`seed-tidy-${table}`, `vacuum (analyze) ${table}`));
}

async function insertOnce(database: Database, rows: Rows, seed: number): Promise<void> {
  try {
    await database.transaction((within) => insertRows(within, rows));
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    throw new StartupError(
      `These payments are there already: the seed ${seed} was used here before. Name another one with --seed.`,
    );
  }
}
