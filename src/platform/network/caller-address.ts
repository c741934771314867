import { isIPv6 } from 'node:net';

const GROUPS = 8;

/** A provider gives a customer at least a /64 network of IPv6, so any address in it may be the same caller. */
const NETWORK_GROUPS = 4;

/**
 * The address by which a caller is counted: an IPv4 address, also where IPv6 embeds it (`::ffff:192.0.2.1`), or the /64
 * network of an IPv6 address: `2001:db8:0:1::/64`.
 */
export function callerAddress(ip: string): string {
  const [address = ip] = ip.split('%', 1);
  if (!isIPv6(address)) return ip;
  const embedded = /^(?:0*:){2,6}ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (embedded !== undefined) return embedded;
  return `${groupsOf(address).slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

/** The eight groups, without leading zeros. */
function groupsOf(address: string): string[] {
  // The last two groups may be written as IPv4; no network depends on them.
  const [head = '', tail] = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split('::');
  const [first, last] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = tail === undefined ? 0 : GROUPS - first.length - last.length;
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].map((group) =>
    Number.parseInt(group, 16).toString(16),
  );
}
