import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../ports/is-port-taken.ts';
import type { Running } from '../processes/running.ts';
import { withLastLines } from '../processes/service.ts';
import { spawnNode } from '../processes/spawn-node.ts';
import { StartupError } from '../startup-error.ts';
import { urlOfEmbedded } from './embedded-url.ts';
import { seededCredentials, type GatewayUnderTest } from './find-gateway.ts';

/** The stack stops within a second; a machine under load gets a few more. */
const STOP_GRACE_MS = 5_000;

/** Starts a gateway as `npm start` does, for this run alone. */
export async function startGateway({
  root,
  env,
  tell,
  atEnd,
}: {
  root: string;
  env: NodeJS.ProcessEnv;
  tell: (line: string) => void;
  atEnd: (cleanUp: () => Promise<void>) => void;
}): Promise<GatewayUnderTest> {
  tell('Starting a gateway for this run ...');
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'gateway-bench-'));
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  // As root, PostgreSQL runs as another user, who has to get in.
  chmodSync(folder, 0o755);
  const ports = await fourFreePorts();
  const { promise: ready, resolve } = Promise.withResolvers<'ready'>();
  const running = spawnNode({
    name: 'the gateway',
    script: join(root, 'localstack', 'start.ts'),
    args: ['--json'],
    cwd: root,
    env: { ...env, ...environmentOf(env, folder), ...ports },
    onLine: (line, stream) => {
      if (stream === 'stderr') tell(`gateway | ${line}`);
      else if (line.startsWith('{"api"')) resolve('ready');
    },
  });
  let isWanted = true;
  atEnd(() => {
    isWanted = false;
    return running.stop(STOP_GRACE_MS);
  });
  await refuseEarlyEnd(running, ready);
  // Every request fails from then on; this says why.
  void running.exited.then((how) => isWanted && tell(`The gateway ended (${how}).`));
  const apiUrl = `http://localhost:${ports.API_PORT}`;
  return { apiUrl, ...seededCredentials, databaseUrl: urlOfEmbedded(Number(ports.POSTGRES_PORT)) };
}

/** Asked for all at once, so that no two are the same. */
async function fourFreePorts() {
  const [api = 0, testMerchant = 0, postgres = 0, redis = 0] = await Promise.all(
    Array.from({ length: 4 }, () => anyFreePort()),
  );
  return {
    API_PORT: String(api),
    TEST_MERCHANT_PORT: String(testMerchant),
    POSTGRES_PORT: String(postgres),
    REDIS_PORT: String(redis),
  };
}

function environmentOf(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  return {
    GATEWAY_DATA_DIR: folder,
    // Tens of thousands of made-up payments belong into no database that somebody named for another purpose.
    DATABASE_URL: '',
    REDIS_URL: '',
    TEST_MODE: 'true',
    SEED_TEST_MERCHANT: 'true',
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
    // The acquirer's thinking time is not the gateway's work, and would only be added to every completion.
    TEST_PROCESSING_DELAY: env['TEST_PROCESSING_DELAY'] || '0',
  };
}

async function refuseEarlyEnd(running: Running, ready: Promise<'ready'>): Promise<void> {
  const how = await Promise.race([ready, running.exited]);
  if (how !== 'ready') throw new StartupError(withLastLines(`The gateway did not start (${how})`, running));
}
