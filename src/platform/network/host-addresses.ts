import { type LookupAddress, promises } from 'node:dns';

/** Longer than a healthy name server takes, and short enough to keep a request waiting. */
const LOOKUP_TIMEOUT_MS = 1_000;

/**
 * The IP addresses of a host name, by the name servers of this process. Empty if the name does not exist or no name
 * server answers within `LOOKUP_TIMEOUT_MS`. c-ares asks, not the system's resolver: a name server that never answers
 * would occupy one of the few threads that hash passwords and read files. So `/etc/hosts` does not count.
 */
export async function addressesOf(hostname: string): Promise<LookupAddress[]> {
  const resolver = new promises.Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: 1 });
  resolver.setServers(promises.getServers());
  // The time-out of the resolver is one for each name server; this one is for all.
  const deadline = setTimeout(() => resolver.cancel(), LOOKUP_TIMEOUT_MS);
  try {
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    return [...found(ipv4, 4), ...found(ipv6, 6)];
  } finally {
    clearTimeout(deadline);
  }
}

function found(result: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return result.status === 'fulfilled' ? result.value.map((address) => ({ address, family })) : [];
}
