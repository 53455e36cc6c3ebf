import { type Queryable, statement } from '../database/database.ts';
import type { Settings } from '../runtime/settings.ts';
import { fault, type Finding, ok, warning } from './finding.ts';

const section = 'database';
const oldestVersion = 14;
/** Signatures and tokens are held against the hosts' clocks, receipts against the database's. */
const clocksApartMs = 5_000;

const readServer = statement(
  'doctor-server',
  `select current_setting('server_version') as version, current_setting('server_version_num')::integer / 10000 as major,
          current_setting('fsync') = 'on' as is_durable`,
);
type Server = { version: string; major: number; is_durable: boolean };

const readClock = statement('doctor-clock', 'select gateway_now() as now, offset_ms from gateway_clock');

/** @throws when the database cannot be reached. */
export async function examineServer(database: Queryable): Promise<Finding[]> {
  const [server] = await database.rows<Server>(readServer);
  if (server === undefined) throw new Error('the database did not say what it is');
  const version = { section, name: 'version' } as const;
  const durability = { section, name: 'durability' } as const;
  return [
    server.major >= oldestVersion
      ? ok(version, `PostgreSQL ${server.version} answers.`)
      : fault(version, `This is PostgreSQL ${server.version}.`, `Use PostgreSQL ${oldestVersion} or newer.`),
    server.is_durable
      ? ok(durability, 'What is committed survives a power cut.')
      : warning(
          durability,
          'fsync is off: a power cut loses what was committed.',
          'Set fsync = on, unless this is a test.',
        ),
  ];
}

/** Needs the schema, so it comes after the migrations. */
export async function examineClock(database: Queryable, { TEST_MODE: isTestMode }: Settings): Promise<Finding> {
  const about = { section, name: 'clock' } as const;
  const [row] = await database.rows<{ now: Date; offset_ms: number }>(readClock);
  const hostNow = Date.now();
  if (row === undefined)
    return fault(about, 'gateway_clock has no row: nothing can tell the time.', 'Insert its one row.');
  const { now, offset_ms: offsetMs } = row;
  if (offsetMs !== 0 && !isTestMode) {
    const todo = 'Only tests move it: update gateway_clock set offset_ms = 0.';
    return fault(about, `The gateway's clock is ${offsetMs / 1_000} s ahead, outside test mode.`, todo);
  }
  const apartMs = Math.abs(now.getTime() - offsetMs - hostNow);
  if (apartMs > clocksApartMs) {
    const says = `The clocks of the database and of this host are ${Math.round(apartMs / 1_000)} s apart.`;
    return warning(about, says, 'Let both follow a time server.');
  }
  return ok(about, offsetMs === 0 ? 'One time everywhere.' : `Moved ${offsetMs / 1_000} s ahead by a test.`);
}
