/**
 * The hosts of the built web: the dashboard and the checkout, each on an origin of its own. With `dashboard` or `checkout`
 * as its argument it is one of them.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import '../die-with-parent.ts';
import { sentenceOf, StartupError } from '../startup-error.ts';
import { boardOnDemand } from './board-on-demand.ts';
import { createCheckoutHost } from './create-checkout-host.ts';
import { createDashboardHost } from './create-dashboard-host.ts';

// Nothing here is worth saving, so nothing is worth waiting for.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));

const { env } = process;
const root = join(import.meta.dirname, '..', '..');
const apiOrigin = originOf('API_URL') ?? 'http://localhost:8000';
const upstreamOrigin = originOf('API_UPSTREAM_URL') ?? apiOrigin;
const checkoutPort = Number(env['CHECKOUT_PORT'] || 3001);
const checkoutOrigin = originOf('CHECKOUT_ORIGIN') ?? `http://localhost:${checkoutPort}`;
const isSandbox = env['GATEWAY_MODE'] === 'sandbox';

const hosts: Record<string, () => Promise<void>> = {
  dashboard: () => {
    const folder = join(root, 'web', 'dist', 'dashboard');
    const queuesBoard = boardOnDemand(env, upstreamOrigin);
    const host = createDashboardHost({ folder, apiOrigin, upstreamOrigin, checkoutOrigin, isSandbox, queuesBoard });
    return open(host, Number(env['DASHBOARD_PORT'] || 3000));
  },
  checkout: () => open(createCheckoutHost({ root, apiOrigin, isSandbox }), checkoutPort),
};
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(hosts);

try {
  await Promise.all(wanted.map((name) => startHost(name)));
  console.log('web ready');
} catch (error) {
  console.error(`The dashboard and the checkout cannot be served: ${sentenceOf(error)}`);
  process.exit(1);
}

function startHost(name: string): Promise<void> {
  const start = hosts[name];
  if (start === undefined) throw new StartupError(`there is a dashboard and a checkout, and no "${name}"`);
  return start();
}

function originOf(variable: string): string | undefined {
  const text = env[variable];
  return text ? new URL(text).origin : undefined;
}

async function open(host: Server, port: number): Promise<void> {
  host.listen(port, env['LISTEN_ADDRESS'] || 'localhost');
  await once(host, 'listening');
}
