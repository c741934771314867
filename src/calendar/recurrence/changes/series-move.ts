import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  HOUR,
  isSecondPass,
  SECOND,
  timeOfDay,
  wallClock,
} from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import { timeZone } from '../../time/time-zone.js';
import { movedRule } from '../rule/moved-rule.js';
import type { Until } from '../rule/recurrence-rule.js';
import { MAX_COUNT, MAX_DAYS_IN_YEAR } from '../rule/rule-limits.js';
import { RuleStarts } from '../rule/rule-starts.js';
import { withCivilUntil } from '../rule/until.js';
import { compileSeries, type SeriesDefinition } from '../series/event-series.js';
import { occurrenceAt } from '../series/recurrence-set.js';

type StartMapping = (civil: CivilTime) => CivilTime | null;

/**
 * How many starts of two rules are compared: more than two years of days. COUNT is never more, and an original start moves
 * to a start only if the changed series has that start.
 */
const COMPARED_STARTS = MAX_COUNT;

/** Leap days fall on the same weekday again after at most 40 years, so rules that agree for so long always agree. */
const COMPARED_TIME = 40 * MAX_DAYS_IN_YEAR * DAY;

/** A longer move to another day means a new first day; a shorter one is a shift across midnight. */
const LONGEST_SHIFT = 12 * HOUR;

/** Half of the shortest month, and half of a year: no other start is so near. */
const NEAR_IN_MONTH = 14 * DAY;
const NEAR_IN_YEAR = 182 * DAY;

/**
 * The original starts of a series after a change of the whole series: a function from an original start in `current` to
 * the original start in `next`, or to null if the occurrence no longer exists. Overrides and EXDATEs move with the
 * original start of their occurrence.
 *
 * If the starts of both rules are the same, or are the same days at other times, original starts stay on their day. If
 * the starts of `next` are those of `current`, all moved by the same time, or the rule moved with the start, original
 * starts move with them. After any other change, an original start stays if `next` has it. The original start of an RDATE
 * moves as `movedDate` moves the RDATE. EXDATEs and overrides of `next` are ignored.
 * @throws CalendarError all errors of `compileSeries` for `next`
 * @example originalStartsIn(mondaysAtNine, mondaysAtTen)(aMondayAtNine) // that Monday at ten
 */
export function originalStartsIn(current: SeriesDefinition, next: SeriesDefinition): StartMapping {
  const series = compileSeries({ ...next, exdates: [], overrides: [] });
  const rulePlace = ruleMappingOf(current, next);
  const starts = startsOf(current);
  const onStart = (civil: CivilTime | null) => (civil === wallClock(next.start) ? next.start : civil);
  const dates = new Set(current.rule ? current.rdates : [current.start, ...current.rdates]);
  const occurs = (civil: CivilTime | null): civil is CivilTime =>
    civil !== null && occurrenceAt(series, series.zone.toInstant(civil)) !== null;
  return (originalStart) => {
    const civil = originalStart === current.start ? wallClock(originalStart) : originalStart;
    const isOfRule = starts !== null && starts.within(civil, civil).length > 0;
    const candidates = [
      ...(isOfRule ? [onStart(rulePlace(civil))] : []),
      ...(dates.has(originalStart) ? [movedDate(current, next, originalStart)] : []),
    ];
    if (candidates.length === 0) candidates.push(originalStart);
    return candidates.find(occurs) ?? null;
  };
}

/**
 * The place of an RDATE of `current` in `next`. An RDATE keeps its instant if the start keeps its instant in a new zone.
 * An RDATE moves with a start that moves by at most twelve hours. After any other move, an RDATE keeps its date, and its
 * time of day changes as that of the start. If there is no rule, the start is one of the dates and moves to the new start.
 * @example movedDate(tenDatesAtNine, tenDatesAtTen, oneOfThemAtNine) // that date at ten
 */
