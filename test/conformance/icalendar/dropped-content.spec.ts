import { describe, expect, test } from '@jest/globals';
import type { ICalendarEvent } from '../../../src/calendar/icalendar/model/icalendar-event.js';
import { MAX_KEPT_LENGTH } from '../../../src/calendar/icalendar/model/icalendar-limits.js';
import { parseRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import { DAY } from '../../../src/calendar/time/civil-time.js';
import {
  calendarText,
  eventOf,
  fileOf,
  objectOf,
  writtenAgain,
  writtenLines,
} from '../../support/icalendar/read-files.js';

/** All that a file has beside the content below stays: `round-trip.spec.ts`. */
describe('content of a file that is not written again', () => {
  test.each<[string, string[], string[]]>([
    [
      'a TZID that is no IANA name',
      ['DTSTART;TZID=W. Europe Standard Time:20260601T090000'],
      ['DTSTART;TZID=Europe/Berlin:20260601T090000'],
    ],
    ['TZID=UTC', ['DTSTART;TZID=UTC:20260601T090000'], ['DTSTART:20260601T090000Z']],
    [
      'TZID beside Z',
      ['DTSTART;TZID=Europe/Berlin:20260601T090000Z'],
      ['DTSTART;TZID=Europe/Berlin:20260601T110000'],
    ],
    ['a date without VALUE=DATE', ['DTSTART:20260601'], ['DTSTART;VALUE=DATE:20260601']],
    [
      'VALUE=DATE-TIME, which is the default',
      ['DTSTART;VALUE=DATE-TIME:20260601T090000Z'],
      ['DTSTART:20260601T090000Z'],
    ],
    ['the extended form of ISO 8601', ['DTSTART:2026-06-01T09:00:00Z'], ['DTSTART:20260601T090000Z']],
    ['a leap second', ['DTSTART:20260601T235960Z'], ['DTSTART:20260601T235959Z']],
    [
      'a control character',
      ['DTSTART:20260601T090000Z', 'SUMMARY:a\u0007b'],
      ['DTSTART:20260601T090000Z', 'SUMMARY:ab'],
    ],
    [
      'an EXDATE in another form than DTSTART, if it names no occurrence',
      ['DTSTART:20260601T090000Z', 'EXDATE;VALUE=DATE:20270101', 'RRULE:FREQ=DAILY;COUNT=2'],
      ['DTSTART:20260601T090000Z', 'RRULE:FREQ=DAILY;COUNT=2'],
    ],
    ['an EXDATE without a value', ['DTSTART:20260601T090000Z', 'EXDATE:'], ['DTSTART:20260601T090000Z']],
  ])('%s', (_, lines, expected) => {
    expect(writtenLines(eventOf(...lines))).toEqual(expected.toSorted());
  });

  test('the versions of a component before its latest', () => {
    const old = ['UID:1', 'DTSTART:20260601T090000Z', 'SEQUENCE:0', 'SUMMARY:Old'];
    const { events } = objectOf(calendarText(old, [...old.slice(0, 2), 'SEQUENCE:1']));
    expect(writtenLines(events[0])).toEqual(['DTSTART:20260601T090000Z', 'SEQUENCE:1']);
  });

  test('parameters of RECURRENCE-ID, and RANGE, whose later part is a series of its own', () => {
    const changed = [
      'UID:1',
      'RECURRENCE-ID;X-A=1;RANGE=THISANDFUTURE:20260602T090000Z',
      'DTSTART:20260602T090000Z',
      'SUMMARY:b',
    ];
    const text = writtenAgain(
      fileOf(calendarText(['UID:1', 'DTSTART:20260601T090000Z', 'RRULE:FREQ=DAILY'], changed)),
    );
    expect(text).not.toContain('RECURRENCE-ID');
    expect(text).toContain('UID:1_R20260602T090000');
  });

  test('the VTIMEZONEs, and the properties of the calendar: the service writes its own', () => {
    const text = calendarText(['UID:1', 'DTSTART:20260601T090000Z']).replace(
      'VERSION:2.0',
      'VERSION:2.0\r\nX-WR-CALDESC:x',
    );
    expect(writtenAgain(fileOf(text))).not.toContain('X-WR-CALDESC');
  });

  test('the longest properties and components of an event with more than MAX_KEPT_LENGTH, with a warning', () => {
    const long = `X-LONG:${'x'.repeat(MAX_KEPT_LENGTH)}`;
    const { events, warnings } = objectOf(
      calendarText(['UID:1', 'DTSTART:20260601T090000Z', long, 'X-SHORT:1']),
    );
    expect(writtenLines(events[0])).toEqual(['DTSTART:20260601T090000Z', 'X-SHORT:1']);
    expect(warnings).toMatchObject([{ code: 'content_dropped', line: 4 }]);
  });
});

const LINES = [
  'DTSTART;X-A=1;TZID=Europe/Berlin:20260601T090000',
  'DURATION:PT60M',
  'RRULE:COUNT=5;INTERVAL=1;FREQ=DAILY',
  'EXDATE;X-A=1;TZID=Europe/Berlin:20260602T090000',
  'SUMMARY;LANGUAGE=de:Titel',
  'DESCRIPTION;ALTREP="cid:1":Text',
  'LOCATION;LANGUAGE=de:Ort',
  'STATUS:CONFIRMED',
  'CLASS:CONFIDENTIAL',
  'CATEGORIES;LANGUAGE=de:Eins,Zwei',
  'ATTENDEE;CUTYPE=INDIVIDUAL;CN=Bob;RSVP=TRUE;PARTSTAT=NEEDS-ACTION;X-A=1:mailto:bob@example.com',
  'X-OTHER;X-A=1:2',
];
const PERSON = {
  email: 'bob@example.com',
  name: 'Bob',
  status: 'needs_action',
  role: 'required',
  comment: null,
} as const;

describe('kept content of a changed event', () => {
  const event = eventOf(...LINES);

  /** The lines that a change drops, and those that it adds. */
  function changeOf(change: Partial<ICalendarEvent>) {
    const [before, after] = [event, { ...event, ...change }].map((one) => writtenLines(one));
    return {
      dropped: before.filter((line) => !after.includes(line)),
      added: after.filter((line) => !before.includes(line)),
    };
  }

  test('is all there without a change', () => {
    expect(writtenLines(event)).toEqual(LINES.toSorted());
  });

  test.each<[string, Partial<ICalendarEvent>, string[], string[]]>([
    ['the title', { title: 'Other' }, [LINES[4]], ['SUMMARY:Other']],
    ['the description', { description: null }, [LINES[5]], []],
    ['the location', { location: 'There' }, [LINES[6]], ['LOCATION:There']],
    ['the availability', { showAs: 'free' }, [LINES[7]], ['TRANSP:TRANSPARENT']],
    ['the visibility', { visibility: 'public' }, [LINES[8]], []],
    ['the visibility to the same', { visibility: 'private' }, [], []],
    ['the categories', { categories: ['Eins'] }, [LINES[9]], ['CATEGORIES:Eins']],
    [
      'the start',
      { start: event.start + DAY, exdates: [] },
      [LINES[0], LINES[1], LINES[3]],
      ['DTEND;TZID=Europe/Berlin:20260602T100000', 'DTSTART;TZID=Europe/Berlin:20260602T090000'],
    ],
    [
      'the length',
      { length: { seconds: 60 } },
      [LINES[0], LINES[1]],
      ['DTEND;TZID=Europe/Berlin:20260601T090100', 'DTSTART;TZID=Europe/Berlin:20260601T090000'],
    ],
    [
      'the rule',
      { rule: parseRecurrenceRule('FREQ=DAILY;COUNT=6') },
      [LINES[2]],
      ['RRULE:FREQ=DAILY;COUNT=6'],
    ],
    ['the EXDATEs', { exdates: [] }, [LINES[3]], []],
    [
      'an answer, which keeps the other parameters of the attendee',
      { attendees: [{ ...PERSON, status: 'accepted' }] },
      [LINES[10]],
      ['ATTENDEE;CUTYPE=INDIVIDUAL;RSVP=TRUE;X-A=1;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.com'],
    ],
    ['the attendees', { attendees: [] }, [LINES[10]], []],
  ])('is dropped by a change of %s, for its property alone', (_, change, dropped, added) => {
    expect(changeOf(change)).toEqual({ dropped: dropped.toSorted(), added: added.toSorted() });
  });

  test('that floats has a zone after a change of the zone', () => {
    const floating = eventOf('DTSTART:20260601T090000', 'DTEND:20260601T100000');
    expect(writtenLines({ ...floating, title: 'x' })).toEqual([
      'DTEND:20260601T100000',
      'DTSTART:20260601T090000',
      'SUMMARY:x',
    ]);
    expect(writtenLines({ ...floating, timeZone: 'Asia/Tokyo' })).toContain(
      'DTSTART;TZID=Asia/Tokyo:20260601T090000',
    );
  });
});
