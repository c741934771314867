import { describe, expect, test } from '@jest/globals';
import { CalendarError } from '../../calendar-error.js';
import { parseCivilTime } from '../../time/civil-time.js';
import { MAX_RULE_LENGTH } from './rule-limits.js';
import { formatRecurrenceRule, parseRecurrenceRule } from './rule-text.js';

describe('a rule as text', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE', 'FREQ=WEEKLY;BYDAY=MO,TU,WE'],
    ['RRULE:FREQ=DAILY', 'FREQ=DAILY'],
    ['rrule:freq=daily;count=5', 'FREQ=DAILY;COUNT=5'],
    ['FREQ=DAILY;INTERVAL=1;WKST=MO', 'FREQ=DAILY'],
    ['BYDAY=WE,MO,WE;FREQ=WEEKLY;INTERVAL=2;WKST=SU', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE'],
    ['FREQ=MONTHLY;BYDAY=+1TU', 'FREQ=MONTHLY;BYDAY=1TU'],
    ['FREQ=MONTHLY;BYDAY=-1FR,2MO,1TU,SU', 'FREQ=MONTHLY;BYDAY=SU,1TU,2MO,-1FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,31,01,+1', 'FREQ=MONTHLY;BYMONTHDAY=1,31,-1'],
    ['FREQ=YEARLY;BYMONTHDAY=6;BYMONTH=09', 'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=6'],
    ['FREQ=DAILY;BYSETPOS=-1;BYMINUTE=30,0;BYHOUR=17,8', 'FREQ=DAILY;BYHOUR=8,17;BYMINUTE=0,30;BYSETPOS=-1'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'],
    ['FREQ=YEARLY;BYYEARDAY=-1,100', 'FREQ=YEARLY;BYYEARDAY=100,-1'],
    ['FREQ=DAILY;UNTIL=19000101', 'FREQ=DAILY;UNTIL=19000101'],
    ['FREQ=DAILY;UNTIL=20221231', 'FREQ=DAILY;UNTIL=20221231'],
    ['FREQ=DAILY;UNTIL=20221231T235959', 'FREQ=DAILY;UNTIL=20221231T235959'],
    ['FREQ=DAILY;UNTIL=20221231T235959Z', 'FREQ=DAILY;UNTIL=20221231T235959Z'],
    ['FREQ=DAILY;INTERVAL=999;COUNT=1000', 'FREQ=DAILY;INTERVAL=999;COUNT=1000'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatRecurrenceRule(parseRecurrenceRule(text))).toBe(canonical);
    expect(parseRecurrenceRule(canonical)).toEqual(parseRecurrenceRule(text));
  });

  test('has as many characters as the limit allows', () => {
    const text = 'FREQ=DAILY;BYHOUR=8';
    const longest = text + ',8'.repeat((MAX_RULE_LENGTH - text.length) / 2);
    const padded = longest.length === MAX_RULE_LENGTH ? longest : longest.replace('BYHOUR=8', 'BYHOUR=08');
    expect(padded).toHaveLength(MAX_RULE_LENGTH);
    expect(formatRecurrenceRule(parseRecurrenceRule(padded))).toBe(text);
    expect(() => parseRecurrenceRule(`${padded},8`)).toThrow(`at most ${MAX_RULE_LENGTH} characters`);
  });

  test('the value is plain', () => {
    expect(parseRecurrenceRule('FREQ=MONTHLY;INTERVAL=2;UNTIL=20221231T100000Z;BYDAY=1TU,SU')).toEqual({
      frequency: 'MONTHLY',
      interval: 2,
      count: null,
      until: { form: 'utc', value: Date.UTC(2022, 11, 31, 10) },
      weekStart: 1,
      byMonth: [],
      byWeekNo: [],
      byYearDay: [],
      byMonthDay: [],
      byDay: [
        { weekday: 7, ordinal: null },
        { weekday: 2, ordinal: 1 },
      ],
      byHour: [],
      byMinute: [],
      bySetPos: [],
    });
  });
});

