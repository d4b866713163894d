import { isIPv4 } from 'node:net';

/** Whether a host is this machine by its name or address alone: RFC 6761 section 6.3, RFC 1122 section 3.2.1.3. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  const address = name.startsWith('::ffff:') ? name.slice(7) : name;
  return isIPv4(address) && address.startsWith('127.');
}
