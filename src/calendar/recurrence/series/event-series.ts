import { CalendarError } from '../../calendar-error.js';
import {
  type CivilTime,
  civilTimeOf,
  FIRST_YEAR,
  type Instant,
  isSecondPass,
  LAST_YEAR,
  SECOND,
  timeOfDay,
  wallClock,
} from '../../time/civil-time.js';
import { endAfter, isLengthOfEvent, type Length } from '../../time/length.js';
import { type TimeZone, timeZone } from '../../time/time-zone.js';
import type { RecurrenceRule } from '../rule/recurrence-rule.js';
import { LAST_CIVIL_TIME, RuleStarts } from '../rule/rule-starts.js';
import { untilInstant } from '../rule/until.js';

/**
 * A change of one occurrence. `originalStart` is the civil time at which the series itself starts the occurrence
 * (RECURRENCE-ID of RFC 5545 §3.8.4.4). A caller may extend the type: occurrences carry the caller's own objects.
 * @example const cancelled: Override = { originalStart: civil, cancelled: true };
 */
export interface Override {
  readonly originalStart: CivilTime;
  readonly cancelled: boolean;
  /** The start after a move; absent: the original start. */
  readonly start?: CivilTime;
  /** In the unit of the series' `length`; absent: the length of the series. */
  readonly length?: Length;
}

/**
 * An event that repeats, or may repeat, in civil time. If the rules of the zone change, its instants move and its
 * EXDATEs and overrides still match. `compileSeries` checks a definition.
 */
export interface SeriesDefinition<O extends Override = Override> {
  /** DTSTART, to which the rule counts. DTSTART is an occurrence if the rule yields it or if there is no rule. */
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

/** One time at which an event takes place; half-open, as every interval. */
export interface Occurrence<O extends Override = Override> {
  readonly start: Instant;
  readonly end: Instant;
  /** The start that the series itself gives the occurrence. The original start identifies it even after a move. */
  readonly originalStart: Instant;
  /** The original start in civil time. In a gap of the zone, no clock showed this time. */
  readonly originalCivilStart: CivilTime;
  readonly override: O | null;
}

/**
 * A definition that is ready for queries. Each list is computed when it is first needed, and then kept.
 * @example occurrencesIn(compileSeries(definition), window)
 */
export class EventSeries<O extends Override = Override> {
  readonly zone: TimeZone;
  readonly ruleStarts: RuleStarts | null;
  // All fields are set at once, so that all series have one hidden class and reading them stays fast.
  private knownUntil: Instant | undefined = undefined;
  private knownRdates: readonly Occurrence<O>[] | undefined = undefined;
  private knownExdates: ReadonlySet<Instant> | undefined = undefined;
  private knownOverrides: ReadonlyMap<Instant, Occurrence<O>> | undefined = undefined;
  private knownReplacements: readonly Occurrence<O>[] | undefined = undefined;
  private knownExceptions: readonly Instant[] | undefined = undefined;
  private knownBesideRule: readonly Occurrence<O>[] | undefined = undefined;
  private knownCancellations: readonly Occurrence<O>[] | undefined = undefined;

  constructor(readonly definition: SeriesDefinition<O>) {
    this.zone = timeZone(definition.timeZone);
    this.ruleStarts = definition.rule && new RuleStarts(definition.rule, wallClock(definition.start));
  }

  /** The last instant at which UNTIL allows a start; infinity without UNTIL. */
  get until(): Instant {
    const until = this.definition.rule?.until;
    if (!until) return Infinity;
    return (this.knownUntil ??= untilInstant(until, this.zone, this.definition.allDay));
  }

  /** The occurrences of RDATE, and of DTSTART if there is no rule; by start, each instant once. */
  get rdates(): readonly Occurrence<O>[] {
    return (this.knownRdates ??= this.datesBesideRule());
  }

  /** The instants that EXDATE removes from the rule and from RDATE. */
  get exdates(): ReadonlySet<Instant> {
    return (this.knownExdates ??= new Set(
      [
        ...this.definition.exdates,
        ...(this.startsInSecondPass ? [wallClock(this.definition.start)] : []),
      ].map((civil) => this.zone.toInstant(civil)),
    ));
  }

