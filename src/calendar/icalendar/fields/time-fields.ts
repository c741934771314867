import { type CivilTime, DAY, SECOND } from '../../time/civil-time.js';
import { endAfter, type Length } from '../../time/length.js';
import { type TimeZone, timeZone } from '../../time/time-zone.js';
import { durationValue, type WrittenDuration, writtenDuration } from '../content/duration-value.js';
import {
  dateOf,
  daysBetween,
  parameterOf,
  timeLine,
  type WrittenTime,
  writtenTime,
} from '../content/time-values.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarTimes } from '../model/icalendar-event.js';

/** The fields of DTSTART, DTEND and DURATION. */
export interface TimeFields extends Omit<ICalendarTimes, 'rule' | 'rdates' | 'exdates'> {
  /** Whether the times have no zone in the file. */
  readonly floats: boolean;
  /** A DURATION with days, of which an event of times has seconds; null: no DURATION has days, or the event is all-day. */
  readonly nominal: WrittenDuration | null;
  /** What was wrong with the end; null: nothing. */
  readonly fault: 'end_equals_start' | 'end_before_start' | null;
}

/**
 * The times of a component (RFC 5545 §3.6.1). Without DTEND and DURATION, a date lasts a day and a time takes no time. An
 * end at or before the start counts as none.
 * @param lines normalised; DTSTART is one of them
 * @param zone the zone of dates and of floating times
 * @example timeFields([start, end], 'Europe/Berlin').length
 */
export function timeFields(lines: readonly ContentLine[], zone: string): TimeFields {
  const start = timeOf(lines, 'DTSTART');
  if (start === null) throw new RangeError('DTSTART is missing.');
  const end = timeOf(lines, 'DTEND');
  const duration = lines.find(({ name }) => name === 'DURATION');
  const allDay = start.form === 'date';
  const own = start.zone ?? zone;
  const size = allDay
    ? daysOf(start.civil, end, duration?.value)
    : secondsOf(start.civil, own, end, duration?.value);
  const fault = size === null || size > 0 || (size === 0 && !allDay) ? null : faultOf(size);
  const length = Math.max(size ?? 0, allDay ? 1 : 0);
  return {
    allDay,
    floating: allDay,
    timeZone: own,
    start: start.civil,
    floats: start.form === 'floating',
    length: allDay ? { days: length } : { seconds: length },
    endTimeZone: end?.form === 'zoned' && end.zone !== own && !allDay ? end.zone : null,
    nominal: allDay || end !== null || size === null ? null : nominalOf(duration?.value),
    fault,
  };
}

function nominalOf(duration = ''): WrittenDuration | null {
  const written = writtenDuration(duration);
  return written !== null && written.days > 0 ? written : null;
}

/**
 * The length of an event with such times. A DURATION in days ends each occurrence of a series at the same time of day (RFC
 * 5545 §3.3.6), and its length is that of days without a change of the clocks.
 * @example seriesLengthOf(time, { rule: null, rdates: [] }).seconds
 */
export function seriesLengthOf(
  { length, nominal }: Pick<TimeFields, 'length' | 'nominal'>,
  series: Pick<ICalendarTimes, 'rule' | 'rdates'>,
): Length {
  if (nominal === null || (series.rule === null && series.rdates.length === 0)) return length;
  return { seconds: (nominal.days * DAY) / SECOND + nominal.seconds };
}

/**
 * The start of an event that does not repeat: the clocks show it. A DTSTART in a gap of the clocks names an instant after the
 * gap (RFC 5545 §3.3.5). Each occurrence of a series has its own, so the start of a series stays.
 * @example startOfOne({ start, allDay: false, timeZone: 'Europe/Berlin' })
 */
export function startOfOne({
  start,
  allDay,
  timeZone: name,
}: Pick<ICalendarTimes, 'start' | 'allDay' | 'timeZone'>): CivilTime {
  return allDay ? start : timeZone(name).toExactCivil(timeZone(name).toInstant(start));
}

/**
 * The seconds that a DURATION takes from a start on. Its days are days of the calendar.
 * @example secondsFrom(start, timeZone('Europe/Berlin'), { days: 1, seconds: 0 })
 */
export function secondsFrom(start: CivilTime, zone: TimeZone, { days, seconds }: WrittenDuration): number {
  return (zone.toInstant(start + days * DAY) - zone.toInstant(start)) / SECOND + seconds;
}

function faultOf(size: number): TimeFields['fault'] {
  return size === 0 ? 'end_equals_start' : 'end_before_start';
}

function timeOf(lines: readonly ContentLine[], name: string): WrittenTime | null {
  const line = lines.find((candidate) => candidate.name === name);
  return line === undefined ? null : writtenTime(line.value, parameterOf(line, 'TZID') ?? null);
}

/** The days of an all-day event; null if nothing names the end. */
function daysOf(start: CivilTime, end: WrittenTime | null, duration: string | undefined): number | null {
  if (end !== null)
    return daysBetween(start, end.form === 'date' ? end.civil : dateOf(end.civil + DAY - SECOND));
  const written = duration === undefined ? null : writtenDuration(duration);
  return written && written.days + Math.ceil((written.seconds * SECOND) / DAY);
}

/** The seconds of an event that is not all-day; null if nothing names the end. */
function secondsOf(
  start: CivilTime,
  zone: string,
  end: WrittenTime | null,
  duration: string | undefined,
): number | null {
  const startAt = timeZone(zone).toInstant(start);
  if (end !== null) return (timeZone(end.zone ?? zone).toInstant(end.civil) - startAt) / SECOND;
  const written = duration === undefined ? null : writtenDuration(duration);
  return written && secondsFrom(start, timeZone(zone), written);
}

/**
 * DTSTART and DTEND of fields. If no civil time names the end, DURATION names it. An event that takes no time has no end.
 * @example timeLines(fields)[0].name // 'DTSTART'
 */
export function timeLines(fields: Omit<TimeFields, 'fault' | 'floating' | 'nominal'>): ContentLine[] {
  const { allDay, timeZone: zone, endTimeZone, start, length, floats } = fields;
  const first = timeLine('DTSTART', start, { allDay, zone, floats });
  if (length.days !== undefined)
    return [first, timeLine('DTEND', start + length.days * DAY, { allDay, zone, floats })];
  if (length.seconds === 0) return [first];
  const end = endAfter(timeZone(zone).toInstant(start), length, timeZone(zone));
  const endZone = endTimeZone ?? zone;
  const civil = timeZone(endZone).toCivil(end);
  if (timeZone(endZone).toInstant(civil) !== end)
    return [first, { name: 'DURATION', parameters: [], value: durationValue(length.seconds) }];
  return [first, timeLine('DTEND', civil, { allDay, zone: endZone, floats: floats && endTimeZone === null })];
}
