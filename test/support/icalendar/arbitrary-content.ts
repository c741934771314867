import * as fc from 'fast-check';
import { basicDateText, basicTimeText } from '../../../src/calendar/icalendar/content/basic-time.js';
import { calendarText, eventOf } from './read-files.js';

/** The value of a text, with escapes of every kind. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        ' ',
        '\\,',
        '\\;',
        '\\\\',
        '\\n',
        '\\N',
        ':',
        '"',
        '\\:',
        'é',
        '🎂',
        '^n',
        'x'.repeat(80),
      ),
      fc.stringMatching(/^[a-zA-Z0-9 .!?-]{0,12}$/),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

const parameterValue = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9 .-]{1,12}$/),
  fc.stringMatching(/^"[A-Za-z0-9 ,;:.-]{1,12}"$/),
  fc.constantFrom("^'quoted^'", '^^', 'Zoë', 'a^nb'),
);

const parameter = fc
  .tuple(
    fc.constantFrom('X-A', 'X-B', 'LANGUAGE', 'ALTREP', 'IANA-TOKEN', 'CN', 'RSVP', 'X-C'),
    fc.array(parameterValue, { minLength: 1, maxLength: 3 }),
  )
  .map(([name, values]) => ({ name, text: `;${name}=${values.join()}` }));

const parameters = fc
  .uniqueArray(parameter, { maxLength: 3, selector: ({ name }) => name })
  .map((all) => all.map((one) => one.text).join(''));

/** A property of a name, with a value and any parameters. */
function property(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(parameters, value).map(([written, one]) => `${name}${written}:${one}`);
}

const person = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((id) => `mailto:p${id}@example.com`),
  fc.constantFrom('MAILTO:P1@EXAMPLE.COM', 'urn:uuid:1', 'invalid:nomail', 'https://example.com/p'),
);

const utc = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .map((seconds) => new Date(seconds * 1_000).toISOString().replaceAll(/[-:]|\.\d+/g, ''));

/** Properties of which an event may have any number. */
const anyProperty = fc.oneof(
  property('SUMMARY', text),
  property('DESCRIPTION', text),
  property('LOCATION', text),
  property(
    'CATEGORIES',
    fc.array(text, { maxLength: 3 }).map((all) => all.join()),
  ),
  property('CLASS', fc.constantFrom('PUBLIC', 'PRIVATE', 'CONFIDENTIAL', 'X-SECRET', 'public')),
  property('STATUS', fc.constantFrom('CONFIRMED', 'TENTATIVE', 'CANCELLED', 'X-OTHER')),
  property('TRANSP', fc.constantFrom('OPAQUE', 'TRANSPARENT', 'transparent')),
  property(
    'X-MICROSOFT-CDO-BUSYSTATUS',
    fc.constantFrom('FREE', 'BUSY', 'OOF', 'TENTATIVE', 'WORKINGELSEWHERE'),
  ),
  property('URL', fc.constantFrom('https://example.com/a?b=c,d;e', 'mailto:a@b.example', 'x')),
  property('COLOR', fc.constantFrom('red', 'RED', '#ff0000', 'none')),
  property('CONFERENCE', fc.constantFrom('https://meet.example/a', 'tel:+1,,2', 'xmpp:a@b.example')),
  property('X-GOOGLE-CONFERENCE', fc.constantFrom('https://meet.example/b', '')),
  property('GEO', fc.constantFrom('37.386013;-122.082932', '1.50;2.0')),
  property('PRIORITY', fc.constantFrom('0', '05', 'high')),
  property('ATTACH', fc.constantFrom('https://example.com/a,b', 'CID:1')),
  property('SEQUENCE', fc.constantFrom('0', '1', '-1', 'x', '2147483648')),
  property('CREATED', fc.oneof(utc, fc.constantFrom('20260101', 'never', '20260101T000000'))),
  property('LAST-MODIFIED', utc),
  property('DTSTAMP', utc),
  property('ORGANIZER', person),
  property('ATTENDEE;PARTSTAT=ACCEPTED', person),
  property('ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DELEGATED', person),
  property('X-UNKNOWN', text),
  property('X-TYPED;VALUE=DATE-TIME', text),
  property('REQUEST-STATUS', fc.constantFrom('2.0;Success', '3.1')),
  property('CONSTRUCTOR', text),
);

