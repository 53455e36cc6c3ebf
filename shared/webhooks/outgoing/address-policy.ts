import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Which receivers this process may talk to. An address in `allowedCidrs` passes whatever it is, on any port; every other
 * address must be public unicast, on a port in `allowedPorts`. A malformed CIDR throws where the policy is first used.
 */
export type AddressPolicy = {
  readonly allowHttp: boolean;
  readonly allowedCidrs: readonly string[];
  readonly allowedPorts: readonly number[] | 'any';
};

/** The policy everywhere but in development. */
export const PUBLIC_HTTPS_ONLY: AddressPolicy = { allowHttp: false, allowedCidrs: [], allowedPorts: [443, 8443] };

/**
 * The policy in development: http and any port pass for every host, since a name such as a compose service shows its address
 * only when connecting; the rule for addresses stays. Throws on a malformed CIDR.
 */
export function developmentPolicy(allowedCidrs: readonly string[]): AddressPolicy {
  allowedCidrs.forEach((cidr) => ipaddr.parseCIDR(cidr));
  return { allowHttp: true, allowedCidrs, allowedPorts: 'any' };
}

/** `reason` is a sentence for the merchant. */
export type UrlVerdict = { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly reason: string };

const MAX_URL_CHARACTERS = 2_048;
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

/**
 * Whether a merchant may have this webhook URL: what can be known without asking DNS. Store `url.href`, which is within the
 * same length. A fragment passes, and is never sent.
 */
export function checkWebhookUrl(input: string, policy: AddressPolicy): UrlVerdict {
  const url = parseUrl(input);
  if (url === null) {
    return refuse(`must be an absolute URL of at most ${MAX_URL_CHARACTERS} characters without spaces`);
  }
  if (url.protocol !== 'https:' && !(policy.allowHttp && url.protocol === 'http:')) {
    return refuse(policy.allowHttp ? 'must use https or http' : 'must use https');
  }
  if (url.username !== '' || url.password !== '') return refuse('must not contain a user name or password');

  const hostname = bareHostname(url.hostname);
  const knownAddresses = addressesWithoutDns(hostname);
  if (knownAddresses.length > 0 && !knownAddresses.some((address) => isAddressAllowed(address, policy))) {
    return refuse(`has the address ${hostname}, which is not public`);
  }
  const anyPort = policy.allowedPorts === 'any' || knownAddresses.some((address) => isListed(address, policy));
  if (!anyPort && !policy.allowedPorts.includes(portOf(url))) {
    return refuse(`must use port ${policy.allowedPorts.join(' or ')}`);
  }
  return { ok: true, url };
}

/** Whether a connection may go to `address`, an IP address in its usual notation. Anything else is not allowed. */
export function isAddressAllowed(address: string, policy: AddressPolicy): boolean {
  return isIP(address) !== 0 && (isListed(address, policy) || isPublicUnicast(ipaddr.process(address)));
}

/** What a host is known to be without DNS: a literal is itself, localhost and below is loopback (RFC 6761 6.3), else empty. */
export function addressesWithoutDns(hostname: string): readonly string[] {
  const name = bareHostname(hostname);
  if (isIP(name) !== 0) return [name];
  return name === 'localhost' || name.endsWith('.localhost') ? LOOPBACK_ADDRESSES : [];
}

function refuse(predicate: string): UrlVerdict {
  return { ok: false, reason: `The webhook URL ${predicate}.` };
}

function parseUrl(input: string): URL | null {
  // The URL parser drops tabs and line ends and trims spaces: what was stored would not be what was checked.
  if (input.length > MAX_URL_CHARACTERS || /[\s\p{Cc}]/u.test(input)) return null;
  const url = URL.parse(input);
  return url !== null && url.href.length <= MAX_URL_CHARACTERS ? url : null;
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

function bareHostname(hostname: string): string {
  return hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
}

function isListed(address: string, policy: AddressPolicy): boolean {
  const parsed = ipaddr.process(address);
  return policy.allowedCidrs.some((cidr) => {
    const [network, prefixLength] = ipaddr.parseCIDR(cidr);
    return network.kind() === parsed.kind() && parsed.match(network, prefixLength);
  });
}

// The host agent of Azure: a public number that every virtual machine there reaches as its own platform's inside.
const AZURE_HOST_AGENT = '168.63.129.16';
// IANA gives out global unicast addresses from here only. What lies outside includes the IPv4-compatible ::/96, which
// ipaddr.js takes for unicast, and NAT64, which a gateway on the way would turn into any private IPv4 address.
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

function isPublicUnicast(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return address.toString() !== AZURE_HOST_AGENT;
  return address.match(GLOBAL_UNICAST) && !isIsatap(address.toByteArray());
}

// RFC 5214 6.1: the last eight bytes are 00-00-5E-FE or 02-00-5E-FE and an IPv4 address, to which a tunnel would deliver.
function isIsatap(bytes: readonly number[]): boolean {
  return /^0[02]005efe$/.test(Buffer.from(bytes.slice(8, 12)).toString('hex'));
}