export function movedDate(current: SeriesDefinition, next: SeriesDefinition, civil: CivilTime): CivilTime {
  if (current.rule === null && civil === current.start) return next.start;
  if (current.allDay !== next.allDay) return startOfDay(civil) + timeOfDay(wallClock(next.start));
  const [from, to] = [timeZone(current.timeZone), timeZone(next.timeZone)];
  const isSameInstant = from.toInstant(current.start) === to.toInstant(next.start);
  if (!next.allDay && from !== to && isSameInstant) return to.toExactCivil(from.toInstant(civil));
  const time = timeOfDay(wallClock(next.start)) - timeOfDay(wallClock(current.start));
  const moved = civil + (isShift(current, next) ? shiftOf(current, next) : time);
  return isSecondPass(moved) ? to.toExactCivil(to.toInstant(moved)) : moved;
}

/**
 * UNTIL of `next` for a change that does not name an end: the UNTIL of `current`, unless the starts move with the series
 * and UNTIL would then cut off the last of them or allow one more. In that case UNTIL is the day of the last start.
 * @example movedUntil(dailyAt2330UntilThe10th, dailyAt0030) // the 11th, to which the last start moves
 */
export function movedUntil(current: SeriesDefinition, next: SeriesDefinition): Until | null {
  const until = civilUntilOf(current);
  const [starts, moved] = [startsOf(current), endlessStartsOf(next)];
  if (until === null || starts === null || moved === null) return until;
  const last = lastStart(starts, endOf(until));
  const movedLast = last === null ? null : ruleMappingOf(current, next)(last);
  if (movedLast === null || lastStart(moved, endOf(until)) === movedLast) return until;
  const day = startOfDay(movedLast);
  return lastStart(moved, day + DAY - SECOND) === movedLast
    ? { form: 'date', value: day }
    : { form: 'local', value: movedLast };
}

/**
 * Whether the rules of two series yield the same starts from the later of their starts on, however they are written and
 * wherever they end.
 * @example haveSameStarts(weeklyFromAMonday, { ...weeklyFromAMonday, rule: parseRecurrenceRule('FREQ=WEEKLY;BYDAY=MO') })
 */
export function haveSameStarts(a: SeriesDefinition, b: SeriesDefinition): boolean {
  const [from, to] = [endlessStartsOf(a), endlessStartsOf(b)];
  if (from === null || to === null) return from === to;
  const common = Math.max(from.start, to.start);
  return agree(firstStarts(from, common), firstStarts(to, common), 0);
}

/**
 * The place in `next` of a start of the rule of `current`. The end of `next` has no effect.
 * @param otherwise the place if the starts of the rules do not correspond
 * @example ruleMappingOf(mondaysAtNine, mondaysAtTen)(aMondayAtNine) // that Monday at ten
 */
export function ruleMappingOf(
  current: SeriesDefinition,
  next: SeriesDefinition,
  otherwise: StartMapping = (civil) => civil,
): StartMapping {
  const [from, to] = [endlessStartsOf(current), endlessStartsOf(next)];
  if (from === null || to === null) return otherwise;
  if (haveSameStarts(current, next)) return (civil) => civil;
  const shift = shiftOf(current, next);
  const isMoved = agree(firstStarts(from, from.start), firstStarts(to, to.start), shift);
  if (isMoved && isShift(current, next)) return (civil) => civil + shift;
  const sameDays = placeOnDay(from, to, startOfDay(Math.max(from.start, to.start)) + DAY);
  if (sameDays) return sameDays;
  if (isMoved) return (civil) => civil + shift;
  const near = next.rule?.frequency === 'YEARLY' ? NEAR_IN_YEAR : NEAR_IN_MONTH;
  return hasMovedRule(current, next) ? nearestPlace(from, to, shift, near) : otherwise;
}

/**
 * Whether the start moves by so little that its occurrences move with it, even across midnight: by at most twelve hours.
 * @example isShift(daily, { ...daily, start: daily.start + HOUR })
 */
