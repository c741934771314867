import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  FIRST_YEAR,
  type Instant,
  LAST_YEAR,
  wallClock,
} from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import type { ContentLine, Parameter } from '../model/content-line.js';
import { ICalendarError } from '../model/icalendar-error.js';
import { basicDateText, basicTime, basicTimeText } from './basic-time.js';
import type { ParsedLine } from './parsed-line.js';

/** A DATE or DATE-TIME as it is written (RFC 5545 §3.3.4, §3.3.5). */
export interface WrittenTime {
  readonly form: 'date' | 'utc' | 'zoned' | 'floating';
  /** The reading of the clocks; of a date its midnight. */
  readonly civil: CivilTime;
  /** IANA name; `UTC` of a time with `Z`; null of a date and of a floating time. */
  readonly zone: string | null;
}

/** Dates and times as programs write them: in basic or extended form, with or without seconds. */
const TIME = /^(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?([Zz])?)?$/;

/**
 * The value of a parameter; undefined if the property does not have it.
 * @example parameterOf(line, 'TZID') // 'Europe/Berlin'
 */
export function parameterOf({ parameters }: ContentLine, name: string): string | undefined {
  for (const parameter of parameters) if (parameter.name === name) return parameter.values[0];
  return undefined;
}

/**
 * A property whose values are dates and times, in the form of RFC 5545: with VALUE=DATE exactly if the values are dates,
 * with TZID exactly if they are times of a zone, and in basic form.
 * @param line its TZID, if any, is an IANA name already
 * @throws {ICalendarError} `invalid_date`
 * @example normalisedTimes(parsedLine('DTSTART:20260101', 1)) // DTSTART;VALUE=DATE:20260101
 */
export function normalisedTimes(line: ParsedLine): ParsedLine {
  const zone = parameterOf(line, 'TZID');
  const type = parameterOf(line, 'VALUE')?.toUpperCase();
  if (isNormalised(line, zone, type)) return line;
  const written = line.value.split(',').filter((value) => value.trim() !== '');
  if (written.length === 0) throw invalidDate(line, line.value);
  if (type === 'PERIOD' && line.name === 'RDATE')
    return { ...line, value: written.map((period) => periodText(line, period, zone)).join() };
  const values = written.map((value) => timeText(line, value.trim(), zone, type === 'DATE'));
  const isDate = values[0].length === 8;
  if (values.some((value) => (value.length === 8) !== isDate)) throw invalidDate(line, line.value);
  const isLocal = !isDate && !values[0].endsWith('Z');
  const parameters = line.parameters.filter(
    ({ name }) => name !== 'VALUE' && (name !== 'TZID' || (isLocal && zone !== 'UTC')),
  );
  const value = values.join();
  return { ...line, parameters: isDate ? [DATE, ...parameters] : parameters, value };
}

/** Whether a property has one value, in the form of RFC 5545 already. */
function isNormalised(
  { value, parameters }: ContentLine,
  zone: string | undefined,
  type: string | undefined,
): boolean {
  if (basicTime(value) === null) return false;
  if (value.length === 8)
    return type === 'DATE' && parameters.length === 1 && parameters[0].values[0] === 'DATE';
  return type === undefined && (zone === undefined || (zone !== 'UTC' && !value.endsWith('Z')));
}

const DATE: Parameter = { name: 'VALUE', values: ['DATE'] };

function periodText(line: ParsedLine, period: string, zone: string | undefined): string {
  const [start, end = ''] = period.trim().split('/');
  const from = timeText(line, start, zone, false);
  if (from.length === 8) throw invalidDate(line, period);
  return `${from}/${/^[+-]?P/i.test(end) ? end.toUpperCase() : timeText(line, end, zone, false)}`;
}

/** A value in basic form. A time of the zone UTC, and a time with `Z` beside a TZID, have the form that the zone calls for. */
function timeText(line: ParsedLine, text: string, zone: string | undefined, isDate: boolean): string {
  const isPlain =
    zone === undefined ? !(isDate && text.length > 8) : !isDate && text.length === 15 && zone !== 'UTC';
  if (isPlain && basicTime(text) !== null) return text;
  const match = TIME.exec(text);
  if (match === null) throw invalidDate(line, text);
  const [, year, month, day, hour, minute, second = '00', utc] = match;
  // RFC 5545 §3.3.12 reads a leap second as the second before it.
  const time = hour === undefined || isDate ? '' : `T${hour}${minute}${second === '60' ? '59' : second}`;
  const basic = `${year}${month}${day}${time}`;
  const civil = civilOf(line, basic);
  if (time === '') return basic;
  if (utc === undefined) return zone === 'UTC' ? `${basic}Z` : basic;
  return zone === undefined || zone === 'UTC' ? `${basic}Z` : basicTimeText(timeZone(zone).toCivil(civil));
}

