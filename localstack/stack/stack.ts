import { relative, join } from 'node:path';
import { migrate } from '../../shared/database/migrate.ts';
import { anyFreePort } from '../ports/is-port-taken.ts';
import { KeptService } from '../processes/kept-service.ts';
import type { Service } from '../processes/service.ts';
import { spawnNode } from '../processes/spawn-node.ts';
import { findQueue } from '../queue/find-queue.ts';
import { seed } from '../seed.ts';
import { StartupError } from '../startup-error.ts';
import { claimDataFolder, emptyDataFolder, type DataFolder } from './data-folder.ts';
import { findDatabase } from './find-database.ts';
import type { ReadyFacts } from './ready-screen.ts';
import { announceStack, withdrawStack } from './running-stack.ts';
import { serviceLog, type Loudness } from './service-log.ts';
import { apiService, testMerchantService, webService, workerService, type Surroundings } from './services.ts';
import {
  API_PORT,
  CHECKOUT_PORT,
  DASHBOARD_PORT,
  PortBook,
  POSTGRES_PORT,
  REDIS_PORT,
  TEST_MERCHANT_PORT,
  type Settings,
} from './settings.ts';

export interface StackOptions {
  root: string;
  env: NodeJS.ProcessEnv;
  settings: Settings;
  tell: (line: string) => void;
  /** A service is beyond help; whoever owns the stack should stop it. */
  giveUp: (lastWords: string) => void;
}

type ProgramPorts = Record<'apiPort' | 'dashboardPort' | 'checkoutPort' | 'testMerchantPort', number>;

/** A killed stack's servers end within about a second; until then their ports are not really taken. */
const ABANDONED_PATIENCE_MS = 3_000;
const PROGRAM_GRACE_MS = 400;
const SERVER_GRACE_MS = 400;

/** Everything `npm start` runs, started in the order of who needs whom and stopped in the reverse. */
export class Stack {
  readonly #options: StackOptions;
  readonly #servers: KeptService[] = [];
  readonly #programs: KeptService[] = [];
  #folder: DataFolder | undefined;
  #isStopping = false;

  constructor(options: StackOptions) {
    this.#options = options;
  }

