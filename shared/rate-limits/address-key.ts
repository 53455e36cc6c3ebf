import ipaddr from 'ipaddr.js';

/**
 * What an IP address is counted under. An IPv6 customer is given a /64 at least and can take a new address of it for
 * each request, so those count together.
 */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  // An IPv4 address written as IPv6 is the IPv4 address.
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
