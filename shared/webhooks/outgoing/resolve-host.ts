import { lookup, Resolver } from 'node:dns/promises';
import { addressesWithoutDns } from './address-policy.ts';

/** The IP addresses of a host, never empty. Rejects with a DNS error (`code` such as `ENOTFOUND`). */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

// The second try waits twice as long as the first: given up after three to four seconds, within an attempt's five.
const FIRST_TRY_MS = 1_000;
const TRIES = 2;

/**
 * Asks the name servers directly. The system's own lookup (`dns.lookup`) waits in a pool of four threads for the whole
 * process, so that four merchants whose name servers never answer would hold up everybody's deliveries.
 *
 * `alsoSystemLookup` asks the system too when the name servers know nothing: names of a hosts file, which are private and
 * thus of use in development only. Tests set `nameServers` (`address:port`; else the system's) and `firstTryMs`.
 */
export function createHostResolver({
  alsoSystemLookup,
  firstTryMs = FIRST_TRY_MS,
  nameServers,
}: {
  alsoSystemLookup: boolean;
  firstTryMs?: number;
  nameServers?: readonly string[];
}): ResolveHost {
  const resolver = new Resolver({ timeout: firstTryMs, tries: TRIES });
  if (nameServers !== undefined) resolver.setServers(nameServers);

  return async (hostname) => {
    const known = addressesWithoutDns(hostname);
    if (known.length > 0) return known;

    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    if (alsoSystemLookup) return (await lookup(hostname, { all: true })).map(({ address }) => address);
    throw answers.find((answer) => answer.status === 'rejected')?.reason ?? new Error(`no address for ${hostname}`);
  };
}
