import { invalidInput } from '../../errors/domain-error.js';
import type { PageKey } from '../../platform/page/page.js';

/** The token by which a client asks for the page after a key. */
export function encodePageToken(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a token of this service; null without a token.
 * @param length the number of sort keys of the list
 * @throws {DomainError} invalid, naming `page_token`
 */
export function decodePageToken(token: string | undefined, length: number): PageKey | null {
  if (token === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every(Number.isSafeInteger))
      return key as number[];
  } catch {
    // Not a token of this service, as below.
  }
  throw invalidInput({ field: 'page_token', message: 'is not the token of a page of this list' });
}
