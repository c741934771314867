import { loadavg } from 'node:os';
import ICAL from 'ical.js';
import type { ICalendarEvent } from '../src/calendar/icalendar/model/icalendar-event.js';
import { readCalendarFile } from '../src/calendar/icalendar/read/calendar-file.js';
import { ICalendarWriter } from '../src/calendar/icalendar/write/calendar-writer.js';
import { measure, type Row } from './measure.js';
import { tableOf } from './report.js';
import type { Scenario } from './scenario.js';

const SIZE = 5_000;
const LARGE = 20_000;
const MEGABYTE = 1_000_000;

const date = (index: number) =>
  `2026${String(1 + (index % 12)).padStart(2, '0')}${String(1 + (index % 28)).padStart(2, '0')}`;

/** An event with the least properties. */
function plain(index: number): string[] {
  return [`DTSTART:${date(index)}T090000Z`, `DTEND:${date(index)}T100000Z`, `SUMMARY:Event ${index}`];
}

/** An event as Google writes it, with attendees and an alarm. */
function meeting(index: number): string[] {
  return [
    `DTSTART;TZID=Europe/Berlin:${date(index)}T090000`,
    `DTEND;TZID=Europe/Berlin:${date(index)}T093000`,
    'ORGANIZER;CN=Irina Shcherbina:mailto:ishcherbina@example.com',
    'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE\r\n ;CN=Irina Shcherbina;X-NUM-GUESTS=0:mailto:ishcherbina@example.com',
    'CREATED:20260830T101112Z',
    'DESCRIPTION:Notes\\, agenda\\nand <b>more</b> of what is to be done in the mee\r\n ting that follows',
    'LAST-MODIFIED:20260831T101112Z',
    'LOCATION:Raum 3\\, Berlin',
    'SEQUENCE:1',
    'STATUS:CONFIRMED',
    `SUMMARY:Stand-up ${index}`,
    'TRANSP:OPAQUE',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:This is an event reminder',
    'TRIGGER:-P0DT0H10M0S',
    'END:VALARM',
  ];
}

/** The same as a series with an end and an EXDATE. */
function series(index: number): string[] {
  return [
    ...meeting(index),
    'RRULE:FREQ=WEEKLY;UNTIL=20271231T225959Z;BYDAY=MO',
    'EXDATE;TZID=Europe/Berlin:20261012T090000',
  ];
}

function fileOf(linesOf: (index: number) => string[], size: number): string {
  const events = Array.from({ length: size }, (_, index) =>
    [
      'BEGIN:VEVENT',
      `UID:${index}@example.com`,
      'DTSTAMP:20260901T120000Z',
      ...linesOf(index),
      'END:VEVENT',
      '',
    ].join('\r\n'),
  );
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`;
}

function eventsOf(bytes: Uint8Array): ICalendarEvent[] {
  const objects = [...readCalendarFile(bytes, { timeZone: 'Europe/Berlin' }).objects()];
  return objects.flatMap((object) => (object.problem === undefined ? object.events : []));
}

function rowOf(name: string, linesOf: (index: number) => string[]): Row {
  const text = fileOf(linesOf, SIZE);
  const bytes = new TextEncoder().encode(text);
  const events = eventsOf(bytes);
  return {
    name: `${SIZE.toLocaleString('en')} ${name}, ${(bytes.length / MEGABYTE).toFixed(1)} MB`,
    works: {
      'ical.js, parse alone': () => (ICAL.parse(text) as unknown[][])[2].length,
      read: () => eventsOf(bytes).length,
      write: () => {
        const writer = new ICalendarWriter({ earliest: Date.UTC(2026, 0) });
        for (const event of events) writer.event(event);
        return events.length;
      },
    },
  };
}

/** The megabytes that the process grows by while a large file is read, object by object. */
function memoryOfReading(): number {
  const bytes = new TextEncoder().encode(fileOf(meeting, LARGE));
  const before = process.memoryUsage.rss();
  let most = before;
  let count = 0;
  for (const _ of readCalendarFile(bytes, { timeZone: 'Europe/Berlin' }).objects()) {
    count += 1;
    if (count % 500 === 0) most = Math.max(most, process.memoryUsage.rss());
  }
  return (most - before) / MEGABYTE;
}

export const scenario: Scenario = {
  title: 'iCalendar',
  async run() {
    const memory = memoryOfReading();
    const load = loadavg()[0].toFixed(1);
    const rows = [rowOf('plain events', plain), rowOf('meetings', meeting), rowOf('series', series)];
    const results = rows.map((row) => ({ row, timings: measure(row) }));
    return [
      `One process. Load average before: ${load}. In brackets: the ratio to ical.js, which parses text to values of jCal alone. "Read" goes from bytes to events with all that is kept, and "write" back to text.`,
      tableOf(results),
      `Reading ${LARGE.toLocaleString('en')} meetings, object by object: ${memory.toFixed(0)} MB above the process with the file.`,
    ].join('\n\n');
  },
};
