import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** Characters of a token in a request. A token of the service has 54 at most: the id of a tenant, a dot, and 43. */
export const MAX_TOKEN_LENGTH = 200;

/** A token of 256 random bits, in base64url. */
export function randomToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The form in which the database stores a random token. A fast hash is enough, since 256 bits cannot be guessed. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
