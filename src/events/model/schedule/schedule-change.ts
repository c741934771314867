import { MAX_DAYS_IN_YEAR } from '../../../calendar/recurrence/rule/rule-limits.js';
import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  type Instant,
  SECOND,
  timeOfDay,
  wallClock,
} from '../../../calendar/time/civil-time.js';
import { civilLength, type Length, lengthOfDuration } from '../../../calendar/time/length.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { withRepeat } from './repeat-change.js';
import { resolveTime } from './resolved-time.js';
import type { Schedule } from './schedule.js';
import type { Extent, ScheduleCommand } from './schedule-command.js';

/** A longer event is a mistake, and every window of a year would read it. */
export const MAX_EVENT_DAYS = MAX_DAYS_IN_YEAR;

/** The occurrence from which on a series changes. The start and the end of the command are those of this occurrence. */
export interface NamedOccurrence {
  /** The series as the caller saw it, before it was split. */
  readonly series: Schedule;
  readonly originalStart: CivilTime;
  /** Its own start, which an override may have moved. */
  readonly startAt: Instant;
}

type Frame = Pick<Schedule, 'allDay' | 'timeZone'>;

/**
 * The schedule of a new event.
 * @param defaultZone the zone of an event whose command names none
 * @throws {DomainError} invalid, naming the field
 */
export function newSchedule(command: ScheduleCommand, defaultZone: string): Schedule {
  return scheduled(command, { allDay: false, timeZone: defaultZone }, null, null);
}

/**
 * `current`, changed by the fields that a command names.
 * @param named the occurrence of `current` from which on the caller changes it; null: `current` as a whole
 * @throws {DomainError} invalid, naming the field
 */
export function changedSchedule(
  current: Schedule,
  command: ScheduleCommand,
  named: NamedOccurrence | null = null,
): Schedule {
  const { allDay = current.allDay, start, extent } = command;
  if (allDay !== current.allDay && (start === undefined || extent === undefined)) {
    throw invalidInput({
      field: 'allDay',
      message: 'can change only with `start` and `length` or `end`',
    });
  }
  return scheduled(command, current, current, named);
}

function scheduled(
  command: ScheduleCommand,
  defaults: Frame,
  current: Schedule | null,
  named: NamedOccurrence | null,
): Schedule {
  const zone = timeZone(command.timeZone ?? defaults.timeZone);
  const frame = { allDay: command.allDay ?? defaults.allDay, timeZone: zone.name };
  const given = startOf(command, frame, current);
  const isExtentOfNamed = command.start === undefined && named !== null;
  const length = lengthOf(command.extent, frame, isExtentOfNamed ? named.startAt : given.startAt, current);
  const isOther = command.start !== undefined && named !== null && current?.start !== named.originalStart;
  const start = isOther && current ? movedAlike(current, given.start, named, frame.allDay) : given.start;
  const startAt = isOther ? zone.toInstant(start) : given.startAt;
  return withRepeat({ ...frame, length, start, startAt }, command.repeat, current, named?.series ?? current);
}

/** The start of a series of which another occurrence moves to `civil`: it moves by the same length. */
function movedAlike(
  current: Schedule,
  civil: CivilTime,
  { originalStart }: NamedOccurrence,
  allDay: boolean,
): CivilTime {
  const [start, from, to] = [current.start, originalStart, civil].map(wallClock);
  if (current.allDay === allDay) return start + to - from;
  return (epochDayOfCivil(start) + epochDayOfCivil(to) - epochDayOfCivil(from)) * DAY + timeOfDay(to);
}

function startOf(
  { start }: ScheduleCommand,
  frame: Frame,
  current: Schedule | null,
): Pick<Schedule, 'start' | 'startAt'> {
  if (start !== undefined) return resolveTime('start', start, frame);
  if (!current) throw invalidInput({ field: 'start', message: 'is required' });
  if (frame.timeZone === current.timeZone) return { start: current.start, startAt: current.startAt };
  return { start: current.start, startAt: timeZone(frame.timeZone).toInstant(current.start) };
}

function lengthOf(
  extent: Extent | undefined,
  frame: Frame,
  startAt: Instant,
  current: Schedule | null,
): Length {
  const length =
    extent === undefined
      ? (current?.length ?? (frame.allDay ? { days: 1 } : null))
      : lengthOfExtent(extent, frame, startAt);
  if (length === null) throw invalidInput({ field: 'length', message: 'is required unless `end` is given' });
  if (civilLength(length) > MAX_EVENT_DAYS * DAY) {
    const field = extent && 'end' in extent ? 'end' : 'length';
    throw invalidInput({ field, message: `must not make it longer than ${MAX_EVENT_DAYS} days` });
  }
  return length;
}

function lengthOfExtent(extent: Extent, frame: Frame, startAt: Instant): Length {
  if ('count' in extent) return lengthOfDuration(extent.count, frame.allDay);
  if ('end' in extent) {
    const end = resolveTime('end', extent.end, frame);
    const from = timeZone(frame.timeZone).toCivil(startAt);
    const length = frame.allDay
      ? { days: epochDayOfCivil(end.start) - epochDayOfCivil(from) }
      : { seconds: (end.startAt - startAt) / SECOND };
    if (civilLength(length) <= 0) throw invalidInput({ field: 'end', message: 'must be after `start`' });
    return length;
  }
  if ((extent.length.days !== undefined) !== frame.allDay) {
    const message = `must be in ${frame.allDay ? 'days, since it is all-day' : 'seconds, unless `allDay` is true'}`;
    throw invalidInput({ field: 'length', message });
  }
  return extent.length;
}
