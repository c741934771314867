import { describe, expect, test } from '@jest/globals';
import type { ICalendarEvent } from '../../../src/calendar/icalendar/model/icalendar-event.js';
import { isSameEvent } from '../../../src/calendar/icalendar/write/same-event.js';
import { compileSeries } from '../../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY, HOUR } from '../../../src/calendar/time/civil-time.js';
import { timeZone } from '../../../src/calendar/time/time-zone.js';
import { calendarText, eventOf, fileOf, objectOf, writtenLines } from '../../support/icalendar/read-files.js';

const DAILY = [
  'DTSTART;TZID=Europe/Berlin:20260601T090000',
  'DTEND;TZID=Europe/Berlin:20260601T100000',
  'RRULE:FREQ=DAILY;COUNT=5',
];

/** The starts and lengths of an event, as `MM-DDTHH:MM+minutes` in UTC. */
function occurrences(event: ICalendarEvent): string[] {
  const window = { start: Date.UTC(2020, 0), end: Date.UTC(2030, 0) };
  return [...occurrencesIn(compileSeries(event), window)].map(
    ({ start, end }) => `${new Date(start).toISOString().slice(5, 16)}+${(end - start) / 60_000}`,
  );
}

/** The readings of the clocks in Berlin at the ends of an event. */
function ends(event: ICalendarEvent): number[] {
  const window = { start: 0, end: Date.UTC(2032, 0) };
  const zone = timeZone('Europe/Berlin');
  return [...occurrencesIn(compileSeries(event), window)].map(({ end }) => zone.toCivil(end));
}

function starts(event: ICalendarEvent): string[] {
  return occurrences(event).map((text) => text.slice(0, 11));
}

function vevent(...lines: readonly string[]): string[] {
  return ['UID:1', 'DTSTAMP:20260101T000000Z', ...lines];
}

describe('the end of an event', () => {
  test.each<[string, string[], string]>([
    ['DTEND', ['DTSTART:20260601T090000Z', 'DTEND:20260601T093000Z'], '06-01T09:00+30'],
    ['DURATION', ['DTSTART:20260601T090000Z', 'DURATION:PT1H30M'], '06-01T09:00+90'],
    ['neither, of a time', ['DTSTART:20260601T090000Z'], '06-01T09:00+0'],
    ['neither, of a date', ['DTSTART;VALUE=DATE:20260601'], '05-31T22:00+1440'],
    ['a week of days', ['DTSTART;VALUE=DATE:20260601', 'DURATION:P1W'], '05-31T22:00+10080'],
    [
      'a day of the calendar, when the clocks change',
      ['DTSTART;TZID=Europe/Berlin:20260328T120000', 'DURATION:P1D'],
      '03-28T11:00+1380',
    ],
    [
      'a date of an event of times',
      ['DTSTART;TZID=Europe/Berlin:20260601T220000', 'DTEND;VALUE=DATE:20260602'],
      '06-01T20:00+120',
    ],
    [
      'a time of an event of dates',
      ['DTSTART;VALUE=DATE:20260601', 'DTEND:20260602T120000'],
      '05-31T22:00+2880',
    ],
    [
      'DTEND in another zone',
      ['DTSTART;TZID=Europe/Berlin:20260601T090000', 'DTEND;TZID=Europe/London:20260601T090000'],
      '06-01T07:00+60',
    ],
    [
      'the second pass of a repeated hour',
      ['DTSTART;TZID=Europe/Berlin:20261025T013000', 'DURATION:PT2H'],
      '10-24T23:30+120',
    ],
  ])('is that of %s', (_, lines, expected) => {
    const event = eventOf(...lines);
    expect(occurrences(event)).toEqual([expected]);
    expect(occurrences(eventOf(...writtenLines(event)))).toEqual([expected]);
  });

  test.each<[string, string[], string, string]>([
    [
      'equal to a date',
      ['DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260601'],
      '05-31T22:00+1440',
      'end_equals_start',
    ],
    [
      'before a date',
      ['DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260501'],
      '05-31T22:00+1440',
      'end_before_start',
    ],
    [
      'before a time',
      ['DTSTART:20260601T090000Z', 'DTEND:20260601T080000Z'],
      '06-01T09:00+0',
      'end_before_start',
    ],
  ])('%s counts as none, with a warning', (_, lines, expected, warning) => {
    const { events, warnings } = objectOf(calendarText(vevent(...lines)));
    expect(occurrences(events[0])).toEqual([expected]);
    expect(warnings).toEqual([{ code: warning, detail: expect.any(String), line: 8 }]);
    expect(writtenLines(events[0])).toEqual(lines.toSorted());
  });
});