  async start(): Promise<ReadyFacts> {
    const startedAt = performance.now();
    const { env, settings, tell } = this.#options;
    this.#folder = claimDataFolder(settings.dataDir);
    if (settings.fresh) emptyDataFolder(settings.dataDir);

    const ports = new PortBook(env, this.#folder.wasAbandoned ? ABANDONED_PATIENCE_MS : 0, tell);
    const apiPort = await ports.settle(API_PORT);
    const testMerchantPort = await ports.settle(TEST_MERCHANT_PORT);
    const dashboardPort = await ports.settle(DASHBOARD_PORT);
    const checkoutPort = await ports.settle(CHECKOUT_PORT);
    const webIsBuilt = this.#buildWeb(env);
    // Whoever waits for it hears of its failure; until then it is nobody's.
    webIsBuilt.catch(() => undefined);
    const apiUrl = `http://localhost:${apiPort}`;
    const testMerchantUrl = `http://localhost:${testMerchantPort}`;
    const dashboardUrl = `http://localhost:${dashboardPort}`;
    const checkoutUrl = `http://localhost:${checkoutPort}`;

    const database = await this.#findDatabase(env, ports);
    const queue = await this.#findQueue(env, ports);
    await migrate(database.url);
    const isSeeded = env['SEED_TEST_MERCHANT'] === 'true';
    if (isSeeded) await seed({ env, databaseUrl: database.url, testMerchantWebhookUrl: `${testMerchantUrl}/webhook` });

    const settled = {
      ...env,
      ...queue.env,
      DATABASE_URL: database.url,
      API_PORT: String(apiPort),
      API_URL: apiUrl,
      TEST_MERCHANT_PORT: String(testMerchantPort),
      DASHBOARD_PORT: String(dashboardPort),
      DASHBOARD_ORIGIN: env['DASHBOARD_ORIGIN'] || dashboardUrl,
      CHECKOUT_PORT: String(checkoutPort),
      CHECKOUT_ORIGIN: env['CHECKOUT_ORIGIN'] || checkoutUrl,
    };
    await webIsBuilt;
    await this.#startPrograms({ apiPort, dashboardPort, checkoutPort, testMerchantPort }, settled);
    const addresses = {
      apiUrl,
      dashboardUrl,
      checkoutUrl,
      testMerchantUrl,
      ...(isSeeded && { credentials: { key: 'key_test_abc123', secret: 'secret_test_xyz789' } }),
    };
    announceStack(settings.dataDir, addresses, settled);
    return {
      ...addresses,
      database: database.description,
      queue: queue.description,
      logs: relative(process.cwd(), this.#logFolder()),
      readyInMs: Math.round(performance.now() - startedAt),
    };
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    // A start that was refused has claimed no folder, and the file in it is somebody else's.
    if (this.#folder) withdrawStack(this.#folder.path);
    await Promise.all(this.#programs.map((program) => program.stop(PROGRAM_GRACE_MS)));
    await Promise.all(this.#servers.map((server) => server.stop(SERVER_GRACE_MS)));
    this.#folder?.release();
  }

  async #findDatabase(env: NodeJS.ProcessEnv, ports: PortBook) {
    const { dataDir, fresh } = this.#options.settings;
    if (env['DATABASE_URL'] && fresh) this.#options.tell('--fresh leaves the database of DATABASE_URL as it is.');
    return findDatabase({
      env,
      dataDir: join(dataDir, 'postgres'),
      choosePort: () => ports.settle(POSTGRES_PORT),
      // A server's log holds what clients did wrong; the clients report that themselves.
      onLine: this.#log('postgres', 'quiet'),
      keep: (service) => this.#keep(service, this.#servers),
    });
  }

  async #findQueue(env: NodeJS.ProcessEnv, ports: PortBook) {
    const queue = await findQueue({
      env,
      dataDir: join(this.#options.settings.dataDir, 'redis'),
      choosePort: () => ports.settle(REDIS_PORT),
      onLine: this.#log('redis', 'quiet'),
    });
    if (queue.service) await this.#keep(queue.service, this.#servers);
    return queue;
  }

  /** Beside everything else, because the first time it takes a second or two. */
  async #buildWeb(env: NodeJS.ProcessEnv): Promise<void> {
    const { root } = this.#options;
    const script = join(root, 'localstack', 'web-build', 'main.ts');
    const { exited } = spawnNode({ name: 'web-build', script, cwd: root, env, onLine: this.#log('web-build') });
    if ((await exited) !== 'exit code 0')
      throw new StartupError('The dashboard or the checkout could not be built; the lines above say why.');
  }

  async #startPrograms(
    { apiPort, dashboardPort, checkoutPort, testMerchantPort }: ProgramPorts,
    env: NodeJS.ProcessEnv,
  ): Promise<void> {
    const around = (name: string): Surroundings => ({ root: this.#options.root, env, onLine: this.#log(name) });
    const lambdaPort = await anyFreePort();
    const services = [
      apiService({ apiPort, lambdaPort }, around('api')),
      workerService(around('worker')),
      webService({ dashboardPort, checkoutPort }, around('web')),
      testMerchantService(testMerchantPort, around('test-merchant')),
    ];
    await Promise.all(services.map((service) => this.#keep(service, this.#programs)));
  }

  async #keep(service: Service, list: KeptService[]): Promise<void> {
    if (this.#isStopping) throw new StartupError('The stack is stopping.');
    const { tell, giveUp } = this.#options;
    const died = (name: string, how: string, backInMs: number) =>
      tell(`${name} ended unexpectedly (${how}); starting it again in ${backInMs / 1000} s.`);
    const kept = new KeptService(service, { died, gaveUp: giveUp });
    list.push(kept);
    await kept.start();
  }

  #log(name: string, loudness: Loudness = 'warnings') {
    const { settings, tell } = this.#options;
    return serviceLog(name, { folder: this.#logFolder(), loudness: settings.verbose ? 'all' : loudness, show: tell });
  }

  #logFolder(): string {
    return join(this.#options.settings.dataDir, 'logs');
  }
}
