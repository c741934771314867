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
import {
  civilLength,
  isLengthOfEvent,
  type Length,
  lengthOfDuration,
} from '../../../calendar/time/length.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { invalidInput } from '../../../errors/domain-error.js';
import type { TimeForm } from './event-times.js';
import { withRepeat } from './repeat-change.js';
import { resolveTime } from './resolved-time.js';
import type { Schedule } from './schedule.js';
import type { EndOrLength, ScheduleCommand } from './schedule-command.js';

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
  const { allDay = current.allDay, start, endOrLength } = command;
  if (allDay !== current.allDay && (start === undefined || endOrLength === undefined)) {
    throw invalidInput({
      field: 'allDay',
      message: 'can change only with `start` and `length` or `end`',
    });
  }
  return scheduled(command, current, current, named);
}

function scheduled(
  command: ScheduleCommand,
  defaults: TimeForm,
  current: Schedule | null,
  named: NamedOccurrence | null,
): Schedule {
  const zone = timeZone(command.timeZone ?? defaults.timeZone);
  const form = { allDay: command.allDay ?? defaults.allDay, timeZone: zone.name };
  const given = startOf(command, form, current);
  const isOfNamed = command.start === undefined && named !== null;
  const floating = floatingOf(command, form, current);
  const endTimeZone = endTimeZoneOf(command, form, current);
  const endForm = { ...form, timeZone: endTimeZone ?? form.timeZone };
  const length = lengthOf(
    command.endOrLength,
    form,
    endForm,
    isOfNamed ? named.startAt : given.startAt,
    current,
  );
  const isOther = command.start !== undefined && named !== null && current?.start !== named.originalStart;
  const start = isOther && current ? movedAlike(current, given.start, named, form.allDay) : given.start;
  const startAt = isOther ? zone.toInstant(start) : given.startAt;
  return withRepeat(
    { ...form, floating, length, start, startAt, endTimeZone },
    command.repeat,
    current,
    named?.series ?? current,
  );
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
  form: TimeForm,
  current: Schedule | null,
): Pick<Schedule, 'start' | 'startAt'> {
  if (start !== undefined) return resolveTime('start', start, form);
  if (!current) throw invalidInput({ field: 'start', message: 'is required' });
  if (form.timeZone === current.timeZone) return { start: current.start, startAt: current.startAt };
  return { start: current.start, startAt: timeZone(form.timeZone).toInstant(current.start) };
}

/**
 * Whether the days float. Without `floating`, the days of a new event float unless the command names a zone. A change keeps
 * what the event does, unless it names another zone, which pins the days to it.
 */
export function floatingOf(
  { floating: named, timeZone: zone }: ScheduleCommand,
  { allDay, timeZone: name }: TimeForm,
  current: Schedule | null,
): boolean {
  if (!allDay && named)
    throw invalidInput({ field: 'floating', message: 'must not be true unless `allDay` is' });
  if (!allDay || named !== undefined) return allDay && named === true;
  if (zone !== undefined && name !== current?.timeZone) return false;
  return current?.allDay ? current.floating : true;
}

/** The zone of the end. A change that does not name it keeps it; an all-day event has none. */
function endTimeZoneOf(
  { endTimeZone: named }: ScheduleCommand,
  { allDay }: TimeForm,
  current: Schedule | null,
): string | null {
  if (!allDay) return named === undefined ? (current?.endTimeZone ?? null) : named && timeZone(named).name;
  if (named == null) return null;
  throw invalidInput({
    field: 'endTimeZone',
    message: 'must be null or absent, since the event is all-day',
  });
}

function lengthOf(
  endOrLength: EndOrLength | undefined,
  form: TimeForm,
  endForm: TimeForm,
  startAt: Instant,
  current: Schedule | null,
): Length {
  const length =
    endOrLength === undefined
      ? (current?.length ?? (form.allDay ? { days: 1 } : null))
      : lengthFrom(endOrLength, form, endForm, startAt);
  if (length === null) throw invalidInput({ field: 'length', message: 'is required unless `end` is given' });
  if (!isLengthOfEvent(length)) {
    const message = `must be ${form.allDay ? 'at least one day' : 'at least zero'}`;
    throw invalidInput({ field: 'length', message });
  }
  if (civilLength(length) > MAX_EVENT_DAYS * DAY) {
    const field = endOrLength && 'end' in endOrLength ? 'end' : 'length';
    throw invalidInput({ field, message: `must not make it longer than ${MAX_EVENT_DAYS} days` });
  }
  return length;
}

/** @param endForm the form of an end, which may be in a zone of its own */
function lengthFrom(endOrLength: EndOrLength, form: TimeForm, endForm: TimeForm, startAt: Instant): Length {
  if ('end' in endOrLength) {
    const end = resolveTime('end', endOrLength.end, endForm);
    const from = timeZone(form.timeZone).toCivil(startAt);
    const length = form.allDay
      ? { days: epochDayOfCivil(end.start) - epochDayOfCivil(from) }
      : { seconds: (end.startAt - startAt) / SECOND };
    if (!isLengthOfEvent(length)) {
      const message = form.allDay ? 'must be after `start`' : 'must not be before `start`';
      throw invalidInput({ field: 'end', message });
    }
    return length;
  }
  if ('durationInUnitOfEvent' in endOrLength)
    return lengthOfDuration(endOrLength.durationInUnitOfEvent, form.allDay);
  const { length } = endOrLength;
  if ((length.days !== undefined) !== form.allDay) {
    const message = `must be in ${form.allDay ? 'days, since the event is all-day' : 'seconds, unless `allDay` is true'}`;
    throw invalidInput({ field: 'length', message });
  }
  return length;
}