export function isShift(current: SeriesDefinition, next: SeriesDefinition): boolean {
  const moved =
    timeZone(next.timeZone).toInstant(next.start) - timeZone(current.timeZone).toInstant(current.start);
  return (
    current.allDay === next.allDay &&
    Math.min(Math.abs(moved), Math.abs(shiftOf(current, next))) <= LONGEST_SHIFT
  );
}

function shiftOf(current: SeriesDefinition, next: SeriesDefinition): number {
  return wallClock(next.start) - wallClock(current.start);
}

/** The place on the same day, counted from the end of the day; null if both rules do not start on the same days. */
function placeOnDay(from: RuleStarts, to: RuleStarts, firstWholeDay: CivilTime): StartMapping | null {
  const days = (starts: RuleStarts) => firstStarts(starts, firstWholeDay).map(startOfDay);
  if (!agree(days(from), days(to), 0)) return null;
  return (civil) => {
    const [low, high] = [startOfDay(civil), startOfDay(civil) + DAY - SECOND];
    const later = from.within(civil, high).length;
    return to.within(low, high).at(-later) ?? null;
  };
}

/** Whether the rule of `next` yields the starts of the rule of `current` after its move to the start of `next`. */
function hasMovedRule(current: SeriesDefinition, next: SeriesDefinition): boolean {
  const to = endlessStartsOf(next);
  const rule = current.rule && movedRule(current.rule, wallClock(next.start));
  const moved = rule && endlessStartsOf({ ...next, rule });
  return (
    to !== null && moved !== null && agree(firstStarts(to, to.start), firstStarts(moved, moved.start), 0)
  );
}

/**
 * For months and years of different lengths: the start that is nearest to where the shift leads, if no other start of
 * `from` is nearer to it.
 */
function nearestPlace(from: RuleStarts, to: RuleStarts, shift: number, near: number): StartMapping {
  return (civil) => {
    const found = nearestStart(to, civil + shift, near);
    return found !== null && nearestStart(from, found - shift, near) === civil ? found : null;
  };
}

function nearestStart(starts: RuleStarts, target: CivilTime, near: number): CivilTime | null {
  const distance = (start: CivilTime) => Math.abs(start - target);
  const found = starts.within(target - near, target + near);
  return found.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** Whether each start of `b` is the start of `a` at the same index, moved by `shift`. The longer list is cut. */
function agree(a: readonly CivilTime[], b: readonly CivilTime[], shift: number): boolean {
  const length = Math.min(a.length, b.length);
  return length > 0 && a.slice(0, length).every((civil, index) => civil + shift === b[index]);
}

function firstStarts(starts: RuleStarts, low: CivilTime): CivilTime[] {
  const found = new NumberBuffer();
  const high = starts.lastUpTo(low + COMPARED_TIME);
  const last = starts.periodOf(high);
  for (let period = starts.periodOf(low); period <= last && found.size < COMPARED_STARTS; period += 1)
    starts.addStarts(period, low, high, found);
  return found.toArray().slice(0, COMPARED_STARTS);
}

function lastStart(starts: RuleStarts, high: CivilTime): CivilTime | null {
  for (let period = starts.periodOf(high); period >= 0; period -= 1) {
    const found = new NumberBuffer();
    starts.addStarts(period, starts.start, high, found);
    if (found.size > 0) return found.values[found.size - 1];
  }
  return null;
}

function civilUntilOf({ rule, start, timeZone: zone, allDay }: SeriesDefinition): Until | null {
  return rule && withCivilUntil(rule, wallClock(start), timeZone(zone), allDay).until;
}

function endOf(until: Until): CivilTime {
  return until.form === 'date' ? until.value + DAY - SECOND : until.value;
}

/** The starts that the rule yields; UNTIL has no effect. */
function startsOf({ rule, start }: SeriesDefinition): RuleStarts | null {
  return rule && new RuleStarts(rule, wallClock(start));
}

function endlessStartsOf({ rule, start }: SeriesDefinition): RuleStarts | null {
  return rule && new RuleStarts({ ...rule, count: null }, wallClock(start));
}

function startOfDay(civil: CivilTime): CivilTime {
  return epochDayOfCivil(civil) * DAY;
}
