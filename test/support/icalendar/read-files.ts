import type { ICalendarEvent } from '../../../src/calendar/icalendar/model/icalendar-event.js';
import {
  type CalendarFile,
  type ReadEvents,
  readCalendarFile,
} from '../../../src/calendar/icalendar/read/calendar-file.js';
import { ICalendarWriter } from '../../../src/calendar/icalendar/write/calendar-writer.js';

/** The zone of a reader whose file names none. */
export const READER_ZONE = 'Europe/Berlin';

/** A file, by the text of it. */
export function fileOf(text: string, timeZone = READER_ZONE): CalendarFile {
  return readCalendarFile(new TextEncoder().encode(text), { timeZone });
}

/** A VCALENDAR with the lines of VEVENTs, each without BEGIN and END. */
export function calendarText(...vevents: readonly (readonly string[])[]): string {
  const lines = vevents.flatMap((vevent) => [['BEGIN:VEVENT'], vevent, ['END:VEVENT']].flat());
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** The one object of a file, which is read without a problem. */
export function objectOf(text: string, timeZone = READER_ZONE): ReadEvents {
  const [object] = fileOf(text, timeZone).objects();
  if (object.problem !== undefined) throw new Error(`${object.problem.line}: ${object.problem.detail}`);
  return object;
}

/** The event of lines, with a UID, DTSTAMP and these lines. */
export function eventOf(...lines: readonly string[]): ICalendarEvent {
  const [event] = objectOf(calendarText(['UID:1', 'DTSTAMP:20260101T000000Z', ...lines])).events;
  return event;
}

/** All events of a file, written again. */
export function writtenAgain(file: CalendarFile): string {
  const writer = new ICalendarWriter({ earliest: Date.UTC(1990, 0) });
  const events = [...file.objects()].flatMap((object) => (object as ReadEvents).events);
  return [writer.begin(), ...events.map((event) => writer.event(event)), writer.end()].join('');
}

/** The lines of the VEVENTs that are written of an event, unfolded and in order, without UID and DTSTAMP. */
export function writtenLines(event: ICalendarEvent): string[] {
  const text = new ICalendarWriter({}).event(event).replaceAll('\r\n ', '');
  const [, ...vevents] = text.split('BEGIN:VEVENT\r\n');
  const lines = vevents.flatMap((vevent) => vevent.split('\r\n'));
  return lines
    .filter((line) => line !== '' && line !== 'END:VEVENT' && !/^(?:UID|DTSTAMP):/.test(line))
    .toSorted();
}
