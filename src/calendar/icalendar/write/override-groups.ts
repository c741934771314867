import { type CivilTime, DAY, SECOND } from '../../time/civil-time.js';
import { endAfter, type Length } from '../../time/length.js';
import { timeZone } from '../../time/time-zone.js';
import { civilIn, dateOf, timeLine } from '../content/time-values.js';
import { PEOPLE } from '../fields/people-fields.js';
import { areSameLines } from '../fields/same-lines.js';
import { type TimeFields, timeFields, timeLines } from '../fields/time-fields.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';
import { floatsOf, formLines, type GroupLines } from './event-groups.js';

/**
 * The properties of a changed occurrence by their groups. An occurrence that has no properties of its own in a group has
 * those of the series.
 * @example overrideLines(event, event.overrides[0]).title
 */
export function overrideLines(event: ICalendarEvent, override: ICalendarOverride): GroupLines {
  const fields = occurrenceFields(event, override);
  const own = override.kept?.groups ?? {};
  const floats = floatsOf(event);
  const time = timeLines({ ...fields, floats });
  const keptTime =
    own.time && occurrenceTime(timeFields(own.time, override.kept?.floatingIn ?? event.timeZone), event);
  const isKept = keptTime && areSameLines(timeLines({ ...fields, ...keptTime, floats }), time);
  return {
    ...formLines(fields, [own, event.kept?.groups ?? {}], own),
    time: isKept && own.time ? own.time : time,
    rule: [],
    dates: [],
  };
}

/**
 * RECURRENCE-ID in the form of DTSTART of the series (RFC 5545 §3.8.4.4). Without the series, an occurrence that the file names
 * by its date has the date.
 * @example recurrenceId(event, override.originalStart).name // 'RECURRENCE-ID'
 */
export function recurrenceId(event: ICalendarEvent, originalStart: CivilTime): ContentLine {
  const isDate = event.rule === null && event.kept?.namedByDate?.includes(originalStart);
  const form = { allDay: event.allDay || isDate === true, zone: event.timeZone, floats: floatsOf(event) };
  return timeLine('RECURRENCE-ID', originalStart, form);
}

/** The fields of an occurrence: its own, and those of the series. */
function occurrenceFields(event: ICalendarEvent, override: ICalendarOverride): ICalendarEvent {
  return {
    ...event,
    title: override.title ?? event.title,
    description: override.description === undefined ? event.description : override.description,
    location: override.location === undefined ? event.location : override.location,
    showAs: override.showAs ?? event.showAs,
    status: override.cancelled ? 'cancelled' : 'confirmed',
    start: override.start ?? override.originalStart,
    length: override.length ?? event.length,
    organizer: organizerOf(event, override),
    attendees: override.attendees ?? event.attendees,
    revision: override.revision ?? event.revision,
  };
}

/** The organizer of an occurrence: that of its own properties, unless the series has been handed over since. */
function organizerOf(
  { organizer, kept }: ICalendarEvent,
  override: ICalendarOverride,
): ICalendarEvent['organizer'] {
  const own = override.kept?.groups?.people;
  if (own === undefined) return organizer;
  const ofSeries = kept?.groups?.people && PEOPLE.read(kept.groups.people).organizer;
  const isHandedOver = ofSeries != null && ofSeries.email !== organizer?.email;
  return isHandedOver ? organizer : PEOPLE.read(own).organizer;
}

/** The start and the length of an occurrence in the zone and the unit of its series. */
export interface OccurrenceTime {
  readonly start: CivilTime;
  readonly length: Length;
}

/**
 * The time of an occurrence as its series counts it. In an all-day series an occurrence takes all days that it touches, and
 * in a series of times a date takes the whole day.
 * @example occurrenceTime(timeFields(lines, 'UTC'), series).start
 */
export function occurrenceTime(
  time: TimeFields,
  series: Pick<ICalendarEvent, 'allDay' | 'timeZone'>,
): OccurrenceTime {
  const { start, length } = time;
  if (time.allDay === series.allDay) {
    const zone = time.allDay ? null : time.timeZone;
    return {
      start: civilIn({ form: 'zoned', civil: start, zone }, series.timeZone, series.timeZone),
      length,
    };
  }
  const zone = timeZone(time.timeZone);
  if (length.days !== undefined) {
    const own = timeZone(series.timeZone);
    const [from, to] = [start, start + length.days * DAY].map((civil) => own.toInstant(civil));
    return { start, length: { seconds: (to - from) / SECOND } };
  }
  const last = zone.toCivil(endAfter(zone.toInstant(start), length, zone));
  const days = (dateOf(Math.max(last - SECOND, start)) - dateOf(start)) / DAY + 1;
  return { start: dateOf(start), length: { days } };
}