describe('EXDATE', () => {
  test.each<[string, string[]]>([
    ['in the zone of the series', ['EXDATE;TZID=Europe/Berlin:20260602T090000,20260604T090000']],
    ['in UTC', ['EXDATE:20260602T070000Z', 'EXDATE:20260604T070000Z']],
    ['in another zone', ['EXDATE;TZID=Asia/Tokyo:20260602T160000', 'EXDATE;TZID=Asia/Tokyo:20260604T160000']],
    ['as dates', ['EXDATE;VALUE=DATE:20260602,20260604']],
    ['as a date without VALUE', ['EXDATE:20260602,20260604']],
    ['floating', ['EXDATE:20260602T090000,20260604T090000']],
    [
      'beside one that names nothing',
      ['EXDATE;TZID=Europe/Berlin:20260602T090000,20260604T090000,20300101T090000'],
    ],
    [
      'with a trailing comma, and one without a value',
      ['EXDATE;TZID=Europe/Berlin:20260602T090000,20260604T090000,', 'EXDATE:'],
    ],
  ])('%s removes the occurrences', (_, lines) => {
    expect(starts(eventOf(...DAILY, ...lines))).toEqual(['06-01T07:00', '06-03T07:00', '06-05T07:00']);
  });

  test.each([
    ['EXDATE:20260602T070000Z'],
    ['EXDATE;VALUE=DATE:20260602'],
    ['EXDATE;TZID=Asia/Tokyo:20260602T160000'],
  ])('%s is written in the form of DTSTART', (line) => {
    expect(writtenLines(eventOf(...DAILY, line))).toContain('EXDATE;TZID=Europe/Berlin:20260602T090000');
  });

  test('as a time removes the day of an all-day series', () => {
    const event = eventOf(
      'DTSTART;VALUE=DATE:20260601',
      'RRULE:FREQ=DAILY;COUNT=3',
      'EXDATE:20260602T000000Z',
    );
    expect(starts(event)).toEqual(['05-31T22:00', '06-02T22:00']);
    expect(writtenLines(event)).toContain('EXDATE;VALUE=DATE:20260602');
  });

  test('of every occurrence is refused', () => {
    const lines = ['DTSTART:20260601T090000Z', 'RRULE:FREQ=DAILY;COUNT=1', 'EXDATE:20260601T090000Z'];
    const [object] = fileOf(calendarText(vevent(...lines))).objects();
    expect(object.problem).toEqual({
      code: 'no_occurrence',
      detail: expect.any(String),
      line: 9,
      part: 'EXDATE',
    });
  });
});

describe('a DURATION of days', () => {
  const lines = ['DTSTART;TZID=Europe/Berlin:20300330T100000', 'DURATION:P1D'];

  test.each([
    ['a daily rule', ['RRULE:FREQ=DAILY;COUNT=4']],
    ['dates', ['RDATE;TZID=Europe/Berlin:20300331T100000,20300401T100000,20300402T100000']],
  ])('ends each occurrence of %s at one time of day', (_, recurrence) => {
    const { events, warnings } = objectOf(calendarText(vevent(...lines, ...recurrence)));
    const [event] = events;
    expect(ends(event)).toEqual([31, 32, 33, 34].map((day) => Date.UTC(2030, 2, day, 10)));
    expect(event).toMatchObject({
      length: { seconds: 86_400 },
      overrides: [{ length: { seconds: 82_800 } }],
    });
    expect(warnings).toEqual([]);
    expect(writtenLines(event)).toEqual([...lines, ...recurrence].toSorted());
    expect(isSameEvent(event, eventOf(...lines, ...recurrence))).toBe(true);
  });

  test('of a series without an end is right for twenty changes of the clocks, with a warning', () => {
    const endless = [lines[0], 'DURATION:P1W', 'RRULE:FREQ=WEEKLY'];
    const { events, warnings } = objectOf(calendarText(vevent(...endless)));
    expect(new Set(ends(events[0]).map((civil) => civil % DAY))).toEqual(new Set([10 * HOUR]));
    expect(events[0].overrides).toHaveLength(20);
    expect(warnings).toMatchObject([{ code: 'nominal_duration' }]);
    expect(writtenLines(events[0])).toEqual(endless.toSorted());
  });

  test('of a later part counts 24 hours a day, with a warning', () => {
    const later = vevent(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20300331T100000',
      'DTSTART;TZID=Europe/Berlin:20300331T000000',
      'DURATION:P1D',
    );
    const { events, warnings } = objectOf(calendarText(vevent(...lines, 'RRULE:FREQ=DAILY;COUNT=4'), later));
    expect(events).toMatchObject([
      { length: { seconds: 86_400 }, overrides: [{ length: { seconds: 82_800 } }] },
      { length: { seconds: 86_400 }, overrides: [] },
    ]);
    expect(warnings).toMatchObject([{ code: 'nominal_duration' }]);
  });
});

