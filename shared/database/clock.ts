import { type Queryable, statement } from './database.ts';

const readClock = statement('read-clock', 'select gateway_now() as now');

/** The one clock: the database's, so that every host and a moved test clock agree. */
export async function gatewayNow(database: Queryable): Promise<Date> {
  const [row] = await database.rows<{ now: Date }>(readClock);
  if (row === undefined) throw new Error('gateway_now() answered no row');
  return row.now;
}
