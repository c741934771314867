import { CalendarError } from '../../calendar-error.js';
import {
  type CivilTime,
  civilTimeOf,
  FIRST_YEAR,
  type Instant,
  isSecondPass,
  SECOND,
  timeOfDay,
  wallClock,
} from '../../time/civil-time.js';
import { endAfter, isPositive, type Length } from '../../time/length.js';
import { type TimeZone, timeZone } from '../../time/time-zone.js';
import type { RecurrenceRule } from '../rule/recurrence-rule.js';
import { LAST_CIVIL_TIME, RuleStarts } from '../rule/rule-starts.js';
import { untilInstant } from '../rule/until.js';

/**
 * A change to one occurrence, known by the civil time at which the series would have started it. A caller's own
 * richer objects come back by reference on the occurrence.
 */
export interface OccurrenceOverride {
  readonly originalStart: CivilTime;
  readonly cancelled: boolean;
  /** The start it was moved to; absent: the original. */
  readonly start?: CivilTime;
  /** In the unit of the series' `length`; absent: the length of the series. */
  readonly length?: Length;
}

/** An event as it is kept: in civil time, so that a change of the zone's rules moves it and orphans nothing. */
export interface SeriesDefinition<O extends OccurrenceOverride = OccurrenceOverride> {
  /** Anchors the rule. It is an occurrence when the rule yields it, or when there is no rule. */
  readonly start: CivilTime;
  readonly timeZone: string;
  readonly allDay: boolean;
  /** Days of an all-day series, seconds of any other. */
  readonly length: Length;
  readonly rule: RecurrenceRule | null;
  readonly rdates: readonly CivilTime[];
  readonly exdates: readonly CivilTime[];
  readonly overrides: readonly O[];
}

/** One time at which an event takes place, half-open. */
export interface Occurrence<O extends OccurrenceOverride = OccurrenceOverride> {
  readonly start: Instant;
  readonly end: Instant;
  /** Where the series would have started it: its identity, for ever. */
  readonly originalStart: Instant;
  /** The same as the series names it, in civil time; in a gap a time that no clock showed. */
  readonly originalCivilStart: CivilTime;
  readonly override: O | null;
}

/** A definition made ready to be asked; what costs more than a microsecond is worked out when first needed. */
export class EventSeries<O extends OccurrenceOverride = OccurrenceOverride> {
  readonly zone: TimeZone;
  readonly ruleStarts: RuleStarts | null;
  // Set from the first, so that every series has the same shape and what reads it stays fast.
  private knownUntil: Instant | undefined = undefined;
  private knownRdates: readonly Occurrence<O>[] | undefined = undefined;
  private knownExdates: ReadonlySet<Instant> | undefined = undefined;
  private knownOverrides: ReadonlyMap<Instant, Occurrence<O>> | undefined = undefined;
  private knownReplacements: readonly Occurrence<O>[] | undefined = undefined;
  private knownCancellations: readonly Occurrence<O>[] | undefined = undefined;

  constructor(readonly definition: SeriesDefinition<O>) {
    this.zone = timeZone(definition.timeZone);
    this.ruleStarts = definition.rule && new RuleStarts(definition.rule, wallClock(definition.start));
  }

  /** The last instant at which the rule may start an occurrence. */
  get until(): Instant {
    const until = this.definition.rule?.until;
    if (!until) return Infinity;
    return (this.knownUntil ??= untilInstant(until, this.zone, this.definition.allDay));
  }

  /** RDATE, and DTSTART where no rule decides about it; by start, each once. */
  get rdates(): readonly Occurrence<O>[] {
    return (this.knownRdates ??= this.datesBesideRule());
  }

  /** EXDATE: starts that are none. */
  get exdates(): ReadonlySet<Instant> {
    return (this.knownExdates ??= new Set(
      [
        ...this.definition.exdates,
        ...(this.startsInSecondPass ? [wallClock(this.definition.start)] : []),
      ].map((civil) => this.zone.toInstant(civil)),
    ));
  }

  /** Whether the rule's first start is to be replaced: a rule yields the first pass of a civil time alone. */
  private get startsInSecondPass(): boolean {
    const { start, rule } = this.definition;
    return (
      rule !== null &&
      isSecondPass(start) &&
      this.zone.toInstant(start) !== this.zone.toInstant(wallClock(start))
    );
  }

  /** Every override, the cancelled too, by original start. */
  get overrides(): ReadonlyMap<Instant, Occurrence<O>> {
    return (this.knownOverrides ??= new Map(
      this.definition.overrides.map((override) => {
        const occurrence = this.overriddenOccurrence(override);
        return [occurrence.originalStart, occurrence];
      }),
    ));
  }

  /** The overrides that take place, by their own start. */
  get replacements(): readonly Occurrence<O>[] {
    return (this.knownReplacements ??= inOrder(
      [...this.overrides.values()].filter(({ override }) => !override?.cancelled),
    ));
  }

