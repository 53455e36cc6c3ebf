import { arnOf } from './emulated-account.ts';
import { Environment } from './environment.ts';
import type { RuntimeApi } from './runtime-api.ts';

export type FunctionConfiguration = {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly env: Readonly<Record<string, string>>;
};

/** A Lambda: as many environments as are called at once, each used again and again. */
export class LambdaFunction {
  /** What it has written, line by line. */
  readonly lines: string[] = [];
  readonly #environments: Environment[] = [];
  readonly #idle: Environment[] = [];
  readonly #configuration: FunctionConfiguration;
  readonly #api: RuntimeApi;

  constructor(configuration: FunctionConfiguration, api: RuntimeApi) {
    this.#configuration = configuration;
    this.#api = api;
  }

  /** @throws FunctionError when the handler threw, the process ended, or it took too long. */
  async invoke(event: unknown): Promise<unknown> {
    const { name, timeoutSeconds } = this.#configuration;
    const environment = this.#idle.pop() ?? this.#start();
    const timer = setTimeout(() => {
      environment.fail(`Task timed out after ${timeoutSeconds} seconds`);
      void environment.kill();
    }, timeoutSeconds * 1_000);
    try {
      const deadlineMs = Date.now() + timeoutSeconds * 1_000;
      return await environment.invoke({ event, deadlineMs, arn: arnOf('lambda', `function:${name}`) });
    } finally {
      clearTimeout(timer);
      if (!environment.isDead) this.#idle.push(environment);
    }
  }

  /** Those that wait for an invocation. */
  get idlePids(): number[] {
    return this.#idle.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Starts an environment, waits until it asks for its first invocation, and answers what its start cost, in ms of its main thread. */
  async startAnother(): Promise<number> {
    const environment = this.#start();
    const initCpuMs = await environment.ready;
    await environment.kill();
    return initCpuMs;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#environments.map((environment) => environment.kill()));
  }

  #start(): Environment {
    const { env } = this.#configuration;
    const onLine = (line: string) => void this.lines.push(line);
    const environment = new Environment({ runtimeApi: this.#api.address, env, onLine });
    this.#api.environments.set(environment.prefix, environment);
    this.#environments.push(environment);
    return environment;
  }
}
