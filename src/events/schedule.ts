import { CalendarError } from '../calendar/calendar-error.js';
import { type CivilTime, DAY, type Instant, SECOND } from '../calendar/civil-time.js';
import { compileSeries, firstStart, type SeriesDefinition } from '../calendar/event-series.js';
import { parseRecurrenceRule, type RecurrenceRule } from '../calendar/recurrence-rule.js';
import { firstOccurrence } from '../calendar/recurrence-set.js';
import { withCivilUntil } from '../calendar/recurrence-until.js';
import { type TimeZone, timeZone } from '../calendar/time-zone.js';
import { atField, invalidInput } from '../common/domain-error.js';
import { parseWhen } from '../common/when.js';
import { type EventTimesRow, seriesDefinition } from '../scheduling/series.js';
import type { RepeatDto } from './dto/repeat.dto.js';
import { startInstant } from './event-times.js';
import { ruleText } from './repeat-rule.js';

/** An event of more than a year is a mistake, and would be read by every window of that year. */
export const MAX_DURATION_DAYS = 366;

/** When an event is, and how it repeats. */
export interface Schedule {
  readonly allDay: boolean;
  readonly timeZone: string;
  readonly start: CivilTime;
  /** The instant of `start`; for an event that does not repeat the one the client named, also in an overlap's second hour. */
  readonly startAt: Instant;
  /** Seconds; whole days when it is all-day. */
  readonly duration: number;
  readonly rule: RecurrenceRule | null;
  readonly rdates: readonly CivilTime[];
  readonly exdates: readonly CivilTime[];
}

/** What a client says of it; in a change, what is absent stays. */
export interface ScheduleInput {
  readonly start_date?: string;
  readonly end_date?: string;
  readonly duration?: number;
  readonly all_day?: boolean;
  readonly time_zone?: string;
  readonly repeat?: RepeatDto | null;
}

/**
 * The schedule of a new event, or of `current` changed by `input`.
 * @param defaultZone of a new event that names none
 * @throws {DomainError} invalid, naming the field
 */
export function scheduleOf(
  input: ScheduleInput,
  defaultZone: string,
  current: Schedule | null = null,
): Schedule {
  const allDay = input.all_day ?? current?.allDay ?? false;
  if (current && allDay !== current.allDay && (input.start_date === undefined || !saysLength(input))) {
    throw invalidInput({
      field: 'all_day',
      message: 'can change only with start_date and duration or end_date',
    });
  }
  const zone = timeZone(input.time_zone ?? current?.timeZone ?? defaultZone);
  const { start, startAt } = startOf(input, allDay, zone, current);
  const duration = durationOf(input, allDay, zone, startAt, current);
  const placed = { allDay, timeZone: zone.name, start, startAt, duration };
  return settle({ ...placed, ...repetitionOf(input.repeat, placed, zone, current) }, zone);
}

/** The schedule of an event as it is kept. */
export function scheduleFrom(event: EventTimesRow): Schedule {
  const { allDay, timeZone: zone, start, rule, rdates, exdates } = seriesDefinition(event);
  return {
    allDay,
    timeZone: zone,
    start,
    startAt: startInstant(event),
    duration: event.duration,
    rule,
    rdates,
    exdates,
  };
}

/** The core's view of a schedule: durations in milliseconds. */
export function definitionOf(schedule: Omit<Schedule, 'startAt'>): SeriesDefinition {
  const { allDay, duration, ...rest } = schedule;
  return { ...rest, allDay, duration: duration * (allDay ? DAY : SECOND), overrides: [] };
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
  if (input.start_date !== undefined) return place('start_date', input.start_date, allDay, zone);
  if (!current) throw invalidInput({ field: 'start_date', message: 'is missing' });
  if (zone.name === current.timeZone) return { start: current.start, startAt: current.startAt };
  return { start: current.start, startAt: zone.toInstant(current.start) };
}

/** The civil time and the instant of what a client wrote at `field`. */
function place(
  field: string,
  text: string,
  allDay: boolean,
  zone: TimeZone,
): Pick<Schedule, 'start' | 'startAt'> {
  const when = parseWhen(text);
  if (when === null) throw invalidInput({ field, message: 'is not a time' });
  if (allDay !== (when.kind === 'date')) {
    const message = allDay
      ? 'must be a date, since it is all-day'
      : 'must have a time of day, unless all_day is true';
    throw invalidInput({ field, message });
  }
  if (when.kind === 'instant') return { start: zone.toCivil(when.instant), startAt: when.instant };
  return { start: when.civil, startAt: zone.toInstant(when.civil) };
}

function durationOf(
  input: ScheduleInput,
  allDay: boolean,
  zone: TimeZone,
  startAt: Instant,
  current: Schedule | null,
): number {
  if (input.duration !== undefined && input.end_date !== undefined) {
    throw invalidInput({ field: 'end_date', message: 'does not go with duration: say one of them' });
  }
  const unit = allDay ? 86_400 : 1;
  let duration = input.duration ?? current?.duration;
  if (input.end_date !== undefined) {
    const end = place('end_date', input.end_date, allDay, zone);
    duration = allDay ? (end.start - zone.toCivil(startAt)) / DAY : (end.startAt - startAt) / SECOND;
    if (duration <= 0) throw invalidInput({ field: 'end_date', message: 'must be after start_date' });
  }
  if (duration === undefined) {
    if (allDay) return 1;
    throw invalidInput({ field: 'duration', message: 'or end_date must be given' });
  }
  if (duration * unit > MAX_DURATION_DAYS * 86_400) {
    const field = input.end_date === undefined ? 'duration' : 'end_date';
    throw invalidInput({ field, message: `must not make it longer than ${MAX_DURATION_DAYS} days` });
  }
  return duration;
}

function repetitionOf(
  repeat: RepeatDto | null | undefined,
  placed: Omit<Schedule, 'rule' | 'rdates' | 'exdates'>,
  zone: TimeZone,
  current: Schedule | null,
): Pick<Schedule, 'rule' | 'rdates' | 'exdates'> {
  if (repeat === undefined && current) {
    return { rule: current.rule, rdates: current.rdates, exdates: current.exdates };
  }
  if (repeat == null) return { rule: null, rdates: [], exdates: [] };
  const text = ruleText(repeat, new Date(placed.start).getUTCMonth() + 1);
  const rule = text === null ? null : atField('repeat', () => parseRecurrenceRule(text));
  const dates = (field: 'rdates' | 'exdates') =>
    [
      ...new Set(
        (repeat[field] ?? []).map((date) => place(`repeat.${field}`, date, placed.allDay, zone).start),
      ),
    ].toSorted((a, b) => a - b);
  return { rule, rdates: dates('rdates'), exdates: dates('exdates') };
}

/** Moves the start of a series to the first occurrence its rule yields, and writes the rule as it will be kept. */
function settle(schedule: Schedule, zone: TimeZone): Schedule {
  if (schedule.rule === null && schedule.rdates.length === 0) return schedule;
  return atField('repeat', () => {
    const start = firstStart(definitionOf(schedule));
    const rule = schedule.rule && withCivilUntil(schedule.rule, start, zone, schedule.allDay);
    const settled = { ...schedule, rule, start, startAt: zone.toInstant(start) };
    if (firstOccurrence(compileSeries(definitionOf(settled))) === null) {
      throw new CalendarError('invalid', 'no_occurrence', 'The exdates leave no occurrence.');
    }
    return settled;
  });
}
