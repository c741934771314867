import { describe, expect, test } from '@jest/globals';
import {
  MAX_CALENDAR_PROPERTIES,
  MAX_FILE_ATTENDEES,
  MAX_FILE_DATES,
  MAX_FILE_OVERRIDES,
  MAX_NESTING,
  MAX_OBJECT_LINES,
  MAX_UID_LENGTH,
} from '../../../src/calendar/icalendar/model/icalendar-limits.js';
import { readCalendarFile } from '../../../src/calendar/icalendar/read/calendar-file.js';
import { errorOf } from '../../support/core/series.js';
import { calendarText, fileOf, READER_ZONE } from '../../support/icalendar/read-files.js';

const START = 'DTSTART:20260601T090000Z';

/** The problem of the one object of a file. */
function problemOf(...lines: readonly string[]) {
  const [object] = fileOf(calendarText(['UID:1', 'DTSTAMP:20260101T000000Z', ...lines])).objects();
  return object.problem;
}

describe('a file is refused as a whole, with the line', () => {
  test.each<[string, string, number]>([
    ['empty', '', 1],
    ['JSON', '{"summary": "x"}', 1],
    ['a login page', '<!DOCTYPE html>\n<html>\n</html>', 1],
    ['an event alone', 'BEGIN:VEVENT\nEND:VEVENT', 1],
    ['half a file', 'BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1', 3],
    ['without the end of the calendar', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n', 1],
    ['with ends in another order', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT', 3],
    ['with text behind the calendar', 'BEGIN:VCALENDAR\nEND:VCALENDAR\n\nhello', 4],
    ['a contact', 'BEGIN:VCARD\nEND:VCARD', 1],
    ['5,000 nested components', `BEGIN:VCALENDAR\n${'BEGIN:VEVENT\n'.repeat(5_000)}`, MAX_NESTING + 1],
    [
      'too many properties of the calendar',
      `BEGIN:VCALENDAR\n${'X-A:1\n'.repeat(MAX_CALENDAR_PROPERTIES + 1)}END:VCALENDAR`,
      MAX_CALENDAR_PROPERTIES + 2,
    ],
  ])('if it is %s', (_, text, line) => {
    expect(errorOf(() => fileOf(text))).toMatchObject({ kind: 'invalid', code: 'invalid_icalendar', line });
  });
});

describe('an object is refused, with the line', () => {
  test.each<[string, string[], string, number]>([
    ['no DTSTART', ['SUMMARY:x'], 'missing_start', 4],
    ['a date that does not exist', ['DTSTART;VALUE=DATE:20310230'], 'invalid_date', 7],
    ['a time that does not exist', ['DTSTART:20310201T250000Z'], 'invalid_date', 7],
    ['a date that is no date', ['DTSTART:tomorrow'], 'invalid_date', 7],
    ['a year before 1900', ['DTSTART:18990101T000000Z'], 'invalid_date', 7],
    ['a year after 2999', ['DTSTART;VALUE=DATE:30000101'], 'invalid_date', 7],
    ['several starts', ['DTSTART:20260601T090000Z,20260602T090000Z'], 'invalid_date', 7],
    ['an EXDATE that is no date', [START, 'RRULE:FREQ=DAILY', 'EXDATE:x'], 'invalid_date', 9],
    ['a period without a start', [START, 'RDATE;VALUE=PERIOD:/PT1H'], 'invalid_date', 8],
    ['a DURATION that is none', [START, 'DURATION:1 hour'], 'invalid_duration', 8],
    ['an end after 2999', [START, 'DURATION:P999999W'], 'invalid_duration', 8],
    ['a line that is no property', [START, 'SUMMARY:x', 'and more'], 'invalid_line', 9],
    ['a property without a name', [START, ':x'], 'invalid_line', 8],
    ['a parameter without a value', [START, 'SUMMARY;LANGUAGE:x'], 'invalid_line', 8],
    ['a rule of hours', [START, 'RRULE:FREQ=HOURLY'], 'invalid_rule', 8],
    [
      'a rule that never ends in ical.js',
      [START, 'RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'],
      'invalid_rule',
      8,
    ],
    ['a rule with COUNT and UNTIL', [START, 'RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101'], 'invalid_rule', 8],
    ['a rule beyond the bounds', [START, 'RRULE:FREQ=DAILY;COUNT=100000'], 'invalid_rule', 8],
    ['a rule of another calendar', [START, 'RRULE:RSCALE=CHINESE;FREQ=YEARLY'], 'invalid_rule', 8],
    ['a rule that skips', [START, 'RRULE:FREQ=MONTHLY;SKIP=FORWARD'], 'invalid_rule', 8],
    ['a rule without FREQ', [START, 'RRULE:'], 'invalid_rule', 8],
    ['two rules', [START, 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'], 'unsupported_rule', 9],
    ['an exclusion rule', [START, 'RRULE:FREQ=DAILY', 'EXRULE:FREQ=WEEKLY'], 'unsupported_rule', 9],
    [
      'too many RDATEs',
      [START, ...Array<string>(MAX_FILE_DATES + 1).fill('RDATE:20260701T090000Z')],
      'too_many_values',
      8 + MAX_FILE_DATES,
    ],
    [
      'too many RDATEs of one line',
      [START, `RDATE:${Array<string>(100_000).fill('20260701T090000Z').join()}`],
      'too_many_values',
      8,
    ],
    [
      'too many EXDATEs',
      [
        START,
        `EXDATE:${Array<string>(MAX_FILE_DATES + 1)
          .fill('20260701T090000Z')
          .join()}`,
      ],
      'too_many_values',
      8,
    ],
    [
      'too many attendees',
      [START, ...Array<string>(MAX_FILE_ATTENDEES + 1).fill('ATTENDEE:mailto:a@b.example')],
      'too_many_values',
      8 + MAX_FILE_ATTENDEES,
    ],
    [
      'too many lines',
      Array<string>(MAX_OBJECT_LINES + 1).fill('X-A:1'),
      'object_too_long',
      5 + MAX_OBJECT_LINES,
    ],
  ])('if it has %s', (_, lines, code, line) => {
    expect(problemOf(...lines)).toMatchObject({ code, line, detail: expect.stringMatching(/\.$/) });
  });

  test('if its UID is too long', () => {
    const [object] = fileOf(calendarText([`UID:${'x'.repeat(MAX_UID_LENGTH + 1)}`, START])).objects();
    expect(object.problem).toMatchObject({ code: 'uid_too_long', line: 5, part: 'UID' });
  });

  test('if it has too many changed occurrences', () => {
    const changed = Array.from({ length: MAX_FILE_OVERRIDES + 1 }, (_, index) => {
      const at = new Date(Date.UTC(2026, 0, 1) + index * 86_400_000)
        .toISOString()
        .slice(0, 10)
        .replaceAll('-', '');
      return ['UID:1', `RECURRENCE-ID:${at}T090000Z`, `DTSTART:${at}T100000Z`];
    });
    const [object] = fileOf(
      calendarText(['UID:1', 'DTSTART:20260101T090000Z', 'RRULE:FREQ=DAILY'], ...changed),
    ).objects();
    expect(object.problem).toMatchObject({ code: 'too_many_values', part: 'RECURRENCE-ID' });
  });

  test('if it is no event', () => {
    const text = calendarText(['UID:1', START]).replaceAll('VEVENT', 'VTODO');
    expect([...fileOf(text).objects()]).toMatchObject([
      { uid: '1', problem: { code: 'unsupported_component', line: 4 } },
    ]);
  });

  test('and the other objects are read', () => {
    const text = calendarText(['UID:1', 'DTSTART:x'], ['UID:2', START], ['UID:3', START, 'RRULE:FREQ=NEVER']);
    expect([...fileOf(text).objects()].map(({ problem }) => problem?.code)).toEqual([
      'invalid_date',
      undefined,
      'invalid_rule',
    ]);
  });
});

const PLAIN = calendarText(['UID:1', START, 'SUMMARY:Grüße, Zoë', 'DESCRIPTION:a\\nb']);

/** The title of the one event of a file, and the warnings of the file. */
function titleOf(bytes: Uint8Array, charset?: string) {
  const file = readCalendarFile(bytes, { timeZone: READER_ZONE, ...(charset !== undefined && { charset }) });
  const [object] = file.objects();
  return [object.problem === undefined && object.events[0].title, ...file.warnings.map(({ code }) => code)];
}

describe('an encoding', () => {
  test.each<[string, Buffer, string | undefined, string[]]>([
    ['UTF-8', Buffer.from(PLAIN), undefined, []],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${PLAIN}`), 'utf-8', []],
    ['UTF-8, declared as Latin-1', Buffer.from(PLAIN), 'iso-8859-1', []],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${PLAIN}`, 'utf16le'), undefined, []],
    ['UTF-16 without a mark', Buffer.from(PLAIN, 'utf16le'), undefined, []],
    ['big-endian UTF-16', Buffer.from(`\ufeff${PLAIN}`, 'utf16le').swap16(), undefined, []],
    ['big-endian UTF-16 without a mark', Buffer.from(PLAIN, 'utf16le').swap16(), undefined, []],
    ['Latin-1 with a declaration', Buffer.from(PLAIN, 'latin1'), 'ISO-8859-1', []],
    ['Latin-1 without a declaration', Buffer.from(PLAIN, 'latin1'), undefined, ['encoding_guessed']],
    ['Latin-1, declared as UTF-8', Buffer.from(PLAIN, 'latin1'), 'utf-8', ['encoding_guessed']],
    ['an unknown declaration', Buffer.from(PLAIN), 'klingon', []],
  ])('is read: %s', (_, bytes, charset, warnings) => {
    expect(titleOf(bytes, charset)).toEqual(['Grüße, Zoë', ...warnings]);
  });

  test('whose characters are split by folds is read', () => {
    const bytes = Buffer.from(PLAIN);
    const split = bytes.indexOf(Buffer.from('ü')) + 1;
    const folded = Buffer.concat([bytes.subarray(0, split), Buffer.from('\r\n '), bytes.subarray(split)]);
    expect(titleOf(folded)).toEqual(['Grüße, Zoë']);
  });
});

describe('lines', () => {
  test.each([
    ['LF', PLAIN.replaceAll('\r\n', '\n')],
    ['CR', PLAIN.replaceAll('\r\n', '\r')],
    ['CR CR LF', PLAIN.replaceAll('\r\n', '\r\r\n')],
    ['spaces at the ends of BEGIN and END', PLAIN.replaceAll(/^((?:BEGIN|END):.*)\r$/gm, '$1  \r')],
    ['blank lines', PLAIN.replaceAll('\r\n', '\r\n\r\n')],
    ['lower case', PLAIN.replaceAll(/^[A-Z]+/gm, (name) => name.toLowerCase())],
    ['control characters', PLAIN.replace('Grüße', 'G\u0007rü\u0000ße')],
    ['a fold within every name', PLAIN.replaceAll(/^([A-Z]{2})/gm, '$1\r\n ')],
  ])('are read: %s', (_, text) => {
    expect(titleOf(Buffer.from(text))).toEqual(['Grüße, Zoë']);
  });

  test('of a megabyte are read', () => {
    const long = 'x'.repeat(1_000_000);
    const text = calendarText([
      'UID:1',
      START,
      `SUMMARY:${long}`,
      `ATTACH;ENCODING=BASE64;VALUE=BINARY:${long}`,
    ]);
    const [object] = fileOf(text).objects();
    expect(object).toMatchObject({ events: [{ title: 'x'.repeat(500) }] });
    expect(object.warnings.map(({ code }) => code)).toEqual(['content_dropped', 'content_dropped']);
  });
});
