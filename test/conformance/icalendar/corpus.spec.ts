import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ICalendarEvent } from '../../../src/calendar/icalendar/model/icalendar-event.js';
import { type ReadObject, readCalendarFile } from '../../../src/calendar/icalendar/read/calendar-file.js';
import { compileSeries } from '../../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../../src/calendar/recurrence/series/recurrence-set.js';
import { formatInstant } from '../../../src/calendar/time/instant.js';
import { READER_ZONE } from '../../support/icalendar/read-files.js';

function read(name: string) {
  const bytes = readFileSync(new URL(`files/${name}.ics`, import.meta.url));
  return readCalendarFile(bytes, { timeZone: READER_ZONE });
}

function eventsOf(name: string): ICalendarEvent[] {
  return [...read(name).objects()].flatMap((object: ReadObject) =>
    object.problem === undefined ? object.events : [],
  );
}

/** The starts and ends of an event in 2026. */
function times(event: ICalendarEvent): string[] {
  const window = { start: Date.UTC(2026, 0), end: Date.UTC(2027, 0) };
  return [...occurrencesIn(compileSeries(event), window)].map(
    ({ start, end }) => `${formatInstant(start)}/${formatInstant(end)}`,
  );
}

describe('a file in the style of', () => {
  test('Google has its series with a moved occurrence', () => {
    const [series, holidays] = eventsOf('google');
    expect(series).toMatchObject({
      uid: '4q1h0k8example@google.com',
      title: 'Stand-up',
      description: 'Notes, agenda\nand <b>more</b>',
      location: 'Raum 3, Berlin',
      timeZone: 'Europe/Berlin',
      conference: { url: 'https://meet.google.com/abc-defg-hij' },
      organizer: { email: 'ishcherbina@example.com', participation: { status: 'accepted' } },
      attendees: [
        { email: 'bob@example.com', name: 'bob@example.com', status: 'needs_action', role: 'required' },
      ],
      overrides: [{ title: 'Stand-up (moved)', location: null, cancelled: false }],
      revision: { sequence: 1 },
    });
    expect(times(series).slice(0, 5)).toEqual([
      '2026-09-07T07:00:00Z/2026-09-07T07:30:00Z',
      '2026-09-09T07:00:00Z/2026-09-09T07:30:00Z',
      '2026-09-22T08:00:00Z/2026-09-22T08:30:00Z',
      '2026-09-23T07:00:00Z/2026-09-23T07:30:00Z',
      '2026-09-28T07:00:00Z/2026-09-28T07:30:00Z',
    ]);
    expect(holidays).toMatchObject({
      allDay: true,
      floating: true,
      length: { days: 3 },
      showAs: 'free',
      kept: expect.anything(),
    });
    expect(read('google')).toMatchObject({ name: 'ishcherbina@example.com', size: 2, warnings: [] });
  });

  test('Apple has ten lessons, one moved, and a birthday of DURATION', () => {
    const [lessons, birthday] = eventsOf('apple');
    expect(times(lessons)).toHaveLength(10);
    expect(times(lessons)[1]).toBe('2026-02-11T18:00:00Z/2026-02-11T19:00:00Z');
    expect(lessons.location).toBe('Music School\n12 High Street, London');
    expect(birthday).toMatchObject({ title: 'Eve’s birthday', allDay: true, length: { days: 1 } });
    expect(read('apple').color).toBe('#1badf8');
  });

  test('Outlook has a zone of Windows, an EXDATE list, and a time out of office', () => {
    const [meeting] = eventsOf('outlook');
    expect(meeting).toMatchObject({
      timeZone: 'Europe/Berlin',
      showAs: 'out_of_office',
      visibility: 'public',
      attendees: [{ name: 'Bob (Sales); Berlin' }, { name: 'Room 1', role: 'optional' }],
    });
    expect(times(meeting).map((time) => time.slice(0, 16))).toEqual([
      '2026-03-10T09:00',
      '2026-03-31T08:00',
      '2026-04-07T08:00',
      '2026-04-14T08:00',
      '2026-04-21T08:00',
      '2026-04-28T08:00',
    ]);
  });

  test('Exchange has an occurrence that is both excluded and moved: it takes place', () => {
    const [meeting] = eventsOf('exchange');
    expect(meeting).toMatchObject({
      showAs: 'tentative',
      visibility: 'private',
      exdates: [],
      description: null,
    });
    expect(meeting.overrides).toEqual([expect.objectContaining({ location: 'Room 7', showAs: 'busy' })]);
    expect(times(meeting)).toHaveLength(12);
    expect(times(meeting)[3]).toBe('2026-04-14T17:00:00Z/2026-04-14T18:00:00Z');
  });

  test('Thunderbird has a prefixed zone, CONFIDENTIAL and floating time', () => {
    const [dentist, run] = eventsOf('thunderbird');
    expect(dentist).toMatchObject({
      timeZone: 'America/New_York',
      visibility: 'private',
      showAs: 'tentative',
      status: 'confirmed',
      categories: ['Health', 'Private, family'],
      url: 'https://dentist.example/appointments/7',
    });
    expect(run).toMatchObject({ timeZone: READER_ZONE, floating: false, kept: { floatingIn: READER_ZONE } });
    expect(times(run)).toHaveLength(5);
  });

  test('Nextcloud has a flight between zones, a color and a cancelled event', () => {
    const [flight, holidays] = eventsOf('nextcloud');
    expect(flight).toMatchObject({
      timeZone: 'Europe/Zurich',
      endTimeZone: 'America/New_York',
      length: { seconds: 12 * 3_600 },
      color: '#ff6347',
      conference: { url: 'https://cloud.example/call/abc', provider: 'Talk' },
    });
    expect(holidays).toMatchObject({ status: 'cancelled', length: { days: 7 } });
    expect(read('nextcloud').refreshInterval).toBe(4 * 3_600);
  });

  test('Proton has answers with comments', () => {
    const [sync] = eventsOf('proton');
    expect(sync.attendees).toEqual([
      {
        email: 'bo@proton.me',
        name: 'bo@proton.me',
        status: 'declined',
        role: 'optional',
        comment: 'Sorry, away',
      },
    ]);
    expect(times(sync)).toHaveLength(25);
  });

  test('an airline has times in UTC', () => {
    const [flight] = eventsOf('airline');
    expect(flight).toMatchObject({ timeZone: 'UTC', visibility: 'private', length: { seconds: 9_900 } });
    expect(flight.kept?.components).toHaveLength(1);
  });
});
