import { DAY, type Instant, SECOND } from '../../time/civil-time.js';
import { type TimeZone, timeZone } from '../../time/time-zone.js';
import type { DefinedZone } from './defined-zone.js';
import { fixedZone } from './named-zone.js';
import { WINDOWS_ZONE_NAMES } from './windows-zone-names.js';

/** A zone of the IANA database beside a defined one. */
export interface ClosestZone {
  readonly zone: string;
  /** The number of compared instants at which the offsets differ. */
  readonly differences: number;
}

/** Two years, of which each fortnight is compared: rules that agree so long differ at most in another age. */
const STEP = 14 * DAY;
const STEPS = 53;

/**
 * The zone of the IANA database whose offsets are closest to those of a defined zone in the two years after an instant. Of
 * zones that are equally close: the preferred one, then fixed offsets, then well-known ones.
 * @example closestZone(defined, Date.UTC(2026, 0), 'Europe/Paris')
 */
export function closestZone(defined: DefinedZone, near: Instant, preferred: string): ClosestZone {
  const instants = Array.from({ length: STEPS }, (_, index) => near + (index - 1) * STEP);
  const offsets = instants.map((instant) => defined.offsetAt(instant));
  const fixed = new Set(offsets).size === 1 ? fixedZone(offsets[0]) : null;
  const candidates = [preferred, ...(fixed === null ? [] : [fixed]), ...wellKnown()];
  let closest: ClosestZone = { zone: preferred, differences: Infinity };
  for (const name of candidates) {
    const differences = differencesOf(timeZone(name), defined, instants, offsets, closest.differences);
    if (differences < closest.differences) closest = { zone: name, differences };
    if (differences === 0) break;
  }
  return closest;
}

/** The zones of most files, by the offset and the kind of summer time. Smaller zones often share their rules. */
const FIRST = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Australia/Sydney',
];

function wellKnown(): readonly string[] {
  return [...new Set([...FIRST, ...WINDOWS_ZONE_NAMES.values()])];
}

/** Counts as far as `most`. */
function differencesOf(
  zone: TimeZone,
  defined: DefinedZone,
  instants: readonly Instant[],
  offsets: readonly number[],
  most: number,
): number {
  let differences = 0;
  for (const [index, instant] of instants.entries()) {
    if (zone.offsetAt(instant) !== offsets[index]) differences += 1;
    if (differences >= most) return differences;
  }
  // Zones may change on the same day at other times.
  const [start, end] = [instants[0], instants[instants.length - 1]];
  for (let at = zone.nextTransition(start, end); at !== null; at = zone.nextTransition(at, end)) {
    const isSame = [at - SECOND, at].every((instant) => zone.offsetAt(instant) === defined.offsetAt(instant));
    if (!isSame) differences += 1;
  }
  return differences;
}
