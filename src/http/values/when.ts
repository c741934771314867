import {
  type CivilTime,
  FIRST_YEAR,
  type Instant,
  LAST_YEAR,
  parseCivilTime,
} from '../../calendar/time/civil-time.js';
import { parseInstant } from './instant.js';

/** A date (`2022-09-06`), a civil time without an offset, or an instant: how a client may say when. */
export type When =
  | { readonly kind: 'date' | 'civil'; readonly civil: CivilTime }
  | { readonly kind: 'instant'; readonly instant: Instant };

const CIVIL_TIME = /^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?)(?:\.\d+)?$/;

/** Reads a date, a civil time or an RFC 3339 instant in the years 1900 to 2999; null where it is none of them. */
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
