import {
  civilDateOf,
  civilTimeOf,
  DAY,
  daysInYear,
  epochDayOf,
  type Instant,
  weekdayOf,
} from './civil-time.js';
import { findTransitions, type Transition } from './time-zone-probe.js';

/** The last year whose transitions are read from `Intl`. */
const LAST_PROBED_YEAR = 2128;

/** The first instant of the years whose transitions follow from years of the same kind. */
export const FAR_FUTURE: Instant = civilTimeOf(LAST_PROBED_YEAR + 1, 1, 1);

/** A year begins on one of seven weekdays and may have a leap day. */
const KINDS_OF_YEAR = 14;

/** The years up to `LAST_PROBED_YEAR` that include a year of each kind. */
export const YEARS_OF_ALL_KINDS = 28;

/** A transition of a year, by the time since the year began in UTC. */
type TransitionOfYear = Transition;

/**
 * The transitions of a zone, read from `Intl` up to `LAST_PROBED_YEAR`.
 *
 * Far in the future, `Intl` has a rule for each zone, such as the last Sunday of March at 01:00 UTC. Such a rule gives all
 * years that begin on the same weekday and have the same length the same transitions. Lists that are written out in the
 * IANA database, such as those of Morocco for Ramadan, end in 2087. So the years after `LAST_PROBED_YEAR` repeat those
 * of the same kind before it, and the transitions of a zone repeat every 400 years. The tests compare this with `Intl`.
 */
export class ZoneTransitions {
  private readonly byKind: (readonly TransitionOfYear[] | undefined)[] = [];

  constructor(private readonly probe: (instant: Instant) => number) {}

  /**
   * Returns the transitions after `from` and up to `to`, ascending, as `findTransitions` does.
   * @example new ZoneTransitions(offsetProbe('Europe/Berlin')).between(Date.UTC(2500, 0), Date.UTC(2501, 0)) // two
   */
  between(from: Instant, to: Instant): Transition[] {
    const near = from < FAR_FUTURE ? findTransitions(this.probe, from, Math.min(to, FAR_FUTURE - 1)) : [];
    if (to < FAR_FUTURE) return near;
    const lastYear = yearOf(to);
    for (let year = yearOf(Math.max(from, FAR_FUTURE)); year <= lastYear; year += 1) {
      const newYear = civilTimeOf(year, 1, 1);
      for (const { at, before, after } of this.ofKind(kindOf(year))) {
        const instant = newYear + at;
        if (instant > from && instant <= to) near.push({ at: instant, before, after });
      }
    }
    return near;
  }

  private ofKind(kind: number): readonly TransitionOfYear[] {
    if (this.byKind.length === 0) {
      for (let year = LAST_PROBED_YEAR - YEARS_OF_ALL_KINDS + 1; year <= LAST_PROBED_YEAR; year += 1) {
        const newYear = civilTimeOf(year, 1, 1);
        const found = findTransitions(this.probe, newYear - 1, civilTimeOf(year + 1, 1, 1) - 1);
        this.byKind[kindOf(year)] = found.map(({ at, before, after }) => ({
          at: at - newYear,
          before,
          after,
        }));
      }
    }
    return this.byKind[kind] ?? [];
  }
}

function kindOf(year: number): number {
  const isLeap = daysInYear(year) === 366;
  return weekdayOf(epochDayOf(year, 1, 1)) - 1 + (isLeap ? KINDS_OF_YEAR / 2 : 0);
}

function yearOf(instant: Instant): number {
  return civilDateOf(Math.floor(instant / DAY)).year;
}
