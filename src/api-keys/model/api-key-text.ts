import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** The beginning of every key, by which programs that look for leaked secrets can find one. */
const API_KEY_START = 'cal_';

/** Bytes: 256 bits, which nobody can guess, so a fast hash is enough. */
const SECRET_BYTES = 32;

const PREFIX_LENGTH = 10;
const PREFIX_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `cal_<prefix>_<secret>`, where the prefix is public. */
const KEY = /^cal_([a-z0-9]{10})_[\w-]{40,}$/;

/** Whether the text is meant as an API key, valid or not. */
export function isApiKeyText(token: string): boolean {
  return token.startsWith(API_KEY_START);
}

/** A new key with 256 random bits. */
export function newApiKeyText(): string {
  const prefix = Array.from(
    { length: PREFIX_LENGTH },
    () => PREFIX_LETTERS[randomInt(PREFIX_LETTERS.length)],
  );
  return `${API_KEY_START}${prefix.join('')}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/**
 * The public part of a key, by which the service finds it. A key that an operator has chosen may have none: then it is
 * the beginning of the hash, so that no character of the secret appears in a log.
 */
export function prefixOf(key: string): string {
  return KEY.exec(key)?.[1] ?? hashOfApiKey(key).slice(0, PREFIX_LENGTH);
}

/** The SHA-256 of the key, in hexadecimal digits. */
export function hashOfApiKey(key: string): string {
  return hash('sha256', key);
}

/** Whether the key has this hash. Takes the same time whatever the hash is. */
export function hasHash(key: string, hashOfKey: string): boolean {
  return timingSafeEqual(Buffer.from(hashOfApiKey(key)), Buffer.from(hashOfKey));
}
