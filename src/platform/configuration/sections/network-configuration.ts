import { isIP, isIPv4 } from 'node:net';
import { ConfigurationError } from '../environment/configuration-error.js';
import { expectPercentEncoded, webAddress, withoutCredentials } from '../environment/web-address.js';

/** Networks that go by a name: 127.0.0.0/8; 169.254.0.0/16; 10.0.0.0/8 and the like; and theirs of IPv6. */
const NETWORK_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** The address at which clients find the service, without a slash at its end; null without one. */
export function readPublicUrl(value: string | undefined): string | null {
  if (!value) return null;
  expectPercentEncoded('PUBLIC_URL', value);
  const url = webAddress(value);
  const path = url?.pathname.replace(/\/+$/, '') ?? '';
  // `//` in a path is a second address. The URL parser leaves an empty query or fragment out.
  if (
    url === null ||
    /[?#]/.test(value) ||
    path.includes('//') ||
    url.username !== '' ||
    url.password !== ''
  ) {
    // The value may hold a password, so the message does not repeat it.
    throw new ConfigurationError(
      'PUBLIC_URL must have the form https://example.com/calendar, without credentials, query or fragment.',
    );
  }
  return url.origin + path;
}

/** The origins whose pages may call; `*` every one. */
export function readCorsOrigins(value: string | undefined): readonly string[] {
  const origins = listOf(value);
  const wrong = origins.find((origin) => origin !== '*' && webAddress(origin)?.origin !== origin);
  if (wrong !== undefined) {
    throw new ConfigurationError(
      `CORS_ORIGINS must be * or origins such as https://calendar.example.com, separated by commas, not "${withoutCredentials(wrong)}".`,
    );
  }
  return origins;
}

/** The networks of the proxies whose word counts for a client's address. */
export function readTrustedProxies(value: string | undefined): readonly string[] {
  const proxies = listOf(value);
  const wrong = proxies.find((entry) => !NETWORK_NAMES.has(entry) && !isNetwork(entry));
  if (wrong !== undefined) {
    throw new ConfigurationError(
      `TRUST_PROXY must name addresses or networks (10.0.0.0/8, uniquelocal, loopback), separated by commas, not "${wrong}".`,
    );
  }
  return proxies;
}

function listOf(value = ''): readonly string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function isNetwork(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}
