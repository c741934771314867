import { describe, expect, test } from '@jest/globals';
import { calendarText, eventOf, fileOf, objectOf } from '../../../../test/support/icalendar/read-files.js';
import { parseRecurrenceRule } from '../../recurrence/rule/rule-text.js';
import { compileSeries } from '../../recurrence/series/event-series.js';
import { occurrencesIn } from '../../recurrence/series/recurrence-set.js';
import { SECOND_PASS } from '../../time/civil-time.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { ICalendarWriter, writeObject } from './calendar-writer.js';
import { contentOf, isSameEvent } from './same-event.js';
import { busyEvent, withoutCancelled } from './shared-part.js';

const EVENT = eventOf(
  'DTSTART;TZID=Europe/Berlin:20260601T090000',
  'DTEND;TZID=Europe/Berlin:20260601T100000',
  'RRULE:FREQ=DAILY;COUNT=3',
  'SUMMARY:Secret',
  'DESCRIPTION:Secret',
  'ATTENDEE:mailto:a@example.com',
  'X-A:1',
);

function startsOf(event: ICalendarEvent): string[] {
  const window = { start: Date.UTC(2026, 0), end: Date.UTC(2028, 0) };
  return [...occurrencesIn(compileSeries(event), window)].map(({ start }) =>
    new Date(start).toISOString().slice(5, 16),
  );
}

describe('a calendar', () => {
  test('has its properties', () => {
    const writer = new ICalendarWriter({
      method: 'PUBLISH',
      name: 'Work, mine',
      color: '#ff6347',
      refreshInterval: 3_600,
    });
    expect(`${writer.begin()}${writer.end()}`.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//calendar-backend//calendar-backend//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Work\\, mine',
      'X-WR-CALNAME:Work\\, mine',
      'COLOR:tomato',
      'X-APPLE-CALENDAR-COLOR:#ff6347',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('has each zone once, before the first event that uses it', () => {
    const writer = new ICalendarWriter({ earliest: Date.UTC(2026, 0) });
    expect(writer.event(EVENT)).toMatch(/^BEGIN:VTIMEZONE\r\nTZID:Europe\/Berlin/);
    expect(writer.event(EVENT)).toMatch(/^BEGIN:VEVENT/);
  });

  test('is read as it was written', () => {
    const file = fileOf(
      new ICalendarWriter({ name: 'A', color: '#123456', refreshInterval: 60 }).begin() + 'END:VCALENDAR',
    );
    expect(file).toMatchObject({ name: 'A', color: '#123456', refreshInterval: 60, size: 0 });
  });
});

describe('an event in the second pass of a repeated hour', () => {
  const start = EVENT.start + (Date.UTC(2026, 9, 25, 2, 30) - Date.UTC(2026, 5, 1, 9)) + SECOND_PASS;
  const second = { ...EVENT, rdates: [], exdates: [], overrides: [], kept: null };

  test.each([
    ['alone', { ...second, start, rule: null }, ['10-25T01:30']],
    [
      'as the start of a rule',
      { ...second, start, rule: parseRecurrenceRule('FREQ=DAILY;COUNT=3') },
      ['10-25T01:30', '10-26T01:30', '10-27T01:30'],
    ],
    ['as an RDATE', { ...second, rule: null, rdates: [start] }, ['06-01T07:00', '10-25T01:30']],
  ])('%s is read again', (_, event, expected) => {
    expect(startsOf(event)).toEqual(expected);
    expect(startsOf(objectOf(writeObject([event], {})).events[0])).toEqual(expected);
  });
});

describe('a busy event', () => {
  test('has its times alone', () => {
    const text = writeObject([busyEvent({ ...EVENT, showAs: 'tentative' })], {});
    expect(text).not.toMatch(/Secret|example\.com|X-A/);
    expect(text).toContain('SUMMARY:Busy\r\n');
    expect(text).toContain('CLASS:PRIVATE\r\n');
    expect(startsOf(objectOf(text).events[0])).toEqual(startsOf(EVENT));
  });

  test('has moved occurrences without their texts', () => {
    const moved = [
      'UID:1',
      'RECURRENCE-ID:20260602T070000Z',
      'DTSTART:20260602T120000Z',
      'SUMMARY:Secret',
      'X-B:Secret',
    ];
    const { events } = objectOf(
      calendarText(['UID:1', 'DTSTART:20260601T070000Z', 'RRULE:FREQ=DAILY;COUNT=2'], moved),
    );
    const text = writeObject([busyEvent(events[0])], {});
    expect(text).not.toContain('Secret');
    expect(startsOf(objectOf(text).events[0])).toEqual(['06-01T07:00', '06-02T12:00']);
  });
});

/** The lines of an occurrence of a series that the file does not have. */
function one(day: number, ...more: readonly string[]): string[] {
  const at = `2026060${day}T070000Z`;
  return ['UID:1', `RECURRENCE-ID:${at}`, `DTSTART:${at}`, ...more];
}

describe('an event for a feed', () => {
  const cancelled = { originalStart: EVENT.start, cancelled: true, kept: null };

  test('has EXDATEs for its cancelled occurrences', () => {
    const event = withoutCancelled({ ...EVENT, overrides: [cancelled] });
    expect(event).toMatchObject({ exdates: [EVENT.start], overrides: [] });
  });

  test('of occurrences without their series leaves out the cancelled one', () => {
    const { events } = objectOf(calendarText(one(1), one(2, 'STATUS:CANCELLED'), one(3)));
    const text = writeObject([withoutCancelled(events[0]) ?? EVENT], {});
    expect(startsOf(objectOf(text).events[0])).toEqual(['06-01T07:00', '06-03T07:00']);
  });

  test('is none if it is cancelled, or all of its occurrences are', () => {
    expect(withoutCancelled({ ...EVENT, status: 'cancelled' })).toBeNull();
    expect(withoutCancelled({ ...EVENT, rule: null, overrides: [cancelled] })).toBeNull();
    expect(withoutCancelled(EVENT)).toBe(EVENT);
  });
});

describe('two events', () => {
  test('are the same if only their revisions differ', () => {
    const later = {
      ...EVENT,
      revision: { sequence: 1, createdAt: 1_000, modifiedAt: 2_000, stampedAt: 3_000 },
    };
    expect(isSameEvent(EVENT, later)).toBe(true);
    expect(isSameEvent(EVENT, { ...EVENT, title: 'Other' })).toBe(false);
    expect(isSameEvent(EVENT, { ...EVENT, uid: '2' })).toBe(false);
    expect(contentOf(EVENT)).toBe(contentOf({ ...later, uid: null }));
  });
});