const alarm = fc
  .array(
    fc.oneof(
      property('TRIGGER', fc.constantFrom('-PT15M', '-P1D')),
      property('ACTION', fc.constantFrom('AUDIO', 'DISPLAY')),
      property('X-WR-ALARMUID', text),
    ),
    { maxLength: 4 },
  )
  .map((lines) => [['BEGIN:VALARM'], lines, ['END:VALARM']].flat());

/** DTSTART with an end and a recurrence that fit its form. */
const times = fc.constantFrom<string[]>(
  ['DTSTART:20260601T090000Z', 'DTEND:20260601T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=10;INTERVAL=1'],
  [
    'DTSTART;TZID=Europe/Berlin:20260601T090000',
    'DURATION:PT1H',
    'RRULE:BYDAY=MO,TU;FREQ=WEEKLY;UNTIL=20270101T000000Z',
  ],
  ['DTSTART;TZID=Europe/Berlin:20260602T090000', 'RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=MO'],
  ['DTSTART;TZID=America/New_York:20260601T090000', 'DTEND;TZID=Europe/Berlin:20260601T180000'],
  ['DTSTART;X-VOBJ=TRUE;TZID=Asia/Tokyo:20260601T090000', 'DTEND;TZID=Asia/Tokyo:20260601T090000'],
  ['DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=YEARLY'],
  ['DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260601'],
  ['DTSTART;VALUE=DATE:20260601', 'DURATION:P2D', 'RDATE;VALUE=DATE:20260701,20260801'],
  ['DTSTART:20260601T090000', 'DTEND:20260601T093000', 'RRULE:FREQ=DAILY;UNTIL=20260605T090000'],
  ['DTSTART:20260601T090000Z', 'RDATE;VALUE=PERIOD:20260701T090000Z/PT2H,20260801T090000Z/20260801T093000Z'],
);

/** The lines of a VEVENT without UID, with any properties in any order. */
export const veventLines: fc.Arbitrary<readonly string[]> = fc
  .tuple(times, fc.array(anyProperty, { maxLength: 12 }), fc.array(alarm, { maxLength: 2 }))
  .chain(([when, properties, alarms]) => {
    const lines = [...when, ...properties];
    return fc
      .shuffledSubarray(lines, { minLength: lines.length })
      .map((shuffled) => shuffled.concat(alarms.flat()));
  });

/** The RECURRENCE-ID of the first occurrence of a series, in the form of its DTSTART. */
function recurrenceIdOf(lines: readonly string[]): string {
  const { rdates, start } = eventOf(...lines);
  const written = lines.find((line) => line.startsWith('DTSTART')) ?? '';
  const [named] = written.split(':');
  const civil = Math.min(start, ...rdates);
  const value = named.includes('VALUE=DATE') ? basicDateText(civil) : basicTimeText(civil);
  const name = named.replace('DTSTART', 'RECURRENCE-ID').replace(';X-VOBJ=TRUE', '');
  return `${name}:${value}${written.endsWith('Z') ? 'Z' : ''}`;
}

/** A file with a series and one changed occurrence of it. */
export const seriesWithChange: fc.Arbitrary<string> = fc
  .tuple(veventLines, veventLines)
  .filter(([series]) => series.some((line) => line.startsWith('RRULE')))
  .map(([series, lines]) => {
    const occurrence = lines.filter((line) => !/^(?:RRULE|RDATE|EXDATE)/.test(line));
    return calendarText(['UID:1', ...series], ['UID:1', recurrenceIdOf(series), ...occurrence]);
  });
