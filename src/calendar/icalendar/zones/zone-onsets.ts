import { type CivilTime, type Instant } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';

/** A change of the offset of a zone. Offsets are in milliseconds. */
export interface Onset {
  /** The reading of the clocks at the change, by the offset before it. */
  readonly civil: CivilTime;
  readonly from: number;
  readonly to: number;
}

/**
 * The changes of the offset of a zone in a window, in order.
 * @example onsetsOf(timeZone('Europe/Berlin'), Date.UTC(2026, 0), Date.UTC(2027, 0)).length // 2
 */
export function onsetsOf(zone: TimeZone, start: Instant, end: Instant): Onset[] {
  const onsets: Onset[] = [];
  let from = zone.offsetAt(start);
  for (let at = zone.nextTransition(start, end); at !== null; at = zone.nextTransition(at, end)) {
    const to = zone.offsetAt(at);
    onsets.push({ civil: at + from, from, to });
    from = to;
  }
  return onsets;
}
