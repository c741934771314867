import { CalendarError } from '../../../calendar/calendar-error.js';
import { firstOccurrence } from '../../../calendar/recurrence/series/recurrence-set.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import { isSameLength } from '../../../calendar/time/length.js';
import { atField } from '../../../errors/domain-error.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import { movedExdates } from '../schedule/repeat-dates.js';
import { type Schedule, seriesOf } from '../schedule/schedule.js';
import { floatingOf, newSchedule } from '../schedule/schedule-change.js';
import type { ScheduleCommand } from '../schedule/schedule-command.js';

/**
 * The schedule of an event that a command for a new event replaces: that of the new event. If the command names no
 * EXDATEs, those of the event stay as in a change, so that deleted occurrences stay deleted. If it does not name whether
 * the days float, they float or not as in a change.
 * @param defaultZone the zone of an event whose command names none
 * @returns null if the event has this schedule already
 * @throws {DomainError} invalid, naming the field
 */
export function replacedSchedule(
  current: Schedule,
  command: ScheduleCommand,
  defaultZone: string,
): Schedule | null {
  const asNew = newSchedule(command, defaultZone);
  const created = { ...asNew, floating: floatingOf(command, asNew, current) };
  const next = command.repeat?.exdates === undefined ? withExdatesOf(current, created) : created;
  return isSameSchedule(current, next) ? null : next;
}

function withExdatesOf(current: Schedule, next: Schedule): Schedule {
  if (!repeats(next) || current.exdates.length === 0) return next;
  return atField('repeat', () => {
    const exdates = movedExdates({ kept: current.exdates, named: [] }, next, current);
    const schedule = { ...next, exdates };
    if (firstOccurrence(seriesOf(schedule)) === null)
      throw new CalendarError('invalid', 'no_occurrence', 'The exdates of the event leave no occurrence.');
    return schedule;
  });
}

function isSameSchedule(one: Schedule, other: Schedule): boolean {
  return (
    one.allDay === other.allDay &&
    one.floating === other.floating &&
    one.timeZone === other.timeZone &&
    one.endTimeZone === other.endTimeZone &&
    one.start === other.start &&
    one.startAt === other.startAt &&
    isSameLength(one.length, other.length) &&
    ruleText(one) === ruleText(other) &&
    isSameList(one.rdates, other.rdates) &&
    isSameList(one.exdates, other.exdates)
  );
}

function ruleText({ rule }: Schedule): string | null {
  return rule && WrittenRule.of(rule).text;
}

function isSameList(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((date, index) => date === other[index]);
}