function civilOf(line: ParsedLine, basic: string): CivilTime {
  const civil = basicTime(basic);
  if (civil === null) throw invalidDate(line, basic);
  return civil;
}

function invalidDate({ name, line }: ParsedLine, text: string): ICalendarError {
  const reason = `"${text.slice(0, 40)}" is no date or time in the years ${FIRST_YEAR} to ${LAST_YEAR}.`;
  return new ICalendarError('invalid_date', reason, line, name);
}

/**
 * The dates and times of a normalised property that has no periods.
 * @example writtenTimes(line)[0].form // 'date'
 */
export function writtenTimes(line: ContentLine): WrittenTime[] {
  const zone = parameterOf(line, 'TZID') ?? null;
  return line.value.split(',').map((value) => writtenTime(value, zone));
}

/**
 * A date or a time in the form of RFC 5545. `zone` is the zone of a local time.
 * @example writtenTime('20260101T090000Z', null).zone // 'UTC'
 */
export function writtenTime(value: string, zone: string | null): WrittenTime {
  const civil = basicTime(value) ?? Number.NaN;
  if (value.length === 8) return { form: 'date', civil, zone: null };
  if (value.endsWith('Z')) return { form: 'utc', civil, zone: 'UTC' };
  return { form: zone === null ? 'floating' : 'zoned', civil, zone };
}

/**
 * The civil time of a written time in the zone of a series, with its pass. A date is its midnight in every zone.
 * @param otherwise the zone of a floating time
 * @example civilIn(writtenTime('20260101T090000Z', null), 'Europe/Berlin', 'UTC') // of 10:00
 */
export function civilIn({ form, civil, zone }: WrittenTime, target: string, otherwise: string): CivilTime {
  const own = zone ?? otherwise;
  if (form === 'date' || own === target) return civil;
  return timeZone(target).toExactCivil(timeZone(own).toInstant(civil));
}

/**
 * A property with one date or time in the form of a series: a date, UTC, a time of the zone, or a floating time. A time in
 * the second pass of a repeated hour is in UTC, because no other form of iCalendar names it.
 * @example timeLine('DTSTART', civil, { allDay: true, zone: 'UTC', floats: false })
 */
export function timeLine(name: string, civil: CivilTime, { allDay, zone, floats }: SeriesForm): ContentLine {
  if (allDay) return { name, parameters: [DATE], value: basicDateText(civil) };
  if (zone === 'UTC' && !floats) return { name, parameters: [], value: `${basicTimeText(civil)}Z` };
  if (timeZone(zone).toInstant(civil) !== timeZone(zone).toInstant(wallClock(civil)))
    return { name, parameters: [], value: instantText(timeZone(zone).toInstant(civil)) };
  const parameters = floats ? [] : [{ name: 'TZID', values: [zone] }];
  return { name, parameters, value: basicTimeText(civil) };
}

/** How the times of a series are written. */
export interface SeriesForm {
  readonly allDay: boolean;
  /** IANA name. */
  readonly zone: string;
  /** Whether times are written without their zone. */
  readonly floats: boolean;
}

/**
 * An instant as a DATE-TIME in UTC.
 * @example instantText(0) // '19700101T000000Z'
 */
export function instantText(instant: Instant): string {
  return `${basicTimeText(instant)}Z`;
}

/**
 * The instant of a property such as DTSTAMP; null if it has none.
 * @example instantOf(parsedLine('DTSTAMP:20260101T000000Z', 1))
 */
export function instantOf({ value }: ContentLine): Instant | null {
  const instant = basicTime(value);
  if (instant !== null) return instant;
  const match = TIME.exec(value.trim());
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  return basicTime(`${year}${month}${day}T${hour}${minute}${second === '60' ? '59' : second}`);
}

/**
 * The number of days from the date of one civil time to that of another.
 * @example daysBetween(monday, tuesday) // 1
 */
export function daysBetween(start: CivilTime, end: CivilTime): number {
  return epochDayOfCivil(end) - epochDayOfCivil(start);
}

/**
 * The date of a civil time, as its midnight.
 * @example dateOf(civil) % DAY // 0
 */
export function dateOf(civil: CivilTime): CivilTime {
  return epochDayOfCivil(civil) * DAY;
}
