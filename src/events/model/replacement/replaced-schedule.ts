import { CalendarError } from '../../../calendar/calendar-error.js';
import { isShift } from '../../../calendar/recurrence/changes/series-move.js';
import { firstOccurrence } from '../../../calendar/recurrence/series/recurrence-set.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import { isSameLength } from '../../../calendar/time/length.js';
import { atField } from '../../../errors/domain-error.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import { type CutSchedule, movedEnd, scheduleBefore } from '../cut/cut-schedule.js';
import { movedExdates } from '../schedule/repeat-dates.js';
import { definitionOf, type Schedule, seriesOf } from '../schedule/schedule.js';
import { floatingOf, newSchedule } from '../schedule/schedule-change.js';
import type { ScheduleCommand } from '../schedule/schedule-command.js';
import { isSameList } from './equal-values.js';

/**
 * The schedule of an event that a command for a new event replaces: that of the new event. If the command names no
 * EXDATEs, those of the event stay as in a change, so that deleted occurrences stay deleted. If it does not name whether
 * the days float, they float or not as in a change. If the event was cut, the schedule ends before the cut, which moves
 * with it. A schedule without an occurrence before the cut is that of another series, and the cut ends; a start that moves
 * by at most twelve hours never makes another series.
 * @param defaultZone the zone of an event whose command names none
 * @returns null if the event has this schedule already
 * @throws {DomainError} invalid, naming the field
 */
export function replacedSchedule(
  current: CutSchedule,
  command: ScheduleCommand,
  defaultZone: string,
): CutSchedule | null {
  const asNew = newSchedule(command, defaultZone);
  const created = { ...asNew, floating: floatingOf(command, asNew, current.schedule) };
  const keepsExdates = command.repeat?.exdates === undefined;
  const partBefore = (endsBefore: CutSchedule['endsBefore']): CutSchedule | null => {
    const part = scheduleBefore(created, endsBefore);
    if (part === null) return null;
    return { schedule: keepsExdates ? withExdatesOf(current.schedule, part) : part, endsBefore };
  };
  const unmoved = partBefore(current.endsBefore);
  if (unmoved && isSameSchedule(current.schedule, unmoved.schedule)) return null;
  const isOther = unmoved === null && !isShift(definitionOf(current.schedule), definitionOf(created));
  const moved = isOther ? null : partBefore(movedEnd(current, created));
  if (moved && takesPlace(moved)) return moved;
  const whole = {
    schedule: keepsExdates ? withExdatesOf(current.schedule, created) : created,
    endsBefore: null,
  };
  return atField('repeat', () => {
    if (takesPlace(whole)) return whole;
    throw new CalendarError('invalid', 'no_occurrence', 'The exdates of the event leave no occurrence.');
  });
}

/** The schedule with its own EXDATEs and those of the event. */
function withExdatesOf(current: Schedule, next: Schedule): Schedule {
  if (!repeats(next) || current.exdates.length === 0) return next;
  const kept = atField('repeat', () => movedExdates({ kept: current.exdates, named: [] }, next, current));
  return { ...next, exdates: inOrder([...next.exdates, ...kept]) };
}

function takesPlace({ schedule }: CutSchedule): boolean {
  return !repeats(schedule) || firstOccurrence(seriesOf(schedule)) !== null;
}

/** Whether two schedules are stored alike. EXDATEs have no order. */
export function isSameSchedule(one: Schedule, other: Schedule): boolean {
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
    isSameList(inOrder(one.exdates), inOrder(other.exdates))
  );
}

function ruleText({ rule }: Schedule): string | null {
  return rule && WrittenRule.of(rule).text;
}

function inOrder(dates: readonly number[]): number[] {
  return [...new Set(dates)].toSorted((a, b) => a - b);
}
