import { invalidInput } from '../../errors/domain-error.js';

/** One page of a list, and the token of the next one; null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | null;
}

/** Where a page begins: after the element with these sort keys. */
export type PageKey = readonly number[];

/**
 * The first `limit` of `found`, which holds one more where there is a next page.
 * @param keyOf the sort keys of an element, by which the next page goes on
 */
export function pageOf<T>(found: readonly T[], limit: number, keyOf: (item: T) => PageKey): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextPageToken = found.length > limit && last !== undefined ? encodePageToken(keyOf(last)) : null;
  return { items, nextPageToken };
}

function encodePageToken(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a token of ours, which has `length` numbers; null without a token.
 * @throws {DomainError} invalid, naming `page_token`
 */
export function decodePageToken(token: string | undefined, length: number): PageKey | null {
  if (token === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every(Number.isSafeInteger))
      return key as number[];
  } catch {
    // Not one of ours, as below.
  }
  throw invalidInput({ field: 'page_token', message: 'is not the token of a page of this list' });
}