describe('RDATE', () => {
  test.each<[string, string[], string]>([
    ['as a time', ['RDATE;TZID=Europe/Berlin:20260701T120000'], '07-01T10:00+60'],
    ['in UTC', ['RDATE:20260701T100000Z'], '07-01T10:00+60'],
    ['as a date, which has the time of the series', ['RDATE;VALUE=DATE:20260701'], '07-01T07:00+60'],
    ['as a period with an end', ['RDATE;VALUE=PERIOD:20260701T100000Z/20260701T101500Z'], '07-01T10:00+15'],
    [
      'as a period with a length',
      ['RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260701T120000/PT15M'],
      '07-01T10:00+15',
    ],
    ['before DTSTART', ['RDATE;TZID=Europe/Berlin:20260501T090000'], '05-01T07:00+60'],
  ])('%s adds an occurrence', (_, lines, expected) => {
    const event = eventOf(...DAILY, ...lines);
    expect(occurrences(event)).toHaveLength(6);
    expect(occurrences(event)).toContain(expected);
    expect(
      occurrences(eventOf(...writtenLines(event).filter((line) => !line.startsWith('RECURRENCE-ID')))),
    ).toHaveLength(6);
  });

  test('alone repeats an event', () => {
    const event = eventOf('DTSTART:20260601T090000Z', 'RDATE:20260603T090000Z,20260608T090000Z');
    expect(starts(event)).toEqual(['06-01T09:00', '06-03T09:00', '06-08T09:00']);
  });
});

describe('UNTIL', () => {
  test.each([
    ['in UTC, as RFC 5545 has it', 'UNTIL=20260603T070000Z'],
    ['as a date', 'UNTIL=20260603'],
    ['in the time of the clocks', 'UNTIL=20260603T090000'],
  ])('%s ends the series with that day', (_, until) => {
    const [start, end] = DAILY;
    const event = eventOf(start, end, `RRULE:FREQ=DAILY;${until}`);
    expect(starts(event)).toEqual(['06-01T07:00', '06-02T07:00', '06-03T07:00']);
    expect(starts(eventOf(...writtenLines(event)))).toEqual(starts(event));
  });
});

describe('a DTSTART that the rule does not yield', () => {
  const lines = ['DTSTART:20260602T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO'];

  test('is the first occurrence, which COUNT counts', () => {
    const event = eventOf(...lines);
    expect(starts(event)).toEqual(['06-02T09:00', '06-08T09:00', '06-15T09:00']);
    expect(event.rdates).toEqual([Date.UTC(2026, 5, 2, 9)]);
    expect(event.start).toBe(Date.UTC(2026, 5, 8, 9));
    expect(writtenLines(event)).toEqual(lines);
  });

  test('of a rule that yields nothing is the only one', () => {
    const never = ['DTSTART:20260602T090000Z', 'RRULE:FREQ=WEEKLY;UNTIL=20260601T000000Z'];
    expect(starts(eventOf(...never))).toEqual(['06-02T09:00']);
    expect(writtenLines(eventOf(...never))).toEqual(never);
  });
});

