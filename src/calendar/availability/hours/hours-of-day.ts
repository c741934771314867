import { HOUR, MINUTE, SECOND } from '../../time/civil-time.js';

/**
 * Hours that start on a day. `from` and `to` are milliseconds after midnight of the wall clock: `from` is less than 24
 * hours, `to` at most 24 hours. If `from` is later than `to`, the hours end on the next day. `from` and `to` are never
 * equal.
 */
export interface HoursOfDay {
  readonly from: number;
  readonly to: number;
}

/** Hours as text. The times are `HH:MM` or `HH:MM:SS`. */
export interface HoursText {
  readonly from: string;
  readonly to: string;
}

/**
 * Reads a time of day, which must be a valid one, as milliseconds after midnight.
 *
 * @example parseTimeOfDay('09:30'); // 34_200_000
 */
export function parseTimeOfDay(text: string): number {
  const [hour, minute, second = 0] = text.split(':').map(Number);
  return hour * HOUR + minute * MINUTE + second * SECOND;
}
