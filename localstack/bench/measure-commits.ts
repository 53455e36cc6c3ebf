import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { drive, type Driven } from './drive.ts';

const SECONDS = 2;

export interface CommitFigures extends Driven {
  connections: number;
}

/** Inserts of one row each, committed one by one, through the gateway's own driver into a table that is dropped again. */
export async function measureCommits(
  databaseUrl: string,
  connectionCounts: readonly number[],
  atEnd: (cleanUp: () => Promise<void>) => void,
): Promise<CommitFigures[]> {
  const schema = `bench_${randomBytes(6).toString('hex')}`;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: Math.max(...connectionCounts),
    connectionTimeoutMillis: 3_000,
  });
  pool.on('error', () => undefined);
  let isThere = true;
  const drop = async () => {
    if (!isThere) return;
    isThere = false;
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await pool.end();
  };
  await pool.query(`CREATE SCHEMA ${schema}`);
  atEnd(drop);
  await pool.query(`CREATE TABLE ${schema}.rows (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text)`);
  const insert = {
    name: 'bench-insert',
    text: `INSERT INTO ${schema}.rows (body) VALUES ($1)`,
    values: ['x'.repeat(200)],
  };
  const roundTrip = async () => (await pool.query(insert)).rowCount === 1;
  const figures: CommitFigures[] = [];
  for (const connections of connectionCounts) {
    figures.push({ connections, ...(await drive({ connections, seconds: SECONDS, roundTrip })) });
  }
  await drop();
  return figures;
}