describe('a changed occurrence', () => {
  const MOVED = ['DTSTART:20260602T120000Z', 'DTEND:20260602T130000Z', 'SUMMARY:Moved'];

  test.each([
    ['RECURRENCE-ID;TZID=Europe/Berlin:20260602T090000'],
    ['RECURRENCE-ID:20260602T070000Z'],
    ['RECURRENCE-ID;TZID=Asia/Tokyo:20260602T160000'],
    ['RECURRENCE-ID;VALUE=DATE:20260602'],
  ])('is found by %s', (recurrenceId) => {
    const { events } = objectOf(calendarText(vevent(recurrenceId, ...MOVED), vevent(...DAILY)));
    expect(starts(events[0])).toEqual([
      '06-01T07:00',
      '06-02T12:00',
      '06-03T07:00',
      '06-04T07:00',
      '06-05T07:00',
    ]);
    expect(events[0].overrides).toMatchObject([{ title: 'Moved', cancelled: false }]);
    expect(writtenLines(events[0])).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260602T090000');
  });

  test.each([
    ['a rule', 'RRULE:FREQ=DAILY;COUNT=3'],
    ['dates', 'RDATE;TZID=Europe/Berlin:20300331T023000,20300401T023000'],
  ])('of %s in a gap of the clocks is found by its instant', (_, recurrence) => {
    const master = vevent('DTSTART;TZID=Europe/Berlin:20300330T023000', recurrence);
    const found = [
      'RECURRENCE-ID:20300331T013000Z',
      'RECURRENCE-ID;TZID=Europe/Berlin:20300331T023000',
      'RECURRENCE-ID;TZID=Europe/Berlin:20300331T033000',
    ].map((id) => objectOf(calendarText(master, vevent(id, ...MOVED))).events[0].overrides[0].originalStart);
    expect(found).toEqual(found.map(() => Date.UTC(2030, 2, 31, 2, 30)));
  });

  test('that is cancelled does not take place', () => {
    const cancelled = vevent('RECURRENCE-ID:20260602T070000Z', 'STATUS:CANCELLED', ...MOVED);
    const { events } = objectOf(calendarText(vevent(...DAILY), cancelled));
    expect(starts(events[0])).not.toContain('06-02T07:00');
    expect(events[0].overrides).toMatchObject([{ cancelled: true }]);
  });

  test('of no occurrence adds one', () => {
    const stray = vevent('RECURRENCE-ID:20260901T070000Z', ...MOVED);
    const text = calendarText(vevent(...DAILY), stray);
    const { events } = objectOf(text);
    expect(starts(events[0])).toHaveLength(6);
    expect(writtenLines(events[0]).filter((line) => line.startsWith('RDATE'))).toEqual([]);
  });

  test('of the other form takes whole days, or the time of the days, with a warning', () => {
    const days = objectOf(
      calendarText(
        vevent('DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=DAILY;COUNT=3'),
        vevent('RECURRENCE-ID;VALUE=DATE:20260602', ...MOVED),
      ),
    );
    expect(days.warnings).toMatchObject([{ code: 'occurrence_of_other_form', line: 14 }]);
    expect(occurrences(days.events[0])).toContain('06-01T22:00+1440');
    const times = objectOf(
      calendarText(vevent(...DAILY), vevent('RECURRENCE-ID:20260602T070000Z', 'DTSTART;VALUE=DATE:20260602')),
    );
    expect(occurrences(times.events[0])).toContain('06-01T22:00+1440');
    expect(writtenLines(times.events[0])).toContain('DTSTART;VALUE=DATE:20260602');
  });

  test('may be in another zone than its series', () => {
    const moved = vevent(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260602T090000',
      'DTSTART;TZID=America/New_York:20260602T090000',
      'DTEND;TZID=America/New_York:20260602T094500',
    );
    const { events } = objectOf(calendarText(vevent(...DAILY), moved));
    expect(occurrences(events[0])).toContain('06-02T13:00+45');
    expect(writtenLines(events[0])).toContain('DTSTART;TZID=America/New_York:20260602T090000');
  });

  test('may have attendees of its own', () => {
    const others = vevent(
      'RECURRENCE-ID:20260602T070000Z',
      'DTSTART:20260602T070000Z',
      'DTEND:20260602T080000Z',
      'ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.com',
    );
    const { events } = objectOf(calendarText(vevent(...DAILY, 'ATTENDEE:mailto:ann@example.com'), others));
    expect(events[0].attendees.map(({ email }) => email)).toEqual(['ann@example.com']);
    expect(events[0].overrides[0].attendees?.map(({ email }) => email)).toEqual(['eve@example.com']);
    expect(writtenLines(events[0])).toContain('ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.com');
  });

  test('counts in its latest version', () => {
    const old = vevent('RECURRENCE-ID:20260602T070000Z', ...MOVED, 'SEQUENCE:1');
    const later = vevent('RECURRENCE-ID:20260602T070000Z', 'DTSTART:20260602T150000Z', 'SEQUENCE:2');
    const { events, warnings } = objectOf(calendarText(later, vevent(...DAILY), old));
    expect(starts(events[0])).toContain('06-02T15:00');
    expect(warnings).toMatchObject([{ code: 'duplicate_component' }]);
  });
});

