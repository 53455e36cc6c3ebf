import { join } from 'node:path';
import { Pool } from 'undici';
import { spawnNode } from '../processes/spawn-node.ts';
import { drive, type Driven } from './drive.ts';

const SECONDS = 2;

/** Requests to an empty HTTP server in another process, from the same load generator. */
export async function measureEmptyServer(root: string, connections: number): Promise<Driven> {
  const { promise: listening, resolve } = Promise.withResolvers<string>();
  const script = join(root, 'localstack', 'bench', 'empty-server.ts');
  const running = spawnNode({ name: 'the empty server', script, cwd: root, env: process.env, onLine: resolve });
  const pool = new Pool(`http://127.0.0.1:${await listening}`, { connections, pipelining: 1 });
  const roundTrip = async () => {
    const answer = await pool.request({ method: 'POST', path: '/', body: '{"amount":50000}' });
    await answer.body.text();
    return true;
  };
  try {
    return await drive({ connections, seconds: SECONDS, roundTrip });
  } finally {
    await pool.close();
    await running.stop();
  }
}
