import { connect as openTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isAddressAllowed, type AddressPolicy } from './address-policy.ts';
import type { ResolveHost } from './resolve-host.ts';

/** Opens a TCP connection. `lookup` must be asked for the addresses of a name. */
export type Dial = (target: { host: string; port: number; lookup: LookupFunction }) => Socket;

/** The receiver's address is one that the policy refuses. */
export class ForbiddenAddressError extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`address ${address} is not public`);
    this.address = address;
  }
}

/** No connection, TLS included, stood within the time. */
export class ConnectTimeoutError extends Error {}

/**
 * A connector for undici that refuses forbidden addresses three times: a literal before dialling (no lookup is made for
 * one), a name's addresses after DNS, so that no forbidden machine sees as much as a SYN, and the address at the far end of
 * the open socket before the first byte, TLS's hello included, so that it holds whatever DNS said.
 *
 * `destroyPending` ends connections that do not stand yet; undici cannot reach those.
 */
export function createGuardedConnector({
  policy,
  timeoutMs,
  resolveHost,
  dial = dialTcp,
}: {
  policy: AddressPolicy;
  timeoutMs: number;
  resolveHost: ResolveHost;
  dial?: Dial;
}): { connect: buildConnector.connector; destroyPending: () => void } {
  const startTls = buildConnector({ allowH2: false, timeout: 0 });
  const lookup = guardedLookup(policy, resolveHost);
  const pending = new Set<Socket>();

  const connect: buildConnector.connector = (options, callback) => {
    if (isIP(options.hostname) !== 0 && !isAddressAllowed(options.hostname, policy)) {
      callback(new ForbiddenAddressError(options.hostname), null);
      return;
    }
    const isTls = options.protocol === 'https:';
    const socket = dial({ host: options.hostname, port: Number(options.port || (isTls ? 443 : 80)), lookup });
    const settle: buildConnector.Callback = (...outcome) => {
      if (!pending.delete(socket)) return;
      clearTimeout(timer);
      callback(...outcome);
    };
    const fail = (error: Error) => {
      socket.destroy();
      settle(error, null);
    };
    // One clock for TCP and TLS together; undici's is off, it would start anew for TLS and ticks twice a second.
    const timer = setTimeout(() => socket.destroy(new ConnectTimeoutError('connect timeout')), timeoutMs);
    pending.add(socket);
    socket.once('error', fail);
    socket.once('connect', () => {
      const address = socket.remoteAddress ?? 'unknown';
      if (!isAddressAllowed(address, policy)) {
        fail(new ForbiddenAddressError(address));
        return;
      }
      if (isTls) startTls({ ...options, httpSocket: socket }, settle);
      else settle(null, socket);
    });
  };

  return { connect, destroyPending: () => pending.forEach((socket) => socket.destroy(new Error('sender closed'))) };
}

// Node gives an address 250 ms before it tries the next one, less than a round trip between continents can take.
const ADDRESS_ATTEMPT_MS = 1_000;

function dialTcp(target: { host: string; port: number; lookup: LookupFunction }): Socket {
  return openTcp({
    ...target,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  });
}

function guardedLookup(policy: AddressPolicy, resolveHost: ResolveHost): LookupFunction {
  return (hostname, options, callback) => {
    resolveHost(hostname).then(
      (addresses) => {
        const allowed = addresses.filter((address) => isAddressAllowed(address, policy));
        const [first] = allowed;
        if (first === undefined) callback(new ForbiddenAddressError(addresses[0] ?? hostname), '');
        else if (options.all)
          callback(
            null,
            allowed.map((address) => ({ address, family: isIP(address) })),
          );
        else callback(null, first, isIP(first));
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };
}
