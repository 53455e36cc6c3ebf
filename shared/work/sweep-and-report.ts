import type { Database } from '../database/database.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Settings } from '../runtime/settings.ts';
import { reportAlive } from './heartbeat.ts';
import { sweep } from './sweep.ts';

type Deps = { database: Database; doorbell: Doorbell; settings: Settings };

/** All the hosts a schedule has ever run on are one worker. */
const theSchedule = '00000000-0000-4000-8000-000000000001';

/** The next sweep may be late, and one may be missed; two mean that nobody works. */
const silentAfterSweeps = 2.5;

/**
 * Sweeps, and where sweeps are rare also reports in: a schedule then has the place of the long-running worker, which
 * reports in by itself. Done after the sweep, so that a sweep that cannot reach the rows or the queue is not taken for work.
 */
export async function sweepAndReport({ database, doorbell, settings }: Deps): Promise<void> {
  const { SWEEP_HORIZON: horizonMs, WEBHOOK_MERCHANT_CONCURRENCY: perMerchant } = settings;
  await sweep({ database, doorbell }, { horizonMs, perMerchant });
  if (horizonMs > 0) await reportAlive(database, theSchedule, horizonMs * silentAfterSweeps);
}
