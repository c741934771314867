import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Global unicast (RFC 4291 §2.4): IPv6 addresses outside of it have no meaning on the public internet, or are special. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Protocol assignments (RFC 2928) and documentation (RFC 9637), which `ipaddr.js` in part treats as ordinary
 * addresses.
 */
const SPECIAL = ['2001::/23', '3fff::/20'].map((network) => ipaddr.IPv6.parseCIDR(network));

/**
 * Whether an IP address, without brackets, belongs to the public internet. Addresses of the special-purpose
 * registries of RFC 6890 and its successors do not: loopback, private, link-local, carrier-grade NAT, multicast and
 * reserved ranges. IPv4 addresses that are written as IPv6 ones do not belong to it either.
 */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv4) return true;
  return address.match(GLOBAL_UNICAST) && !SPECIAL.some((network) => address.match(network));
}
