/** The hosts of the built web: the dashboard and the checkout, each on an origin of its own. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import '../die-with-parent.ts';
import { sentenceOf } from '../startup-error.ts';
import { boardOnDemand } from './board-on-demand.ts';
import { createCheckoutHost } from './create-checkout-host.ts';
import { createDashboardHost } from './create-dashboard-host.ts';

// Nothing here is worth saving, so nothing is worth waiting for.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));

const { env } = process;
const root = join(import.meta.dirname, '..', '..');
const apiOrigin = new URL(env['API_URL'] || 'http://localhost:8000').origin;
const checkoutPort = Number(env['CHECKOUT_PORT'] || 3001);
const checkoutOrigin = new URL(env['CHECKOUT_ORIGIN'] || `http://localhost:${checkoutPort}`).origin;
const isSandbox = env['GATEWAY_MODE'] === 'sandbox';
const queuesBoard = boardOnDemand(env, apiOrigin);

try {
  const folder = join(root, 'web', 'dist', 'dashboard');
  await Promise.all([
    open(
      createDashboardHost({ folder, apiOrigin, checkoutOrigin, isSandbox, queuesBoard }),
      Number(env['DASHBOARD_PORT'] || 3000),
    ),
    open(createCheckoutHost({ root, apiOrigin, isSandbox }), checkoutPort),
  ]);
  console.log('web ready');
} catch (error) {
  console.error(`The dashboard and the checkout cannot be served: ${sentenceOf(error)}`);
  process.exit(1);
}

async function open(host: Server, port: number): Promise<void> {
  host.listen(port, 'localhost');
  await once(host, 'listening');
}
