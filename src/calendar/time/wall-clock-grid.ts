import type { Instant } from './civil-time.js';
import { DAY, timeOfDay } from './civil-time.js';
import type { TimeZone } from './time-zone.js';

/**
 * The instants at which a zone's wall clock reads a whole multiple of `period` after its midnight, `period` being
 * milliseconds, at most a day. A period that does not divide the day starts anew at each midnight.
 */
export interface WallClockGrid {
  readonly period: number;
  readonly zone: TimeZone;
}

/**
 * The first instant on the grid that is not before the given one. Readings that a gap of summer time skips are not
 * on the grid, and those that come twice are there twice.
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
