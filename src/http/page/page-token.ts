import { FIRST_YEAR, LAST_YEAR } from '../../calendar/time/civil-time.js';
import { invalidInput } from '../../errors/domain-error.js';
import type { PageKey } from '../../platform/page/page.js';
import { MAX_ID } from '../../platform/values/max-id.js';

/** The sort keys by which a statement compares rows: beyond their bounds, PostgreSQL would refuse the statement. */
export type SortKey = 'id' | 'instant' | 'other';

/** The offset of a time zone may move an instant into the year before or after. */
const BOUNDS: Readonly<Record<SortKey, readonly [min: number, max: number]>> = {
  id: [0, MAX_ID],
  instant: [Date.UTC(FIRST_YEAR - 1), Date.UTC(LAST_YEAR + 2)],
  other: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** The token by which a client asks for the page after a key. */
export function encodePageToken(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a token of this service; null without a token.
 * @param sortKeys the sort keys of the list
 * @throws {DomainError} invalid, naming `page_token`
 */
export function decodePageToken(token: string | undefined, sortKeys: readonly SortKey[]): PageKey | null {
  if (token === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(key) && key.length === sortKeys.length && key.every(isWithin(sortKeys)))
      return key as number[];
  } catch {
    // Not a token of this service, as below.
  }
  throw invalidInput({ field: 'page_token', message: 'is not the token of a page of this list' });
}

function isWithin(sortKeys: readonly SortKey[]): (value: unknown, index: number) => boolean {
  return (value, index) => {
    const [min, max] = BOUNDS[sortKeys[index]];
    return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
  };
}
