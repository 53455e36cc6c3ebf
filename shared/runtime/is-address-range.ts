import { isIPv4, isIPv6 } from 'node:net';

/** Whether a text is an address range as CIDR writes it, such as 127.0.0.0/8 or ::1/128. */
export function isAddressRange(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  if (more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return false;
  if (isIPv4(address)) return Number(length) <= 32;
  // What follows a % names an interface of one machine: no range.
  return isIPv6(address) && !address.includes('%') && Number(length) <= 128;
}
