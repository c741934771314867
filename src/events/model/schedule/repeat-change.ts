import { CalendarError } from '../../../calendar/calendar-error.js';
import { haveSameStarts, movedUntil } from '../../../calendar/recurrence/changes/series-move.js';
import { movedRule } from '../../../calendar/recurrence/rule/moved-rule.js';
import type { RecurrenceRule } from '../../../calendar/recurrence/rule/recurrence-rule.js';
import { withCivilUntil } from '../../../calendar/recurrence/rule/until.js';
import { firstStart } from '../../../calendar/recurrence/series/event-series.js';
import { firstOccurrence } from '../../../calendar/recurrence/series/recurrence-set.js';
import { wallClock } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { atField, DomainError } from '../../../errors/domain-error.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import { changedDates, movedExdates, movedRdates } from './repeat-dates.js';
import { definitionOf, type Schedule, seriesOf } from './schedule.js';
import type { NamedRule, RepeatCommand } from './schedule-command.js';

/** A schedule before it repeats. */
export type SingleTime = Omit<Schedule, 'rule' | 'rdates' | 'exdates'>;

/**
 * The whole schedule of an event with these times. Without a rule of its own the command keeps the rule of `current`,
 * moved with the start. RDATEs and EXDATEs that the command does not name, or sends back unchanged, move along. If the
 * command names a different rule and no RDATEs, the RDATEs end. A rule that the command names moves the start to its
 * first occurrence.
 * @param repeat undefined: as before; null: no longer
 * @param shown the series whose `repeat` the caller may send back: `current`, or the series that it was split from
 * @throws {DomainError} invalid: `start_off_rule` naming `start`, otherwise naming `repeat` or a field of it
 */
export function withRepeat(
  times: SingleTime,
  repeat: RepeatCommand | null | undefined,
  current: Schedule | null,
  shown: Schedule | null = current,
): Schedule {
  const single = { ...times, rule: null, rdates: [], exdates: [] };
  const isKept = repeat === undefined;
  if (isKept ? current === null || !repeats(current) : repeat === null) return single;
  const rule = isKept ? keptRule(current as Schedule, times) : namedRule(repeat?.rule ?? null, times, shown);
  const keepsEnd = isKept || (rule !== null && shown !== null && hasSameEnd(rule, shown));
  const isOtherRule = !isKept && rule !== null && shown !== null && !hasSameStarts(rule, shown);
  const namedRdates = repeat?.rdates ?? (isOtherRule ? [] : undefined);
  const rdates = changedDates('rdates', namedRdates, times, current, shown);
  const exdates = changedDates('exdates', repeat?.exdates, times, current, shown);
  return atField('repeat', () => {
    const started = startedAtRule({ ...single, rule: rule && { ...rule, until: null } });
    const ended = withEnd(started, rule, keepsEnd ? current : null);
    const dated = withDates(ended, { rdates: movedRdates(rdates, ended, current) });
    firstStart(seriesOf(dated));
    const schedule = withDates(dated, { exdates: movedExdates(exdates, dated, current) });
    if (repeats(schedule) && firstOccurrence(seriesOf(schedule)) === null)
      throw new CalendarError('invalid', 'no_occurrence', 'The exdates leave no occurrence.');
    return schedule;
  });
}

/** The rule of a series whose start may move. The start of an all-day series has no time of day for a rule to name. */
function keptRule(current: Schedule, times: SingleTime): RecurrenceRule | null {
  const rule = current.rule && times.allDay ? withoutSingleTime(current.rule) : current.rule;
  if (rule === null || (times.start === current.start && times.allDay === current.allDay)) return rule;
  const moved = movedRule(rule, wallClock(times.start));
  if (moved) return moved;
  const message = 'is not a start that the rule yields; name `repeat` to change the rule with it';
  throw new DomainError('invalid', 'start_off_rule', `start: ${message}`, [{ field: 'start', message }]);
}

function withoutSingleTime(rule: RecurrenceRule): RecurrenceRule {
  return {
    ...rule,
    byHour: rule.byHour.length === 1 ? [] : rule.byHour,
    byMinute: rule.byMinute.length === 1 ? [] : rule.byMinute,
  };
}

/** The rule that a command names, with the parts that it leaves to the series. */
function namedRule(
  named: NamedRule | null,
  times: SingleTime,
  shown: Schedule | null,
): RecurrenceRule | null {
  if (named === null) return null;
  const { rule, inMonthOfStart, keepsWeekStart } = named;
  return {
    ...rule,
    ...(inMonthOfStart && { byMonth: [new Date(wallClock(times.start)).getUTCMonth() + 1] }),
    ...(keepsWeekStart && { weekStart: shown?.rule?.weekStart ?? rule.weekStart }),
  };
}

/** The schedule with the first start that its rule yields. */
function startedAtRule(schedule: Schedule): Schedule {
  const first = firstStart(seriesOf(schedule));
  if (first === wallClock(schedule.start)) return schedule;
  return { ...schedule, start: first, startAt: timeZone(schedule.timeZone).toInstant(first) };
}

/**
 * A schedule that has the rule without UNTIL, with the end of the series. If the rule has no UNTIL, the result is the
 * schedule itself, whose series is compiled already.
 * @param current the series whose end stays; null if the command names another end
 */
function withEnd(next: Schedule, rule: RecurrenceRule | null, current: Schedule | null): Schedule {
  if (rule === null) return next;
  const until = current ? movedUntil(definitionOf(current), definitionOf(next)) : rule.until;
  const count = current?.rule ? current.rule.count : rule.count;
  if (until === null && count === rule.count) return next;
  const ended = { ...rule, until, count };
  return {
    ...next,
    rule: withCivilUntil(ended, wallClock(next.start), timeZone(next.timeZone), next.allDay),
  };
}

/** A schedule without these dates, with them. If there are none, the result is the schedule itself. */
function withDates(next: Schedule, dates: Partial<Pick<Schedule, 'rdates' | 'exdates'>>): Schedule {
  return Object.values(dates).every((list) => list.length === 0) ? next : { ...next, ...dates };
}

/**
 * Whether a rule that a command names ends as the series does. UNTIL is compared in the series' own zone, in which the
 * caller saw it. The same COUNT of another rule is a new end.
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
