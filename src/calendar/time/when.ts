import {
  type CivilTime,
  FIRST_YEAR,
  formatCivilDate,
  formatCivilTime,
  type Instant,
  LAST_YEAR,
  parseCivilTime,
} from './civil-time.js';
import { formatInstant, parseInstant } from './instant.js';

/**
 * A time as a caller names it: a date, a civil time, or an instant. The zone of a civil time is named elsewhere. The
 * civil time of a date is its midnight.
 * @example const when: When = { kind: 'date', civil: parseCivilTime('2022-09-06') };
 */
export type When =
  | { readonly kind: 'date' | 'civil'; readonly civil: CivilTime }
  | { readonly kind: 'instant'; readonly instant: Instant };

const CIVIL_TIME = /^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?)(?:\.\d+)?$/;

/**
 * Reads a date, a civil time or an RFC 3339 instant in the years 1900 to 2999, to the second: a fraction is cut off.
 * Returns null if the text is none of them.
 * @example parseWhen('2022-09-06T17:16:47+03:00') // { kind: 'instant', instant: 1_662_473_807_000 }
 */
export function parseWhen(text: string): When | null {
  const instant = parseInstant(text);
  if (instant !== null) return { kind: 'instant', instant };
  const [, civilText, time] = CIVIL_TIME.exec(text) ?? [];
  if (civilText === undefined || (time === undefined && civilText !== text)) return null;
  const year = Number(civilText.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  try {
    return { kind: time === undefined ? 'date' : 'civil', civil: parseCivilTime(civilText) };
  } catch {
    return null;
  }
}

/**
 * Writes a time so that `parseWhen` reads the same time again; an instant in UTC.
 * @example formatWhen({ kind: 'date', civil: 0 }) // '1970-01-01'
 */
export function formatWhen(when: When): string {
  if (when.kind === 'instant') return formatInstant(when.instant);
  return when.kind === 'date' ? formatCivilDate(when.civil) : formatCivilTime(when.civil);
}
