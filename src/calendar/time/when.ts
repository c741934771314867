import type { CivilTime, Instant } from './civil-time.js';

/**
 * A time as a caller names it: a date, a civil time in a zone that is named elsewhere, or an instant. The civil time of
 * a date is its midnight.
 * @example const when: When = { kind: 'date', civil: parseCivilTime('2022-09-06') };
 */
export type When =
  | { readonly kind: 'date' | 'civil'; readonly civil: CivilTime }
  | { readonly kind: 'instant'; readonly instant: Instant };