  /** Whether the series starts in the second pass of a repeated hour. A rule yields first passes only. */
  private get startsInSecondPass(): boolean {
    const { start, rule } = this.definition;
    return (
      rule !== null &&
      isSecondPass(start) &&
      this.zone.toInstant(start) !== this.zone.toInstant(wallClock(start))
    );
  }

  /** Every override by its original start, cancelled ones included. */
  get overrides(): ReadonlyMap<Instant, Occurrence<O>> {
    return (this.knownOverrides ??= new Map(
      this.definition.overrides.map((override) => {
        const occurrence = this.overriddenOccurrence(override);
        return [occurrence.originalStart, occurrence];
      }),
    ));
  }

  /** The overrides that are not cancelled, in the order of their own starts. */
  get replacements(): readonly Occurrence<O>[] {
    return (this.knownReplacements ??= inOrder(
      [...this.overrides.values()].filter(({ override }) => !override?.cancelled),
    ));
  }

  /** The occurrences that an override cancelled, by the start before it. EXDATE removes an occurrence from them. */
  get cancellations(): readonly Occurrence<O>[] {
    return (this.knownCancellations ??= inOrder(
      [...this.overrides.values()].filter(
        ({ override, originalStart }) => override?.cancelled && !this.exdates.has(originalStart),
      ),
    ));
  }

  /** The instants at which no start of the rule takes place: EXDATEs, and the original starts of overrides. Ascending. */
  get exceptions(): readonly Instant[] {
    return (this.knownExceptions ??= [...this.exdates, ...this.overrides.keys()].toSorted((a, b) => a - b));
  }

  /** The occurrences that take place and are not of the rule: RDATEs and overrides, in order. */
  get besideRule(): readonly Occurrence<O>[] {
    return (this.knownBesideRule ??= inOrder([
      ...this.rdates.filter(({ start }) => !this.exdates.has(start) && !this.overrides.has(start)),
      ...this.replacements,
    ]));
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

function inOrder<O extends Override>(occurrences: Occurrence<O>[]): readonly Occurrence<O>[] {
  return occurrences.toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart);
}

const FIRST_CIVIL_TIME = civilTimeOf(FIRST_YEAR, 1, 1);

/**
 * Checks a definition and makes it ready for queries. This takes about a microsecond for a series of any age.
 * @throws CalendarError `invalid_series` (a time beyond 1900 to 2999 or not whole seconds, a length that is
 * not positive or has the other unit), `invalid_rule` (times of day in an all-day series), `unknown_time_zone`
 * @example compileSeries({ start, timeZone: 'Europe/Moscow', allDay: false, length: { seconds: 3_600 }, rule, rdates: [],
 *   exdates: [], overrides: [] })
 */
export function compileSeries<O extends Override>(definition: SeriesDefinition<O>): EventSeries<O> {
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
    if (rule.byHour.length + rule.byMinute.length > 0)
      throw new CalendarError('invalid', 'invalid_rule', `${part} does not go with an all-day event.`, part);
  }
  return new EventSeries(definition);
}

/**
 * The first civil start that the rule of a series yields at or after its `start`; `start` itself without a rule. EXDATE,
 * RDATE and overrides have no effect.
 * @throws CalendarError `no_occurrence` if UNTIL is earlier or the first `FIRST_START_BUDGET` periods have no start
 * @example firstStart(compileSeries({ ...tuesday, rule: parseRecurrenceRule('FREQ=WEEKLY;BYDAY=WE') })) // the day after
 */
export function firstStart({ definition, ruleStarts, zone, until }: EventSeries): CivilTime {
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
  if (!(civil >= FIRST_CIVIL_TIME && civil <= LAST_CIVIL_TIME && wallClock(civil) % SECOND === 0))
    throw invalidSeries(`A start must be a whole second in the years ${FIRST_YEAR} to ${LAST_YEAR}.`);
  if (allDay && timeOfDay(civil) !== 0)
    throw invalidSeries('An all-day event starts on a date, without a time.');
}

/** Checks that an all-day event has a length of whole days, and any other event one of whole seconds or of no time. */
function checkLength(length: Length, allDay: boolean): void {
  const isOfDays = length.days !== undefined;
  if (isOfDays === allDay && isLengthOfEvent(length)) return;
  throw invalidSeries(`A length must be whole ${allDay ? 'days, at least one' : 'seconds, at least zero'}.`);
}

function invalidSeries(detail: string): CalendarError {
  return new CalendarError('invalid', 'invalid_series', detail);
}
