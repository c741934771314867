import { CalendarError } from '../../calendar/calendar-error.js';
import { movedRule } from '../../calendar/recurrence/rule/moved-rule.js';
import { parseRecurrenceRule, type RecurrenceRule } from '../../calendar/recurrence/rule/recurrence-rule.js';
import { withCivilUntil } from '../../calendar/recurrence/rule/until.js';
import { compileSeries, firstStart } from '../../calendar/recurrence/series/event-series.js';
import { firstOccurrence, occurrenceAt } from '../../calendar/recurrence/series/recurrence-set.js';
import {
  haveSameStarts,
  movedDate,
  movedUntil,
  originalStartsIn,
} from '../../calendar/recurrence/series/series-move.js';
import { type CivilTime, SECOND_PASS, wallClock } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { atField, DomainError, invalidInput } from '../../errors/domain-error.js';
import { parseWhen } from '../../http/values/when.js';
import type { RepeatDto } from '../rest/dto/repeat.dto.js';
import { ruleText } from '../rest/repeat-rule.js';
import { place } from './placement.js';
import { definitionOf, repeatsBy, type Schedule } from './schedule.js';

type Placed = Omit<Schedule, 'rule' | 'rdates' | 'exdates'>;

/** RDATEs or EXDATEs of a changed series: those of the series as it was, and others that the client names. */
interface Dates {
  readonly kept: readonly CivilTime[];
  readonly given: readonly { readonly text: string; readonly civil: CivilTime }[];
}

/**
 * The whole schedule of an event that is placed. Without a rule of its own the request keeps the rule of `current`,
 * moved with the start. RDATEs and EXDATEs that the client does not name, or sends back as they were, move along; with a
 * different rule RDATEs that the client does not name end. A rule that the client names moves the start to its first
 * occurrence.
 * @param shown the series whose `repeat` the client may send back: `current`, or the series that it was split from
 * @throws {DomainError} invalid: `start_off_rule` naming `start_date`, otherwise naming `repeat` or a field of it
 */
export function repeated(
  placed: Placed,
  repeat: RepeatDto | null | undefined,
  current: Schedule | null,
  shown: Schedule | null = current,
): Schedule {
  const isKept = repeat === undefined && current !== null;
  const single = { ...placed, rule: null, rdates: [], exdates: [] };
  if (isKept ? !repeatsBy(current) : repeat == null) return single;
  const rule = isKept ? keptRule(current, placed) : namedRule(repeat as RepeatDto, placed, shown);
  const hasKeptEnd = isKept || (rule !== null && shown !== null && hasSameEnd(rule, shown));
  const isOtherRule = !isKept && rule !== null && shown !== null && !hasSameStarts(rule, shown);
  const rdates = datesOf('rdates', isOtherRule ? { rdates: [], ...repeat } : repeat, placed, current, shown);
  const exdates = datesOf('exdates', repeat, placed, current, shown);
  return atField('repeat', () => {
    const started = startedAt({ ...single, rule: rule && { ...rule, until: null } });
    const ended = { ...started, rule: rule && ruleWithEnd(rule, started, hasKeptEnd ? current : null) };
    const dated = { ...ended, rdates: movedRdates(rdates, ended, current) };
    firstStart(definitionOf(dated));
    const schedule = { ...dated, exdates: movedExdates(exdates, dated, current) };
    if (repeatsBy(schedule) && firstOccurrence(compileSeries(definitionOf(schedule))) === null) {
      throw new CalendarError('invalid', 'no_occurrence', 'The exdates leave no occurrence.');
    }
    return schedule;
  });
}

/** The rule of a series whose start the client moves, if at all; an all-day series has no time of day to name. */
function keptRule(current: Schedule, placed: Placed): RecurrenceRule | null {
  const rule = current.rule && placed.allDay ? withoutSingleTime(current.rule) : current.rule;
  if (rule === null || (placed.start === current.start && placed.allDay === current.allDay)) return rule;
  const moved = movedRule(rule, wallClock(placed.start));
  if (moved) return moved;
  const message = 'is not a start that the rule yields; name repeat to change the rule with it';
  throw new DomainError('invalid', 'start_off_rule', `start_date: ${message}`, [
    { field: 'start_date', message },
  ]);
}

function withoutSingleTime(rule: RecurrenceRule): RecurrenceRule {
  return {
    ...rule,
    byHour: rule.byHour.length === 1 ? [] : rule.byHour,
    byMinute: rule.byMinute.length === 1 ? [] : rule.byMinute,
  };
}