  /** The occurrences that an override cancelled, by the start they had; one that EXDATE took away is none of them. */
  get cancellations(): readonly Occurrence<O>[] {
    return (this.knownCancellations ??= inOrder(
      [...this.overrides.values()].filter(
        ({ override, originalStart }) => override?.cancelled && !this.exdates.has(originalStart),
      ),
    ));
  }

  private datesBesideRule(): Occurrence<O>[] {
    const { start, rule, rdates, length } = this.definition;
    const byStart = new Map<Instant, Occurrence<O>>();
    const dates = rule === null || this.startsInSecondPass ? [start, ...rdates] : [...rdates];
    for (const civil of dates.toSorted((a, b) => a - b)) {
      const at = this.zone.toInstant(civil);
      const end = endAfter(at, length, this.zone);
      byStart.set(at, { start: at, end, originalStart: at, originalCivilStart: civil, override: null });
    }
    return [...byStart.values()].toSorted((a, b) => a.start - b.start);
  }

  private overriddenOccurrence(override: O): Occurrence<O> {
    const civil = override.start ?? override.originalStart;
    const start = this.zone.toInstant(civil);
    return {
      start,
      end: endAfter(start, override.length ?? this.definition.length, this.zone),
      originalStart: this.zone.toInstant(override.originalStart),
      originalCivilStart: override.originalStart,
      override,
    };
  }
}

function inOrder<O extends OccurrenceOverride>(occurrences: Occurrence<O>[]): readonly Occurrence<O>[] {
  return occurrences.toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart);
}

const FIRST_CIVIL_TIME = civilTimeOf(FIRST_YEAR, 1, 1);

/**
 * Makes a definition ready to be asked; a microsecond or so, whatever the age of the series.
 * @throws CalendarError `invalid_series` (a time beyond 1900 to 2999 or not whole seconds, a length that is
 * not positive or has the other unit), `invalid_rule` (times of day in an all-day series), `unknown_time_zone`
 * @example compileSeries({ start, timeZone: 'Europe/Moscow', allDay: false, length: { seconds: 3_600 }, rule, rdates: [],
 *   exdates: [], overrides: [] })
 */
export function compileSeries<O extends OccurrenceOverride>(definition: SeriesDefinition<O>): EventSeries<O> {
  const { allDay, rule, overrides } = definition;
  checkStart(definition.start, allDay);
  checkLength(definition.length, allDay);
  for (const civil of definition.rdates) checkStart(civil, allDay);
  for (const { start, length } of overrides) {
    if (start !== undefined) checkStart(start, allDay);
    if (length !== undefined) checkLength(length, allDay);
  }
  if (allDay && rule) {
    const part = rule.byHour.length > 0 ? 'BYHOUR' : 'BYMINUTE';
    if (rule.byHour.length + rule.byMinute.length > 0) {
      throw new CalendarError('invalid', 'invalid_rule', `${part} does not go with an all-day event.`, part);
    }
  }
  return new EventSeries(definition);
}

/**
 * The first civil start that a definition's rule yields at or after its `start`: there the event's start moves to.
 * EXDATE, RDATE and overrides are not asked. Without a rule it is `start` itself.
 * @throws CalendarError `no_occurrence` when UNTIL comes before it, or when none is found within the budget of
 * periods; and whatever `compileSeries` throws
 * @example firstStart({ ...tuesday, rule: parseRecurrenceRule('FREQ=WEEKLY;BYDAY=WE') }) // the day after
 */
export function firstStart(definition: SeriesDefinition): CivilTime {
  const { ruleStarts, zone, until } = compileSeries(definition);
  if (!ruleStarts) return definition.start;
  const first = ruleStarts.first();
  if (first === null || zone.toInstant(first) > until) {
    throw new CalendarError(
      'invalid',
      'no_occurrence',
      'The rule yields no occurrence at or after the start.',
    );
  }
  return first;
}

function checkStart(civil: CivilTime, allDay: boolean): void {
  if (!(civil >= FIRST_CIVIL_TIME && civil <= LAST_CIVIL_TIME && wallClock(civil) % SECOND === 0)) {
    throw invalidSeries('A start must be a whole second in the years 1900 to 2999.');
  }
  if (allDay && timeOfDay(civil) !== 0)
    throw invalidSeries('An all-day event starts on a date, without a time.');
}

/** The one place where `allDay` and the unit of a length meet; all other code asks the length. */
function checkLength(length: Length, allDay: boolean): void {
  const isOfDays = length.days !== undefined;
  if (isOfDays !== allDay || !isPositive(length)) {
    throw invalidSeries(`A length must be whole ${allDay ? 'days' : 'seconds'}, at least one.`);
  }
}

function invalidSeries(detail: string): CalendarError {
  return new CalendarError('invalid', 'invalid_series', detail);
}
