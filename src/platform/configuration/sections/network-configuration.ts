import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ConfigurationError } from '../environment/configuration-error.js';
import type { GatheredErrors } from '../environment/gathered-errors.js';
import type { Variables } from '../environment/variables.js';
import { expectPercentEncoded, webAddress, withoutCredentials } from '../environment/web-address.js';

/** Networks that go by a name: 127.0.0.0/8; 169.254.0.0/16; 10.0.0.0/8 and the like; and theirs of IPv6. */
const NETWORK_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** The address that the service listens on. */
export interface ListeningConfiguration {
  readonly host: string;
  readonly port: number;
}

export function readListening(
  env: Variables,
  production: boolean,
  errors: GatheredErrors,
): ListeningConfiguration {
  return {
    host: env.HOST || (production ? '0.0.0.0' : '127.0.0.1'),
    port: errors.of(() => readPort(env.PORT || '3000')),
  };
}

/** How clients reach the service. */
export interface NetworkConfiguration {
  /** The prefix, without a slash at its end, of every URL that the service writes. Null: URLs are paths. */
  readonly publicUrl: string | null;
  /** The origins whose pages may call the service; `*` for every origin. Empty: none. */
  readonly corsOrigins: readonly string[];
  /** The networks of the proxies that the service believes about the address of a client. */
  readonly trustedProxies: readonly string[];
}

export function readNetwork(env: Variables, errors: GatheredErrors): NetworkConfiguration {
  return {
    publicUrl: errors.of(() => readPublicUrl(env.PUBLIC_URL)),
    corsOrigins: errors.of(() => readCorsOrigins(env.CORS_ORIGINS)),
    trustedProxies: errors.of(() => readTrustedProxies(env.TRUST_PROXY)),
  };
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535)
    throw new ConfigurationError(`PORT must be a number from 0 to 65535, not "${value}".`);
  return port;
}

function readPublicUrl(value: string | undefined): string | null {
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

function readCorsOrigins(value: string | undefined): readonly string[] {
  const origins = listOf(value);
  const wrong = origins.find((origin) => origin !== '*' && webAddress(origin)?.origin !== origin);
  if (wrong !== undefined) {
    throw new ConfigurationError(
      `CORS_ORIGINS must be * or origins such as https://calendar.example.com, separated by commas, not "${withoutCredentials(wrong)}".`,
    );
  }
  return origins;
}

function readTrustedProxies(value: string | undefined): readonly string[] {
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

/** An address, or a network in the form 10.0.0.0/8. Short forms such as 127.1 are neither. */
function isNetwork(entry: string): boolean {
  const [address = ''] = entry.split('/', 1);
  return isIP(address) !== 0 && (address === entry || ipaddr.isValidCIDR(entry));
}

/** Whether only this machine reaches the host; `0.0.0.0` and `::` are every interface. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const address = host.replace(/^\[|\]$/g, '');
  return isIP(address) !== 0 && ipaddr.parse(address).range() === 'loopback';
}
