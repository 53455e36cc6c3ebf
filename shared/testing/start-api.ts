import { fileURLToPath } from 'node:url';
import { anyFreePort } from '../../localstack/ports/is-port-taken.ts';
import { launch } from '../../localstack/processes/service.ts';
import { apiService } from '../../localstack/stack/services.ts';

export type TestApi = {
  readonly url: string;
  /** All it has written so far, on standard output and standard error. */
  output(): string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
};

const stopWithinMs = 2_000;

/** The real API, as `npm start` runs it, in a process of its own that ends with this one. It is healthy when this resolves. */
export async function startApi(env: NodeJS.ProcessEnv): Promise<TestApi> {
  const ports = { apiPort: await anyFreePort(), lambdaPort: await anyFreePort() };
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  const running = await launch(apiService(ports, { root, env: { ...process.env, ...env }, onLine }));
  return {
    url: `http://localhost:${ports.apiPort}`,
    output: () => lines.join('\n'),
    stop: () => running.stop(stopWithinMs),
    kill: async () => {
      process.kill(running.pid, 'SIGKILL');
      await running.exited;
    },
  };
}
