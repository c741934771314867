import { ConfigurationError } from './configuration-error.js';

/** A name, an address of version 4, or one of version 6. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])$/;

/**
 * Parses an address of the web as the value of a variable. Stricter than `URL`, which accepts fewer than two slashes, hosts
 * such as `a.com,https`, and white space.
 * @returns null if the value is no such address
 */
export function webAddress(value: string): URL | null {
  const url = /^https?:\/\/[^/\\?#\s][^\s]*$/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  return url !== null && HOST.test(url.hostname) ? url : null;
}

/**
 * Makes sure that each `%` of an address begins the code of a character; the message does not repeat the address.
 * @param name the variable that holds the address
 * @throws {ConfigurationError}
 */
export function expectPercentEncoded(name: string, value: string): void {
  try {
    decodeURIComponent(value);
  } catch {
    throw new ConfigurationError(`${name} has a % that encodes no character: write %25 for a percent sign.`);
  }
}

/** An address without its user and password, for messages. */
export function withoutCredentials(value: string): string {
  return value.replace(/\/\/.*@/s, '//');
}
