import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Groups of 16 bits. A provider gives a customer at least a /64 network, so any address in it may be the same caller. */
const NETWORK_GROUPS = 4;

/**
 * The address by which a caller is counted: an IPv4 address, also where IPv6 maps it (`::ffff:192.0.2.1`), or the /64
 * network of an IPv6 address: `2001:db8:0:1::/64`. Text that is no address stays as it is.
 */
export function callerAddress(ip: string): string {
  if (isIPv4(ip) || !isIPv6(ip)) return ip;
  // Maps ::ffff:0:0/96 to IPv4.
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const groups = address.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}