function namedRule(repeat: RepeatDto, placed: Placed, shown: Schedule | null): RecurrenceRule | null {
  const text = ruleText(repeat, new Date(wallClock(placed.start)).getUTCMonth() + 1);
  const rule = text === null ? null : atField('repeat', () => parseRecurrenceRule(text));
  // GET shows a rule in words if its WKST has no effect, and words cannot name WKST.
  const isInWords = repeat.frequency != null && rule?.interval === 1;
  return rule && isInWords ? { ...rule, weekStart: shown?.rule?.weekStart ?? rule.weekStart } : rule;
}

/** The schedule with the first start that its rule yields. */
function startedAt(schedule: Schedule): Schedule {
  const first = firstStart(definitionOf(schedule));
  if (first === wallClock(schedule.start)) return schedule;
  return { ...schedule, start: first, startAt: timeZone(schedule.timeZone).toInstant(first) };
}

/** @param current the series whose end stays; null if the client names another end */
function ruleWithEnd(rule: RecurrenceRule, next: Schedule, current: Schedule | null): RecurrenceRule {
  const until = current ? movedUntil(definitionOf(current), definitionOf(next)) : rule.until;
  const count = current?.rule ? current.rule.count : rule.count;
  return withCivilUntil(
    { ...rule, until, count },
    wallClock(next.start),
    timeZone(next.timeZone),
    next.allDay,
  );
}

/**
 * Whether a rule that a client names ends as the series does, read in the series' own zone, as GET shows it. The same
 * COUNT of another rule is a new one.
 */
function hasSameEnd(rule: RecurrenceRule, shown: Schedule): boolean {
  const { rule: before, start, timeZone: zone, allDay } = shown;
  if (before === null || rule.count !== before.count) return false;
  if (rule.count !== null) return hasSameStarts(rule, shown);
  const { until } = withCivilUntil(rule, wallClock(start), timeZone(zone), allDay);
  return until?.form === before.until?.form && until?.value === before.until?.value;
}

function hasSameStarts(rule: RecurrenceRule, shown: Schedule): boolean {
  return haveSameStarts(definitionOf(shown), definitionOf({ ...shown, rule }));
}

function datesOf(
  field: 'rdates' | 'exdates',
  repeat: RepeatDto | null | undefined,
  placed: Placed,
  current: Schedule | null,
  shown: Schedule | null,
): Dates {
  if (repeat?.[field] === undefined) return { kept: current?.[field] ?? [], given: [] };
  const kept: CivilTime[] = [];
  const given: { text: string; civil: CivilTime }[] = [];
  for (const text of repeat[field]) {
    const before = shown && dateAsBefore(text, shown[field], shown);
    // A date that the earlier part of a split series kept is none of this part.
    if (before != null) kept.push(...(current?.[field].includes(before) ? [before] : []));
    else given.push({ text, civil: place(`repeat.${field}`, text, placed).start });
  }
  return { kept, given };
}

/** The date of a series that a client names as GET shows it, or by its civil time; undefined if it is none of them. */
function dateAsBefore(
  text: string,
  dates: readonly CivilTime[],
  { timeZone: name }: Schedule,
): CivilTime | undefined {
  const when = parseWhen(text);
  const zone = timeZone(name);
  return dates.find((civil) =>
    when?.kind === 'instant' ? zone.toInstant(civil) === when.instant : wallClock(civil) === when?.civil,
  );
}

function movedRdates({ kept, given }: Dates, next: Schedule, current: Schedule | null): CivilTime[] {
  const moved = current
    ? kept.map((civil) => movedDate(definitionOf(current), definitionOf(next), civil))
    : [];
  return inOrder([...moved, ...given.map(({ civil }) => civil)]);
}

function movedExdates({ kept, given }: Dates, next: Schedule, current: Schedule | null): CivilTime[] {
  const series = compileSeries(definitionOf(next));
  const named = given.map(({ text, civil }) => {
    // A civil time of a repeated hour may name the second pass, too.
    const found = [civil, wallClock(civil) === civil ? civil + SECOND_PASS : civil].find(
      (candidate) => occurrenceAt(series, series.zone.toInstant(candidate)) !== null,
    );
    if (found === undefined) {
      throw invalidInput({ field: 'repeat.exdates', message: `"${text}" names no occurrence` });
    }
    return found;
  });
  const moved = current && repeatsBy(current) ? movedOriginalStarts(kept, next, current) : [];
  return inOrder([...moved, ...named]);
}

function movedOriginalStarts(
  kept: readonly CivilTime[],
  next: Schedule,
  current: Schedule,
): readonly CivilTime[] {
  if (kept.length === 0) return kept;
  const newStart = originalStartsIn(definitionOf(current), definitionOf(next));
  return kept.map(newStart).filter((civil) => civil !== null);
}

function inOrder(dates: readonly CivilTime[]): CivilTime[] {
  return [...new Set(dates)].toSorted((a, b) => a - b);
}
