import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  type Instant,
  SECOND,
  timeOfDay,
  wallClock,
} from '../../calendar/time/civil-time.js';
import { civilLength, type Length, lengthOfDuration } from '../../calendar/time/length.js';
import { type TimeZone, timeZone } from '../../calendar/time/time-zone.js';
import { invalidInput } from '../../errors/domain-error.js';
import { place } from '../model/placement.js';
import { repeated } from '../model/repetition.js';
import type { Schedule } from '../model/schedule.js';
import type { RepeatDto } from './dto/repeat.dto.js';

/** An event of more than a year is a mistake, and would be read by every window of that year. */
export const MAX_DURATION_DAYS = 366;

/** What a client says of it; in a change, what is absent stays. */
export interface ScheduleInput {
  readonly start_date?: string;
  readonly end_date?: string;
  readonly duration?: number;
  readonly all_day?: boolean;
  readonly time_zone?: string;
  readonly repeat?: RepeatDto | null;
}

/** The occurrence that a client names to change it and all later ones: times of the request refer to it. */
export interface NamedOccurrence {
  /** The series as the client saw it, before it was split. */
  readonly series: Schedule;
  readonly originalStart: CivilTime;
  /** Its own start, if it was moved. */
  readonly startAt: Instant;
}

/**
 * The schedule of a new event, or of `current` changed by `input`.
 * @param defaultZone of a new event that names none
 * @param named the occurrence of `current` from which on the client changes it; null: `current` as a whole
 * @throws {DomainError} invalid, naming the field
 */
export function scheduleOf(
  input: ScheduleInput,
  defaultZone: string,
  current: Schedule | null = null,
  named: NamedOccurrence | null = null,
): Schedule {
  const allDay = input.all_day ?? current?.allDay ?? false;
  if (current && allDay !== current.allDay && (input.start_date === undefined || !saysLength(input))) {
    throw invalidInput({
      field: 'all_day',
      message: 'can change only with start_date and duration or end_date',
    });
  }
  const zone = timeZone(input.time_zone ?? current?.timeZone ?? defaultZone);
  const placed = startOf(input, allDay, zone, current);
  const lengthFrom = input.start_date === undefined && named ? named.startAt : placed.startAt;
  const length = lengthOf(input, allDay, zone, lengthFrom, current);
  const isOther = input.start_date !== undefined && named && current?.start !== named.originalStart;
  const start = isOther && current ? movedAlike(current, placed.start, named, allDay) : placed.start;
  const startAt = isOther ? zone.toInstant(start) : placed.startAt;
  const schedule = { allDay, timeZone: zone.name, length, start, startAt };
  return repeated(schedule, input.repeat, current, named?.series ?? current);
}

/** The start of a series of which another occurrence moves to `civil`: it moves as far. */
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

function saysLength(input: ScheduleInput): boolean {
  return input.duration !== undefined || input.end_date !== undefined;
}

function startOf(
  input: ScheduleInput,
  allDay: boolean,
  zone: TimeZone,
  current: Schedule | null,
): Pick<Schedule, 'start' | 'startAt'> {
  if (input.start_date !== undefined)
    return place('start_date', input.start_date, { allDay, timeZone: zone.name });
  if (!current) throw invalidInput({ field: 'start_date', message: 'is required' });
  if (zone.name === current.timeZone) return { start: current.start, startAt: current.startAt };
  return { start: current.start, startAt: zone.toInstant(current.start) };
}

function lengthOf(
  input: ScheduleInput,
  allDay: boolean,
  zone: TimeZone,
  startAt: Instant,
  current: Schedule | null,
): Length {
  if (input.duration !== undefined && input.end_date !== undefined) {
    throw invalidInput({ field: 'end_date', message: 'does not go with duration: say one of them' });
  }
  const length =
    lengthGiven(input, allDay, zone, startAt) ?? current?.length ?? (allDay ? { days: 1 } : null);
  if (length === null) {
    throw invalidInput({ field: 'duration', message: 'is required unless end_date is given' });
  }
  if (civilLength(length) > MAX_DURATION_DAYS * DAY) {
    const field = input.end_date === undefined ? 'duration' : 'end_date';
    throw invalidInput({ field, message: `must not make it longer than ${MAX_DURATION_DAYS} days` });
  }
  return length;
}

function lengthGiven(
  { duration, end_date }: ScheduleInput,
  allDay: boolean,
  zone: TimeZone,
  startAt: Instant,
): Length | null {
  if (duration !== undefined) return lengthOfDuration(duration, allDay);
  if (end_date === undefined) return null;
  const end = place('end_date', end_date, { allDay, timeZone: zone.name });
  const length = allDay
    ? { days: epochDayOfCivil(end.start) - epochDayOfCivil(zone.toCivil(startAt)) }
    : { seconds: (end.startAt - startAt) / SECOND };
  if (civilLength(length) <= 0)
    throw invalidInput({ field: 'end_date', message: 'must be after start_date' });
  return length;
}
