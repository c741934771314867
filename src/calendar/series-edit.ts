import { type CivilTime, DAY, epochDayOfCivil, type Instant, SECOND } from './civil-time.js';
import { compileSeries, type OccurrenceOverride, type SeriesDefinition } from './event-series.js';
import { formatRecurrenceRule, type RecurrenceRule, type Until } from './recurrence-rule.js';
import { occurrenceAt } from './recurrence-set.js';
import { canonicalRule } from './recurrence-until.js';
import { RuleStarts } from './rule-starts.js';
import { timeZone } from './time-zone.js';

/** A series cut in two: together they have the occurrences of the whole, each once. */
export interface SplitSeries<O extends OccurrenceOverride> {
  /** What comes before the cut; null where nothing does. */
  readonly before: SeriesDefinition<O> | null;
  readonly after: SeriesDefinition<O>;
}

/**
 * Cuts a series before the occurrence that it starts at the civil time `target`, as RFC 5545's RANGE=THISANDFUTURE
 * (§3.2.13) means it. The earlier series ends before `target`; the later one starts at it, or at the rule's next start
 * where `target` is an RDATE. COUNT splits into what each of them yields, UNTIL stays with the later one; RDATEs,
 * EXDATEs and overrides go to the part in which their original start lies.
 * @example splitSeries(daily, parseCivilTime('2022-09-10T09:00:00')).after.start // that day
 */
export function splitSeries<O extends OccurrenceOverride>(
  definition: SeriesDefinition<O>,
  target: CivilTime,
): SplitSeries<O> {
  const earlier = (civil: CivilTime) => civil < target;
  const later = (civil: CivilTime) => civil >= target;
  const part = (isIn: (civil: CivilTime) => boolean) => ({
    ...definition,
    rdates: definition.rdates.filter(isIn),
    exdates: definition.exdates.filter(isIn),
    overrides: definition.overrides.filter(({ originalStart }) => isIn(originalStart)),
  });
  const { rule } = definition;
  if (rule === null) return splitDates(definition, part(earlier), part(later), target);
  const starts = startsBefore(rule, definition.start, target);
  const next = nextStart(definition, rule, target);
  const firstRdate = Math.min(...part(later).rdates);
  const before =
    starts === 0
      ? datesAlone(part(earlier))
      : { ...part(earlier), rule: endedBefore(definition, rule, target, starts) };
  const after =
    next === null
      ? { ...part(later), rule: null, start: firstRdate }
      : {
          ...part(later),
          rule: rule.count === null ? rule : { ...rule, count: rule.count - starts },
          start: next,
        };
  return { before, after };
}

/** A series without a rule is its start and its RDATEs. */
function splitDates<O extends OccurrenceOverride>(
  { start, rdates }: SeriesDefinition<O>,
  before: SeriesDefinition<O>,
  after: SeriesDefinition<O>,
  target: CivilTime,
): SplitSeries<O> {
  const first = Math.min(...[start, ...rdates].filter((civil) => civil >= target));
  return { before: start < target ? before : datesAlone(before), after: { ...after, start: first } };
}

/** What is left of a part that the rule, or the start, does not reach into: its RDATEs, if there are any. */
function datesAlone<O extends OccurrenceOverride>(part: SeriesDefinition<O>): SeriesDefinition<O> | null {
  return part.rdates.length === 0 ? null : { ...part, rule: null, start: Math.min(...part.rdates) };
}

/** How many starts a rule yields before a civil time, EXDATEs and overridden ones among them. */
function startsBefore(rule: RecurrenceRule, start: CivilTime, target: CivilTime): number {
  const starts = new RuleStarts(rule, start);
  const found: CivilTime[] = [];
  // Only COUNT needs the number, and it bounds the search; otherwise it is enough to know of one.
  const enough = rule.count ?? 1;
  const lastPeriod = starts.periodOf(target);
  for (let period = 0; period <= lastPeriod && found.length < enough; period += 1) {
    starts.addStarts(period, start, target - SECOND, found);
  }
  return Math.min(found.length, enough);
}

/** The first start of the rule at or after `target`, or null where it has come to its end. */
function nextStart(
  { timeZone: zone, allDay, ...definition }: SeriesDefinition,
  rule: RecurrenceRule,
  target: CivilTime,
): CivilTime | null {
  const ahead = { ...definition, allDay, timeZone: zone, rdates: [], exdates: [], overrides: [] };
  const series = compileSeries(ahead);
  const starts = new RuleStarts(rule, definition.start);
  const found: CivilTime[] = [];
  const last = starts.last;
  for (let period = starts.periodOf(target); found.length === 0; period += 1) {
    if (period > starts.periodOf(last)) return null;
    starts.addStarts(period, Math.max(target, definition.start), last, found);
  }
  return timeZone(zone).toInstant(found[0]) <= series.until ? found[0] : null;
}

/** The rule as it ends before `target`. */
function endedBefore(
  { allDay, timeZone: zone, start }: SeriesDefinition,
  rule: RecurrenceRule,
  target: CivilTime,
  count: number,
): RecurrenceRule {
  if (rule.count !== null) return { ...rule, count };
  const dayOfTarget = epochDayOfCivil(target) * DAY;
  const starts = new RuleStarts(rule, start);
  const onThatDay: CivilTime[] = [];
  starts.addStarts(starts.periodOf(target), dayOfTarget, target - SECOND, onThatDay);
  // A person ends a series with a day, so it does where the rule leaves the choice.
  const until: Until =
    onThatDay.length === 0
      ? { form: 'date', value: dayOfTarget - DAY }
      : { form: 'local', value: target - SECOND };
  return canonicalRule({ ...rule, until }, timeZone(zone), allDay);
}

/**
 * Where exceptions go when a series is changed as a whole: from their original start in `current` to the one in `next`,
 * or null where it occurs no more. A pure change of the time of day moves them with it; after any other change those
 * stay whose original start `next` still has.
 * @example originalStartsIn(ninesEveryMonday, tensEveryMonday)(mondayAtNine) // that Monday at ten
 */
export function originalStartsIn(
  current: SeriesDefinition,
  next: SeriesDefinition,
): (originalStart: CivilTime) => CivilTime | null {
  if (isPureShift(current, next)) {
    const shift = next.start - current.start;
    return (originalStart) => originalStart + shift;
  }
  const series = compileSeries({ ...next, exdates: [], overrides: [] });
  return (originalStart) => {
    const instant: Instant = series.zone.toInstant(originalStart);
    return occurrenceAt(series, instant)?.originalCivilStart === originalStart ? originalStart : null;
  };
}

/** Whether nothing but the time of day (and the length) differs. */
function isPureShift(current: SeriesDefinition, next: SeriesDefinition): boolean {
  return (
    current.allDay === next.allDay &&
    current.timeZone === next.timeZone &&
    epochDayOfCivil(current.start) === epochDayOfCivil(next.start) &&
    ruleText(current) === ruleText(next)
  );
}

function ruleText({ rule }: SeriesDefinition): string | null {
  return rule && formatRecurrenceRule(rule);
}