describe('a rule that is refused names the part', () => {
  test.each([
    ['', 'FREQ'],
    ['COUNT=3', 'FREQ'],
    ['FREQ', 'FREQ'],
    ['FREQ=', 'FREQ'],
    ['FREQ=FORTNIGHTLY', 'FREQ'],
    ['FREQ=HOURLY', 'FREQ'],
    ['FREQ=SECONDLY', 'FREQ'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ'],
    ['FREQ=DAILY;COUNT=3;COUNT=3', 'COUNT'],
    ['FREQ=DAILY;FOO=1', 'FOO'],
    ['FREQ=DAILY;X-FOO=1', 'X-FOO'],
    ['FREQ=DAILY;BYSECOND=0', 'BYSECOND'],
    ['FREQ=YEARLY;BYEASTER=0', 'BYEASTER'],
    ['FREQ=DAILY;DTSTART=20220101T000000Z', 'DTSTART'],
    ['FREQ=DAILY;TZID=Europe/Moscow', 'TZID'],
    ['FREQ=DAILY\nRRULE:FREQ=DAILY', 'FREQ'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=-1', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1000', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1.5', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1,2', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1e2', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL= 1', 'INTERVAL'],
    ['FREQ=DAILY;COUNT=0', 'COUNT'],
    ['FREQ=DAILY;COUNT=1001', 'COUNT'],
    ['FREQ=DAILY;COUNT=+5', 'COUNT'],
    ['FREQ=DAILY;COUNT=', 'COUNT'],
    ['FREQ=DAILY;COUNT=5;UNTIL=20221231', 'COUNT'],
    ['FREQ=DAILY;UNTIL=2022-12-31', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20220230', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20221231T240000Z', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=18991231', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=', 'UNTIL'],
    ['FREQ=DAILY;WKST=XX', 'WKST'],
    ['FREQ=DAILY;WKST=1MO', 'WKST'],
    ['FREQ=DAILY;BYMONTH=13', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTH=0', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTH=-1', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTH=1,', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTH=1,,2', 'BYMONTH'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=-32', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=--1', 'BYMONTHDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYYEARDAY=367', 'BYYEARDAY'],
    ['FREQ=YEARLY;BYYEARDAY=0', 'BYYEARDAY'],
    ['FREQ=MONTHLY;BYYEARDAY=1', 'BYYEARDAY'],
    ['FREQ=DAILY;BYYEARDAY=1', 'BYYEARDAY'],
    ['FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO', 'BYWEEKNO'],
    ['FREQ=YEARLY;BYWEEKNO=0;BYDAY=MO', 'BYWEEKNO'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'BYWEEKNO'],
    ['FREQ=MONTHLY;BYWEEKNO=20;BYDAY=MO', 'BYWEEKNO'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=MO,', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY'],
    ['FREQ=DAILY;BYDAY=-1MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=6MO', 'BYDAY'],
    ['FREQ=YEARLY;BYDAY=54MO', 'BYDAY'],
    ['FREQ=DAILY;BYHOUR=24', 'BYHOUR'],
    ['FREQ=DAILY;BYHOUR=-1', 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=60', 'BYMINUTE'],
    ['FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40', 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24', 'BYMINUTE'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0', 'BYSETPOS'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367', 'BYSETPOS'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS'],
  ])('%s', (text, part) => {
    let refused: unknown;
    try {
      parseRecurrenceRule(text);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(CalendarError);
    expect(refused).toMatchObject({ kind: 'invalid', code: 'invalid_rule', part });
  });

  test.each([['FREQ=DAILY;'], [';FREQ=DAILY'], [`FREQ=DAILY;${'X'.repeat(MAX_RULE_LENGTH)}`]])(
    'or none: %s',
    (text) => {
      expect(() => parseRecurrenceRule(text)).toThrow(
        expect.objectContaining({ code: 'invalid_rule', part: undefined }),
      );
    },
  );
});

test('a date is kept as its midnight', () => {
  expect(parseRecurrenceRule('FREQ=DAILY;UNTIL=20221231').until).toEqual({
    form: 'date',
    value: parseCivilTime('2022-12-31'),
  });
});
