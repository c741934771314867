import type { Instant } from './civil-time.js';
import { DAY, timeOfDay } from './civil-time.js';
import type { TimeZone } from './time-zone.js';

/**
 * The instants at which the wall clock of a zone reads a whole multiple of `period` after midnight. `period` is in
 * milliseconds, more than 0 and at most a day. The grid restarts at each midnight, so the last step of a day may be
 * shorter.
 */
export interface WallClockGrid {
  readonly period: number;
  readonly zone: TimeZone;
}

/**
 * Returns the first instant on the grid at or after the given one. A reading that a gap of the zone skips is not on the
 * grid; a reading that comes twice is on it twice.
 *
 * @example nextOnGrid({ period: 15 * MINUTE, zone: timeZone('Asia/Kathmandu') }, Date.UTC(2026, 0, 5, 0, 1)); // 00:15Z
 */
export function nextOnGrid({ period, zone }: WallClockGrid, instant: Instant): Instant {
  let from = instant;
  for (;;) {
    const reading = timeOfDay(zone.toCivil(from));
    const onGrid = from - reading + Math.min(Math.ceil(reading / period) * period, DAY);
    const change = onGrid === from ? null : zone.nextTransition(from, onGrid + 1);
    if (change === null) return onGrid;
    from = change;
  }
}
