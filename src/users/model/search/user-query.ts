import type { UserKind } from '../user-record.js';

/** UTF-16 code units: some words of a name and an address. */
export const MAX_USER_SEARCH_LENGTH = 200;

/**
 * Users whose names and addresses one request compares with `q`: half a second of PostgreSQL. A page ends early after so
 * many users, and `Link` leads on.
 */
export const MAX_SEARCHED_USERS = 50_000;

/** Which users to list. Every filter that is present must match. */
export interface UserQuery {
  /** Words, each of which is a part of the name or of the address, without regard to case and accents. */
  readonly q?: string;
  readonly email?: string;
  readonly externalId?: string;
  /** Absent: persons. */
  readonly kind?: UserKind;
  /** The id of the last user of the page before; 0: this is the first page. */
  readonly after: number;
  readonly limit: number;
}
