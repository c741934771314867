import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, intersect, subtract } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { Availability, type NextAllowedStart } from '../availability.js';
import { commonStarts } from '../common-starts.js';
import type { FreeIntervalQuery } from '../free-interval-query.js';
import type { BusyInPart } from './busy-in-part.js';
import { type CalendarInPart, type RelaxableRule, rulesThatConcern } from './relaxable-rules.js';

/** A meeting that is possible if one rule of one person is dropped, and before any meeting that is possible with it. */
export interface Relaxation {
  readonly userId: number;
  readonly rule: RelaxableRule;
  readonly start: Instant;
  readonly end: Instant;
}

type Buffers = Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter' | 'duration'>;

/** The starts of a range at which the meeting is possible if the person, who cannot attend, can attend. */
export type OneMissing = (person: Availability) => IntervalSet;

/** One person without one rule. */
interface Relaxed {
  readonly own: Availability;
  readonly rule: RelaxableRule;
  readonly without: Availability;
  readonly calendar: (calendar: CalendarInPart) => CalendarInPart;
  found: Instant | null;
}

/**
 * Finds what each single rule of each single person prevents, beside a search that reads calendars part by part.
 *
 * A start at which no meeting is possible becomes possible without a rule of a person if one person is missing there, this
 * person cannot attend, and could without the rule. So one sweep of a part over all people serves all rules of all
 * people (`OneMissing`). For each rule of a person it takes as many steps as the person's calendar has intervals in the part.
 */
export class Relaxations {
  private readonly relaxed: readonly Relaxed[];

  /** @param people those whose rules are dropped, of the search itself */
  constructor(
    private readonly query: Buffers,
    people: readonly Availability[],
    private readonly startAt: NextAllowedStart,
  ) {
    this.relaxed = people.flatMap((own) =>
      rulesThatConcern(own.person, query).map(
        ({ rule, person = same, query: buffers = same, calendar = same }) => ({
          own,
          rule,
          without: new Availability(person(own.person), buffers(query), startAt),
          calendar,
          found: null,
        }),
      ),
    );
  }

  /** Adds the next part, which starts where the last one ended. */
  extend(part: Interval, calendars: BusyInPart): void {
    for (const { own, without, calendar, found } of this.relaxed) {
      if (found !== null) continue;
      const { id } = own.person;
      const { busy, hidden, held } = calendar({
        busy: calendars.busy.get(id) ?? [],
        hidden: calendars.hidden?.get(id),
        firm: calendars.firm?.get(id),
        held: calendars.held?.get(id),
      });
      without.extend(part, busy, hidden, held);
    }
  }

  /**
   * Looks at the next starts. The parts so far enclose their meetings, and no meeting of the search itself starts at one of
   * them. The search has not forgotten the time of these meetings.
   * @param missing of the same starts
   */
  decide(starts: Interval, missing: OneMissing): void {
    for (const each of this.relaxed) {
      each.found ??= this.firstOf(each, starts, missing);
      each.without.forgetUntil(starts.end);
    }
  }

  /** Returns the relaxations so far, by start. Those with equal starts are in the order of the people. */
  get found(): Relaxation[] {
    return this.relaxed
      .flatMap(({ own, rule, found }) =>
        found === null
          ? []
          : [{ userId: own.person.id, rule, start: found, end: found + this.query.duration }],
      )
      .toSorted((a, b) => a.start - b.start);
  }

  private firstOf({ own, without }: Relaxed, starts: Interval, missing: OneMissing): Instant | null {
    const almost = missing(own);
    if (almost.length === 0) return null;
    const startsOf = ({ available }: Availability) =>
      commonStarts([available], this.query.duration, 1, starts);
    for (const { start, end } of intersect(almost, subtract(startsOf(without), startsOf(own)))) {
      const first = this.startAt(start);
      if (first < end) return first;
    }
    return null;
  }
}

function same<T>(value: T): T {
  return value;
}
