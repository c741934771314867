import { ConfigurationError } from './configuration-error.js';

/**
 * The value of a variable that takes one of a few words.
 * @throws {ConfigurationError}
 */
export function readChoice<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new ConfigurationError(`${name} must be one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}
