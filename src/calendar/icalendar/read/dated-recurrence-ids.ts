import { compileSeries, type EventSeries } from '../../recurrence/series/event-series.js';
import { occurrencesIn } from '../../recurrence/series/recurrence-set.js';
import { type CivilTime, DAY, formatCivilTime } from '../../time/civil-time.js';
import { dateOf, writtenTimes } from '../content/time-values.js';
import { ICalendarError } from '../model/icalendar-error.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import type { ReadingNotes } from '../model/reading-notes.js';
import { recurrenceId } from '../write/override-groups.js';
import type { VEvent } from './vevent.js';

/**
 * Whether RECURRENCE-ID is a date.
 * @example isNamedByDate(vevent)
 */
export function isNamedByDate({ recurrenceId: line }: VEvent): boolean {
  return line !== null && writtenTimes(line)[0].form === 'date';
}

/**
 * The changed occurrences of a series of times, each named by its time. RECURRENCE-ID has the value type of DTSTART (RFC 5545
 * §3.8.4.4), but programs write a date. The date means the one occurrence that starts on it in the zone of the series.
 * @param namedByDate the starts that the file names by their dates
 * @throws {ICalendarError} `occurrence_not_found`: no occurrence, or several, start on the date
 * @example namedByTime([vevent], series, [date], notes)[0].recurrenceId
 */
export function namedByTime(
  changed: readonly VEvent[],
  series: ICalendarEvent,
  namedByDate: readonly CivilTime[],
  notes: ReadingNotes,
): VEvent[] {
  if (series.allDay || namedByDate.length === 0) return [...changed];
  const dates = new Set(namedByDate.map(dateOf));
  const compiled = compileSeries({ ...series, exdates: [], overrides: [] });
  return changed.map((vevent) => {
    const { recurrenceId: line } = vevent;
    if (line === null || !isNamedByDate(vevent)) return vevent;
    const [{ civil: date }] = writtenTimes(line);
    if (!dates.has(date)) return vevent;
    const starts = startsOn(date, compiled);
    if (starts.length !== 1) throw wrongValueType(date, starts.length, line.line);
    const detail = `RECURRENCE-ID is a date in a series of times. It means the occurrence at ${formatCivilTime(starts[0])}.`;
    notes.warn('recurrence_id_is_date', detail, line.line);
    return { ...vevent, recurrenceId: { ...recurrenceId(series, starts[0]), line: line.line } };
  });
}

/**
 * The problem of a RECURRENCE-ID that is a date, of an event with times.
 * @param count the number of occurrences that start on the date
 * @example throw wrongValueType(date, 0, 12)
 */
export function wrongValueType(date: CivilTime, count: number, line: number): ICalendarError {
  const day = formatCivilTime(date).slice(0, 'yyyy-mm-dd'.length);
  const found = count === 0 ? 'No occurrence' : 'More than one occurrence';
  const reason = `RECURRENCE-ID has the value type DATE, and DTSTART of the event has DATE-TIME. ${found} of the event starts on ${day}.`;
  return new ICalendarError('occurrence_not_found', reason, line, 'RECURRENCE-ID');
}

function startsOn(date: CivilTime, series: EventSeries): CivilTime[] {
  const [start, end] = [date, date + DAY].map((civil) => series.zone.toInstant(civil));
  const found = [...occurrencesIn(series, { start, end }, { startsFrom: start })];
  return found.map(({ originalCivilStart }) => originalCivilStart);
}
