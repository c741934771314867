import type { ParsedComponent } from '../content/component-reader.js';
import type { ParsedLine } from '../content/parsed-line.js';
import { normalisedTimes, parameterOf } from '../content/time-values.js';
import { type GroupedProperties, groupedProperties } from '../fields/property-groups.js';
import type { Component, ContentLine } from '../model/content-line.js';
import { ICalendarError } from '../model/icalendar-error.js';
import { MAX_FILE_ATTENDEES, MAX_FILE_DATES, MAX_UID_LENGTH } from '../model/icalendar-limits.js';
import type { ReadingNotes } from '../model/reading-notes.js';
import type { FileZones } from '../zones/file-zones.js';

/** A VEVENT whose dates and times have the forms of RFC 5545 and name IANA zones. */
export interface VEvent extends GroupedProperties<ParsedLine> {
  readonly recurrenceId: ParsedLine | null;
  readonly components: readonly ParsedComponent[];
  readonly line: number;
  /** The characters of the component in the file. */
  readonly size: number;
}

/** Properties whose values are dates and times of the event. */
const TIMES = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'RDATE', 'EXDATE']);

/** Properties that some programs write without a value. */
const LISTS = new Set(['RDATE', 'EXDATE']);

/**
 * Reads a VEVENT.
 * @throws {ICalendarError} `missing_start`, `invalid_date`, `unsupported_rule`, and those of too much content
 * @example vevent(component, size, zones, notes).groups.title
 */
export function vevent(
  component: ParsedComponent,
  size: number,
  zones: FileZones,
  notes: ReadingNotes,
): VEvent {
  const properties = component.properties
    .filter(({ name, value }) => !LISTS.has(name) || value.trim() !== '')
    .map((line) => resolved(line, zones, notes));
  const { groups, others } = groupedProperties(properties.filter(({ name }) => name !== 'RECURRENCE-ID'));
  checkTime(groups, component.line);
  checkRules(properties);
  checkSizes(groups);
  const recurrenceId = properties.find(({ name }) => name === 'RECURRENCE-ID') ?? null;
  return { groups, others, recurrenceId, components: component.components, line: component.line, size };
}

/** A property with the IANA name as its TZID. */
function resolved(line: ParsedLine, zones: FileZones, notes: ReadingNotes): ParsedLine {
  const tzid = line.parameters.length === 0 ? undefined : parameterOf(line, 'TZID');
  const zoned = tzid === undefined ? line : withZone(line, zones.zoneOf(tzid, line, notes));
  if (!TIMES.has(line.name)) return zoned;
  return normalisedTimes(zoned);
}

function withZone(line: ParsedLine, zone: string): ParsedLine {
  const parameters = line.parameters.map((one) =>
    one.name === 'TZID' ? { name: 'TZID', values: [zone] } : one,
  );
  return { ...line, parameters };
}

/**
 * The line of DTSTART, DTEND or DURATION of a VEVENT; that of the VEVENT if it has none.
 * @example lineOfTime(vevent, 'DTSTART')
 */
export function lineOfTime({ groups: { time = [] }, line }: VEvent, property: string): number {
  return time.find(({ name }) => name === property)?.line ?? line;
}

function checkTime({ time = [] }: VEvent['groups'], line: number): void {
  const start = time.find(({ name }) => name === 'DTSTART');
  if (start === undefined)
    throw new ICalendarError('missing_start', 'The event has no DTSTART.', line, 'DTSTART');
  for (const { name, value, line: at } of time) {
    if (value.includes(','))
      throw new ICalendarError('invalid_date', `${name} has one date or time.`, at, name);
  }
}

/** Refuses rules that the core cannot have: exclusion rules, and several rules of one event. */
function checkRules(properties: readonly ParsedLine[]): void {
  const exclusion = properties.find(({ name }) => name === 'EXRULE');
  if (exclusion !== undefined)
    throw new ICalendarError('unsupported_rule', 'EXRULE is not supported.', exclusion.line, 'EXRULE');
  const [, second] = properties.filter(({ name }) => name === 'RRULE');
  if (second !== undefined)
    throw new ICalendarError('unsupported_rule', 'An event has at most one RRULE.', second.line, 'RRULE');
}

function checkSizes({ uid = [], dates = [], people = [] }: VEvent['groups']): void {
  checkCount('RDATE', dates, MAX_FILE_DATES, valueCount);
  checkCount('EXDATE', dates, MAX_FILE_DATES, valueCount);
  checkCount('ATTENDEE', people, MAX_FILE_ATTENDEES, () => 1);
  for (const { value, line } of uid) {
    const reason = `UID has at most ${MAX_UID_LENGTH} characters.`;
    if (value.trim().length > MAX_UID_LENGTH) throw new ICalendarError('uid_too_long', reason, line, 'UID');
  }
}

/** Refuses more than so many values of a property. */
function checkCount(
  property: string,
  lines: readonly ParsedLine[],
  most: number,
  countOf: (line: ContentLine) => number,
): void {
  let total = 0;
  for (const line of lines) {
    total += line.name === property ? countOf(line) : 0;
    if (total > most) {
      const reason = `An event has at most ${most} ${property} values.`;
      throw new ICalendarError('too_many_values', reason, line.line, property);
    }
  }
}

function valueCount({ value }: ContentLine): number {
  return value.split(',').length;
}

/**
 * A property without its line, as it is kept.
 * @example plainLine(line)
 */
export function plainLine({ name, parameters, value }: ContentLine): ContentLine {
  return { name, parameters, value };
}

/**
 * A component without lines, as it is kept.
 * @example plainComponent(alarm)
 */
export function plainComponent({ name, properties, components }: Component): Component {
  return { name, properties: properties.map(plainLine), components: components.map(plainComponent) };
}
