import { hash, randomBytes } from 'node:crypto';

/** Bytes: 256 bits, which nobody can guess, so a fast hash is enough. */
const TOKEN_BYTES = 32;

/** The beginning by which `maskSecrets` finds the token of a feed in the path of a request. */
const TOKEN_START = 'feed_';

/** Characters: those of the beginning, and 43 of base64url. */
export const FEED_TOKEN_LENGTH = 48;

const TOKEN = /^feed_[\w-]{43}$/;

export function newFeedToken(): string {
  return TOKEN_START + randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isFeedToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The SHA-256 of the token, in hexadecimal digits. The service stores nothing else of it. */
export function hashOfFeedToken(token: string): string {
  return hash('sha256', token);
}
