import { describe, expect, test } from '@jest/globals';
import type { ICalendarEvent } from '../../../src/calendar/icalendar/model/icalendar-event.js';
import { ICalendarWriter } from '../../../src/calendar/icalendar/write/calendar-writer.js';
import { calendarText, objectOf } from '../../support/icalendar/read-files.js';

const ALARM = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM'];
const SERIES = [
  'UID:1',
  'DTSTART;TZID=Europe/Berlin:20300301T090000',
  'DTEND;TZID=Europe/Berlin:20300301T100000',
  'RRULE:FREQ=DAILY;COUNT=9',
];
const SHARED = [
  'SUMMARY;LANGUAGE=de:Titel',
  'DESCRIPTION:Long',
  'URL:https://example.com/a',
  'CATEGORIES:One',
  'CLASS:PRIVATE',
  'ATTENDEE;X-A=1;PARTSTAT=ACCEPTED:mailto:bob@example.com',
  'X-OF:series',
];
const LATER = [
  'UID:1',
  'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20300303T090000',
  'SUMMARY:Later',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:zoe@example.com',
  'X-OF:later',
];

/** A changed occurrence as a program writes it: with all that its series has. */
const CHANGED = [
  'UID:1',
  'RECURRENCE-ID;TZID=Europe/Berlin:20300305T090000',
  'DTSTART;TZID=Europe/Berlin:20300305T090000',
  'DTEND;TZID=Europe/Berlin:20300305T100000',
  'LOCATION:Room 5',
  ...SHARED,
  ...ALARM,
];

/** The lines of the changed occurrence that is written of an event. */
function writtenOccurrence(event: ICalendarEvent): string[] {
  const text = new ICalendarWriter({}).event(event).replaceAll('\r\n ', '');
  const found = text.split('BEGIN:VEVENT\r\n').find((vevent) => vevent.includes('RECURRENCE-ID')) ?? '';
  return found.split('\r\n').filter((line) => line !== '' && !/^(END:VEVENT|UID|RECURRENCE-ID)/.test(line));
}

describe('a changed occurrence of a later part of a series', () => {
  test.each([
    [
      'of another length',
      ['DTSTART;TZID=Europe/Berlin:20300303T090000', 'DTEND;TZID=Europe/Berlin:20300303T110000'],
    ],
    [
      'that has moved',
      ['DTSTART;TZID=Europe/Berlin:20300303T120000', 'DTEND;TZID=Europe/Berlin:20300303T123000'],
    ],
    [
      'of the same times',
      ['DTSTART;TZID=Europe/Berlin:20300303T090000', 'DTEND;TZID=Europe/Berlin:20300303T100000'],
    ],
  ])('%s has all that its component has', (_, times) => {
    const text = calendarText([...SERIES, ...SHARED, ...ALARM], [...LATER, ...times], CHANGED);
    const { events } = objectOf(text);
    expect(events).toHaveLength(2);
    const expected = CHANGED.filter((line) => !/^(UID|RECURRENCE-ID)/.test(line));
    expect(writtenOccurrence(events[1]).toSorted()).toEqual(expected.toSorted());
  });

  test('twice split has all that its component has, and a cancelled one stays cancelled', () => {
    const times = ['DTSTART;TZID=Europe/Berlin:20300303T120000', 'DTEND;TZID=Europe/Berlin:20300303T130000'];
    const again = [...LATER, ...times].map((line) => line.replaceAll('20300303', '20300304'));
    const cancelled = [...CHANGED, 'STATUS:CANCELLED'].map((line) => line.replaceAll('20300305', '20300306'));
    const text = calendarText(
      [...SERIES, ...SHARED, ...ALARM],
      [...LATER, ...times],
      again,
      CHANGED,
      cancelled,
    );
    const { events } = objectOf(text);
    expect(events).toHaveLength(3);
    expect(events[2].overrides.map((override) => override.cancelled)).toEqual([false, true]);
    const expected = CHANGED.filter((line) => !/^(UID|RECURRENCE-ID)/.test(line));
    expect(writtenOccurrence(events[2]).toSorted()).toEqual(expected.toSorted());
  });

  test('from a time in a gap of the clocks on keeps the times of the series', () => {
    const daily = ['UID:1', 'DTSTART;TZID=Europe/Berlin:20300330T023000', 'RRULE:FREQ=DAILY;COUNT=4'];
    const later = [
      'UID:1',
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20300331T033000',
      'DTSTART;TZID=Europe/Berlin:20300331T033000',
      'SUMMARY:Later',
    ];
    const { events } = objectOf(calendarText(daily, later));
    expect(events).toMatchObject([
      { start: Date.UTC(2030, 2, 30, 2, 30) },
      { start: Date.UTC(2030, 2, 31, 2, 30), title: 'Later' },
    ]);
  });

  test('from the first occurrence on has all that its component has', () => {
    const first = LATER.map((line) => line.replaceAll('20300303', '20300301'));
    const times = ['DTSTART;TZID=Europe/Berlin:20300301T090000', 'DURATION:PT2H'];
    const { events } = objectOf(
      calendarText([...SERIES, ...SHARED, ...ALARM], [...first, ...times], CHANGED),
    );
    const expected = CHANGED.filter((line) => !/^(UID|RECURRENCE-ID)/.test(line));
    expect(writtenOccurrence(events[0]).toSorted()).toEqual(expected.toSorted());
  });
});
