import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from './delivery.ts';
import { createMemory, createTestMerchant } from './create-test-merchant.ts';
import type { ShopSettings } from './shop/shop-settings.ts';

export interface StartOptions {
  /** 0 takes any free port. */
  port: number;
  secret: string;
  now?: () => number;
  /** Of a network interface, or 0.0.0.0 for all of them; loopback when absent. */
  listenAddress?: string | undefined;
  apiUrl?: string | undefined;
  upstreamUrl?: string | undefined;
  shop?: ShopSettings;
}

export interface RunningTestMerchant {
  url: string;
  port: number;
  /** Newest first. */
  deliveries(): Delivery[];
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and, where the machine has it, on ::1, since `localhost` means either; or on the address it is given. */
export async function startTestMerchant({
  port,
  listenAddress,
  ...options
}: StartOptions): Promise<RunningTestMerchant> {
  const memory = createMemory();
  const servers: Server[] = [];

  const listen = async (host: string, wantedPort: number): Promise<number> => {
    const server = createTestMerchant({ ...options, memory });
    server.listen(wantedPort, host);
    await once(server, 'listening');
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };

  const boundPort = await listen(listenAddress ?? '127.0.0.1', port);
  try {
    if (listenAddress === undefined) await listen('::1', boundPort);
  } catch (error) {
    // On a port asked for by number, somebody else on ::1 would get half of what is sent to `localhost`.
    if (port !== 0 && isTaken(error)) {
      await closeAll(servers);
      throw error;
    }
  }

  return {
    url: port === 0 ? `http://127.0.0.1:${boundPort}` : `http://localhost:${boundPort}`,
    port: boundPort,
    deliveries: () => memory.log.newestFirst(),
    close: () => closeAll(servers),
  };
}

export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }),
  );
}
