import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { anyFreePort } from '../ports/is-port-taken.ts';
import type { Running } from '../processes/running.ts';
import { spawnNode } from '../processes/spawn-node.ts';
import { type ComposeService, readCompose } from './read-compose.ts';

export type Containers = {
  /** What a browser on this machine asks, by the names in docker-compose.yml. */
  readonly urls: Readonly<Record<Shown, string>>;
  /** Runs a program to its end and answers its exit status. */
  run(name: string): Promise<number>;
  /** Starts a program that stays. */
  start(name: string): void;
  /** The exit status of its healthcheck, 0 for healthy. */
  health(name: string): Promise<number>;
  output(): string;
  stop(): Promise<void>;
};

export type Places = {
  /** What addresses in the file stand for on this machine. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Variables that only this machine needs. */
  readonly env: Readonly<Record<string, string>>;
};

/** The programs with a port, by the variable that moves it. */
const shown = {
  api: { port: 8000, variable: 'API_PORT' },
  dashboard: { port: 3000, variable: 'DASHBOARD_PORT' },
  checkout: { port: 3001, variable: 'CHECKOUT_PORT' },
  'test-merchant': { port: 3002, variable: 'TEST_MERCHANT_PORT' },
} as const;
type Shown = keyof typeof shown;

const root = join(import.meta.dirname, '..', '..');

/**
 * The programs of docker-compose.yml as processes of this machine, with the very commands, variables and healthchecks that
 * stand there. All that changes is where things are: containers become this machine, and ports free ones.
 * @param choices what somebody has set for `docker compose up`.
 */
export async function runContainers(places: Places, choices: NodeJS.ProcessEnv = {}): Promise<Containers> {
  const ports = await freePorts();
  const moved = ports.map(({ variable, port }) => [variable, String(port)] as const);
  const services = readCompose(root, { ...choices, ...Object.fromEntries(moved) });

  const here = (text: string): string => {
    const placed = Object.entries(places.addresses).reduce((so, [there, at]) => so.replaceAll(there, at), text);
    return ports.reduce(
      (so, { name, inside, port }) =>
        so.replaceAll(new RegExp(`//(${name}|localhost):${inside}\\b`, 'g'), `//localhost:${port}`),
      placed,
    );
  };
  const serviceOf = (name: string): ComposeService => {
    const service = services[name];
    if (service === undefined) throw new Error(`docker-compose.yml has no ${name}`);
    return service;
  };
  const environmentOf = (name: string): NodeJS.ProcessEnv => {
    const { environment = {} } = serviceOf(name);
    const settled = Object.entries(environment).map(([variable, value]) => [variable, here(String(value))] as const);
    const own = ports.filter((one) => one.name === name).map(({ variable, port }) => [variable, String(port)] as const);
    const { PATH, HOME } = process.env;
    return { PATH, HOME, ...Object.fromEntries([...settled, ...own]), ...places.env };
  };
  const argumentsOf = (name: string) => (serviceOf(name).command ?? []).slice(1);

  const lines: string[] = [];
  const running: Running[] = [];
  return {
    urls: Object.fromEntries(ports.map(({ name, port }) => [name, `http://localhost:${port}`])) as Record<
      Shown,
      string
    >,
    run: (name) => statusOf(argumentsOf(name), environmentOf(name)),
    start: (name) => {
      const [script = '', ...args] = argumentsOf(name);
      const onLine = (line: string) => void lines.push(`${name}: ${line}`);
      running.push(spawnNode({ name, script, args, cwd: root, env: environmentOf(name), onLine }));
    },
    health: async (name) => {
      const [kind = '', program, ...args] = serviceOf(name).healthcheck?.test ?? [];
      if (kind !== 'CMD' || program !== 'node') throw new Error(`${name} is asked in another way: ${kind}`);
      return statusOf(args.map(here), process.env);
    },
    output: () => lines.join('\n'),
    stop: async () => {
      await Promise.all(running.map((one) => one.stop(5_000)));
    },
  };
}

async function freePorts() {
  const found: { name: string; variable: string; inside: number; port: number }[] = [];
  for (const [name, { port: inside, variable }] of Object.entries(shown)) {
    found.push({ name, variable, inside, port: await anyFreePort() });
  }
  return found;
}

async function statusOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? -1;
}