describe('RANGE=THISANDFUTURE', () => {
  const LATER = vevent(
    'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260603T090000',
    'DTSTART;TZID=Europe/Berlin:20260603T110000',
    'DTEND;TZID=Europe/Berlin:20260603T113000',
    'SUMMARY:Later',
  );

  test('splits the series', () => {
    const { events, splits } = objectOf(calendarText(vevent(...DAILY, 'SUMMARY:Early'), LATER));
    expect(events.map((event) => [event.uid, event.title].concat(occurrences(event)))).toEqual([
      ['1', 'Early', '06-01T07:00+60', '06-02T07:00+60'],
      ['1_R20260603T090000', 'Later', '06-03T09:00+30', '06-04T09:00+30', '06-05T09:00+30'],
    ]);
    expect(splits).toEqual([Date.UTC(2026, 5, 3, 9)]);
  });

  test('from the first occurrence on leaves one event', () => {
    const first = LATER.map((line) => line.replaceAll('20260603', '20260601'));
    const { events } = objectOf(calendarText(vevent(...DAILY), first));
    expect(events).toHaveLength(1);
    expect(occurrences(events[0])).toHaveLength(5);
    expect(events[0]).toMatchObject({ uid: '1', title: 'Later' });
  });

  test('twice makes three parts, and changed occurrences go with theirs', () => {
    const last = LATER.map((line) => line.replace('Later', 'Last').replaceAll('20260603', '20260605'));
    const moved = vevent(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260604T090000',
      'DTSTART:20260604T200000Z',
      'SUMMARY:Evening',
    );
    const { events, splits } = objectOf(calendarText(vevent(...DAILY), LATER, last, moved));
    expect(events.map((event) => starts(event))).toEqual([
      ['06-01T07:00', '06-02T07:00'],
      ['06-03T09:00', '06-04T20:00'],
      ['06-05T09:00'],
    ]);
    expect(splits).toHaveLength(2);
  });
});

describe('changed occurrences without their series', () => {
  const ONE = vevent(
    'RECURRENCE-ID;TZID=Europe/Berlin:20260602T090000',
    'DTSTART;TZID=Europe/Berlin:20260602T100000',
    'SUMMARY:One',
  );
  const OTHER = vevent(
    'RECURRENCE-ID;TZID=Europe/Berlin:20260609T090000',
    'DTSTART;TZID=Europe/Berlin:20260609T090000',
    'SUMMARY:Other',
  );

  test('are an event, if there is one', () => {
    const { events } = objectOf(calendarText(ONE));
    expect(events[0]).toMatchObject({ title: 'One', rule: null, rdates: [], overrides: [] });
    expect(starts(events[0])).toEqual(['06-02T08:00']);
    expect(writtenLines(events[0])).toEqual(ONE.slice(2).toSorted());
  });

  test('are a series, if there are several', () => {
    const { events } = objectOf(calendarText(OTHER, ONE));
    expect(starts(events[0])).toEqual(['06-02T08:00', '06-09T07:00']);
    expect(writtenLines(events[0])).toEqual([...ONE.slice(2), ...OTHER.slice(2)].toSorted());
  });
});

describe('several VEVENTs of one series', () => {
  test('are one event: that of the highest SEQUENCE, then of the latest DTSTAMP', () => {
    const versions = [
      ['UID:1', 'DTSTAMP:20260103T000000Z', 'DTSTART:20260601T090000Z', 'SUMMARY:Stale'],
      ['UID:1', 'DTSTAMP:20260102T000000Z', 'DTSTART:20260601T090000Z', 'SEQUENCE:1', 'SUMMARY:Latest'],
      ['UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260601T090000Z', 'SEQUENCE:1', 'SUMMARY:Old'],
    ];
    const { events, warnings } = objectOf(calendarText(...versions));
    expect(events).toMatchObject([{ title: 'Latest' }]);
    expect(warnings.map(({ code }) => code)).toEqual(['duplicate_component', 'duplicate_component']);
  });

  test('of other UIDs, in other cases, are other events', () => {
    const text = calendarText(
      ['UID:a', 'DTSTART:20260601T090000Z'],
      ['UID:A', 'DTSTART:20260601T090000Z'],
      ['DTSTART:20260601T090000Z'],
      ['DTSTART:20260601T090000Z'],
    );
    expect([...fileOf(text).objects()].map(({ uid }) => uid)).toEqual(['a', 'A', null, null]);
  });
});
