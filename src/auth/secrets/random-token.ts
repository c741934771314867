import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A token of 256 random bits, in base64url. */
export function randomToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The form in which a random token is kept. It needs no slow hash, since nobody can guess 256 bits. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
