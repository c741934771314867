import { BlockList, isIP, isIPv6 } from 'node:net';

/** Where no server of the public internet is: the special-purpose registries of RFC 6890 and its successors. */
const IPV4_BLOCKS: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** All that is not global unicast, and within it the ranges that carry an IPv4 address or are for documentation. */
const IPV6_BLOCKS: readonly [string, number][] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const blocked = new BlockList();
for (const [network, prefix] of IPV4_BLOCKS) blocked.addSubnet(network, prefix, 'ipv4');
const blocked6 = new BlockList();
for (const [network, prefix] of IPV6_BLOCKS) blocked6.addSubnet(network, prefix, 'ipv6');

/**
 * Whether an IP address, without brackets, belongs to the public internet. Loopback, private, link-local,
 * carrier-grade NAT, multicast and reserved ranges do not, nor IPv4 addresses written as IPv6 ones.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  return isIPv6(address) ? !blocked6.check(address, 'ipv6') : !blocked.check(address, 'ipv4');
}
