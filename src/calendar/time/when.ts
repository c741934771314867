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
 * A time as a caller names it: a date, a civil time in a zone that is named elsewhere, or an instant. The civil time of
 * a date is its midnight.
 * @example const when: When = { kind: 'date', civil: parseCivilTime('2022-09-06') };
 */
export type When =
  | { readonly kind: 'date' | 'civil'; readonly civil: CivilTime }
  | { readonly kind: 'instant'; readonly instant: Instant };

const CIVIL_TIME = /^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?)(?:\.\d+)?$/;

/** Reads a date, a civil time or an RFC 3339 instant in the years 1900 to 2999; null if the text is none of them. */
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

/** Writes what `parseWhen` reads; an instant in UTC. */
export function formatWhen(when: When): string {
  if (when.kind === 'instant') return formatInstant(when.instant);
  return when.kind === 'date' ? formatCivilDate(when.civil) : formatCivilTime(when.civil);
}
