import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import type { OnLine } from '../processes/running.ts';
import type { Service } from '../processes/service.ts';
import { spawnNode } from '../processes/spawn-node.ts';

export interface Surroundings {
  root: string;
  env: NodeJS.ProcessEnv;
  onLine: OnLine;
}

const READY_WITHIN_MS = 60_000;

export function apiService(
  ports: { apiPort: number; lambdaPort: number },
  { root, env, onLine }: Surroundings,
): Service {
  const script = join(
    dirname(createRequire(import.meta.url).resolve('serverless/package.json')),
    'bin',
    'serverless.js',
  );
  // serverless-offline's own default for the second port is the test merchant's.
  const args = ['offline', 'start', '--httpPort', String(ports.apiPort), '--lambdaPort', String(ports.lambdaPort)];
  return {
    name: 'api',
    readyWithinMs: READY_WITHIN_MS,
    isReady: () => answersOk(`http://localhost:${ports.apiPort}/health`),
    spawn: () => spawnNode({ name: 'api', script, args, cwd: root, env: { ...env, ...QUIET_SERVERLESS }, onLine }),
  };
}

export const QUIET_SERVERLESS = {
  SLS_LOG_LEVEL: 'warning',
  // Advice for whoever maintains serverless.yml, not for whoever starts the sandbox.
  SLS_DEPRECATION_DISABLE: '*',
  // Nothing here may wait for a cloud that is not there.
  AWS_EC2_METADATA_DISABLED: 'true',
};

export function testMerchantService(port: number, { root, env, onLine }: Surroundings): Service {
  const script = join(root, 'localstack', 'test-merchant', 'main.ts');
  return {
    name: 'test-merchant',
    readyWithinMs: READY_WITHIN_MS,
    isReady: () => answersOk(`http://localhost:${port}/logs`),
    spawn: () => spawnNode({ name: 'test-merchant', script, cwd: root, env, onLine }),
  };
}

/** Serves the built dashboard, the checkout and the SDK; the files must be there. */
export function webService(
  ports: { dashboardPort: number; checkoutPort: number },
  { root, env, onLine }: Surroundings,
): Service {
  const script = join(root, 'localstack', 'web-host', 'main.ts');
  const pages = [`http://localhost:${ports.dashboardPort}/login`, `http://localhost:${ports.checkoutPort}/checkout`];
  return {
    name: 'web',
    readyWithinMs: READY_WITHIN_MS,
    isReady: async () => (await Promise.all(pages.map(answersOk))).every(Boolean),
    spawn: () => spawnNode({ name: 'web', script, cwd: root, env, onLine }),
  };
}

/**
 * The worker has no port to ask; it says "worker ready". From then on it steps back: on a machine that it shares with
 * everything else, whoever waits for an answer comes first, and what the worker does can wait a little.
 */
export function workerService({ root, env, onLine }: Surroundings): Service {
  const script = join(root, 'localstack', 'worker', 'main.ts');
  let isReady = false;
  return {
    name: 'worker',
    readyWithinMs: READY_WITHIN_MS,
    isReady: () => Promise.resolve(isReady),
    spawn: () => {
      isReady = false;
      const running = spawnNode({
        name: 'worker',
        script,
        cwd: root,
        env,
        onLine: (line, stream) => {
          if (!isReady && line.includes('worker ready')) {
            isReady = true;
            stepBack(running.pid);
          }
          onLine(line, stream);
        },
      });
      return running;
    },
  };
}

function stepBack(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, and is started again.
  }
}

async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.status === 200;
}
