import { CalendarError } from '../../calendar-error.js';
import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  isSecondPass,
  SECOND,
  wallClock,
} from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import { timeZone } from '../../time/time-zone.js';
import type { RecurrenceRule, Until } from '../rule/recurrence-rule.js';
import { RuleStarts } from '../rule/rule-starts.js';
import { untilInstant, withCivilUntil } from '../rule/until.js';
import type { Override, SeriesDefinition } from '../series/event-series.js';
import { CIVIL_PADDING } from '../series/rule-runs.js';

/** The two parts of a series: together they have each occurrence of the whole once. */
export interface SplitSeries<O extends Override = Override> {
  /** The occurrences before the cut; null if there are none. */
  readonly before: SeriesDefinition<O> | null;
  /** The occurrences at the cut or later. */
  readonly after: SeriesDefinition<O>;
}

/**
 * Splits a series before the occurrence that it starts at the civil time `target` (THISANDFUTURE of RFC 5545 §3.2.13).
 * COUNT is divided between the parts; without COUNT the earlier part ends by UNTIL. RDATEs, EXDATEs and overrides go to
 * the part of their original start, even if an override has moved the occurrence. The later part starts at `target` or,
 * if the rule yields no start there, at the next start of the rule.
 * @throws CalendarError `occurrence_not_found` if the series starts no occurrence at `target` or later
 * @example splitSeries(daily, parseCivilTime('2022-09-10T09:00:00')).after.start // that time
 */
export function splitSeries<O extends Override>(
  definition: SeriesDefinition<O>,
  target: CivilTime,
): SplitSeries<O> {
  const { before, after } = partsOf(definition, target);
  if (after === null)
    throw new CalendarError('not-found', 'occurrence_not_found', 'The series starts nothing there or later.');
  return { before, after };
}

/**
 * The part of a series before the civil time `target`, as `splitSeries` makes it. A series that starts nothing at `target`
 * or later is itself this part. Null if the series starts nothing before `target`.
 * @example seriesBefore(daily, parseCivilTime('2022-09-10T09:00:00')) // the rule has UNTIL=20220909
 */
export function seriesBefore<O extends Override>(
  definition: SeriesDefinition<O>,
  target: CivilTime,
): SeriesDefinition<O> | null {
  const { before, after } = partsOf(definition, target);
  return after === null ? definition : before;
}

interface Parts<O extends Override> {
  readonly before: SeriesDefinition<O> | null;
  readonly after: SeriesDefinition<O> | null;
}

function partsOf<O extends Override>(definition: SeriesDefinition<O>, target: CivilTime): Parts<O> {
  const zone = timeZone(definition.timeZone);
  const cut = zone.toInstant(target);
  const earlier = partOf(definition, (civil) => zone.toInstant(civil) < cut);
  const later = partOf(definition, (civil) => zone.toInstant(civil) >= cut);
  const { rule, start } = definition;
  if (rule === null) return joined(datesAlone(earlier), datesAlone(later), []);

  const clock = wallClock(start);
  const starts = new RuleStarts(rule, clock);
  // A rule yields the first pass of a repeated hour, which is before a target in the second.
  const ruleTarget =
    isSecondPass(target) && target !== start ? wallClock(target) + SECOND : wallClock(target);
  const strays = starts
    .within(ruleTarget - CIVIL_PADDING, ruleTarget - SECOND)
    .filter((civil) => zone.toInstant(civil) >= cut);
  const first = starts.first();
  const next = nextStart(definition, starts, ruleTarget);
  const count = rule.count === null ? 0 : starts.within(clock, ruleTarget - SECOND).length;
  return joined(
    first !== null && first < ruleTarget
      ? { ...earlier, rule: next === null ? rule : endedBefore(definition, starts, ruleTarget, count) }
      : datesAlone(earlier),
    next === null
      ? datesAlone(later)
      : { ...later, rule: withoutFirst(rule, count), start: next === clock ? start : next },
    strays,
  );
}

/**
 * Both parts. Strays are civil starts before the target whose instants, in a gap of the zone, are at the target or after
 * it. COUNT and UNTIL cannot separate them from their neighbours, so EXDATEs and RDATEs name each of them.
 */
function joined<O extends Override>(
  before: SeriesDefinition<O> | null,
  after: SeriesDefinition<O> | null,
  strays: readonly CivilTime[],
): Parts<O> {
  return {
    before: before && { ...before, exdates: [...before.exdates, ...strays] },
    after: after && { ...after, rdates: [...after.rdates, ...strays] },
  };
}

function partOf<O extends Override>(
  definition: SeriesDefinition<O>,
  isIn: (civil: CivilTime) => boolean,
): SeriesDefinition<O> {
  const { rule, start, rdates, exdates, overrides } = definition;
  return {
    ...definition,
    rdates: (rule ? rdates : [start, ...rdates]).filter(isIn),
    exdates: exdates.filter(isIn),
    overrides: overrides.filter(({ originalStart }) => isIn(originalStart)),
  };
}

/**
 * A part without starts of the rule: its RDATEs and overrides, with the first of them as its start; null if it has none.
 * A single date stays an RDATE, so that the part is still a series and keeps its EXDATEs and overrides.
 */
function datesAlone<O extends Override>(part: SeriesDefinition<O>): SeriesDefinition<O> | null {
  const starts = [...part.rdates, ...part.overrides.map(({ originalStart }) => originalStart)];
  if (starts.length === 0) return null;
  const start = Math.min(...starts);
  const others = part.rdates.filter((civil) => civil !== start);
  return { ...part, rule: null, start, rdates: others.length > 0 ? others : [start] };
}

function withoutFirst(rule: RecurrenceRule, count: number): RecurrenceRule {
  return rule.count === null ? rule : { ...rule, count: rule.count - count };
}

/** The first start of the rule at or after `target`, or null if the rule ends before it. */
function nextStart(
  { rule, timeZone: name, allDay }: SeriesDefinition,
  starts: RuleStarts,
  target: CivilTime,
): CivilTime | null {
  const zone = timeZone(name);
  const until = rule?.until ? untilInstant(rule.until, zone, allDay) : Infinity;
  const from = Math.max(target, starts.start);
  const found = new NumberBuffer();
  for (
    let period = starts.periodOf(from);
    found.size === 0 && period <= starts.periodOf(starts.last);
    period += 1
  )
    starts.addStarts(period, from, starts.last, found);
  return found.size > 0 && zone.toInstant(found.values[0]) <= until ? found.values[0] : null;
}

/** The rule with an end before `target`: `count` starts if it has COUNT, else UNTIL, which is a date if possible. */
function endedBefore(
  { rule, timeZone: name, allDay }: SeriesDefinition,
  starts: RuleStarts,
  target: CivilTime,
  count: number,
): RecurrenceRule | null {
  if (rule === null) return null;
  if (rule.count !== null) return { ...rule, count };
  const zone = timeZone(name);
  const midnight = epochDayOfCivil(target) * DAY;
  const dayBefore: Until = { form: 'date', value: midnight - DAY };
  const isSharedDay = starts.within(midnight, target - SECOND).length > 0;
  const cut = zone.toInstant(target);
  const isByDay = allDay || (!isSharedDay && untilInstant(dayBefore, zone, allDay) < cut);
  const until: Until = isByDay ? dayBefore : { form: 'utc', value: cut - SECOND };
  return withCivilUntil({ ...rule, until }, starts.start, zone, allDay);
}
