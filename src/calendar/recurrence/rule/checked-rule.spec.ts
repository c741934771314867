import { describe, expect, test } from '@jest/globals';
import { parseCivilTime } from '../../time/civil-time.js';
import { checkedRule } from './checked-rule.js';
import type { RuleParts } from './recurrence-rule.js';

const monday = { weekday: 1, ordinal: null };

describe('checkedRule', () => {
  test('fills in the defaults', () => {
    expect(checkedRule({ frequency: 'DAILY' })).toEqual({
      frequency: 'DAILY',
      interval: 1,
      count: null,
      until: null,
      weekStart: 1,
      byMonth: [],
      byWeekNo: [],
      byYearDay: [],
      byMonthDay: [],
      byDay: [],
      byHour: [],
      byMinute: [],
      bySetPos: [],
    });
  });

  test('sorts lists and drops duplicates, the values that count from the end last', () => {
    const rule = checkedRule({
      frequency: 'MONTHLY',
      byMonthDay: [-1, 31, -31, 1, 31],
      byDay: [
        { weekday: 5, ordinal: -1 },
        { weekday: 2, ordinal: 2 },
        { weekday: 1, ordinal: 2 },
        { weekday: 7, ordinal: null },
        { weekday: 5, ordinal: -1 },
      ],
      bySetPos: [-1, 2, 1],
    });
    expect(rule.byMonthDay).toEqual([1, 31, -31, -1]);
    expect(rule.byDay).toEqual([
      { weekday: 7, ordinal: null },
      { weekday: 1, ordinal: 2 },
      { weekday: 2, ordinal: 2 },
      { weekday: 5, ordinal: -1 },
    ]);
    expect(rule.bySetPos).toEqual([1, 2, -1]);
  });

  test.each<[RuleParts, string]>([
    [{ frequency: 'DAILY', interval: 0 }, 'INTERVAL'],
    [{ frequency: 'DAILY', interval: 1.5 }, 'INTERVAL'],
    [{ frequency: 'DAILY', interval: 1_000 }, 'INTERVAL'],
    [{ frequency: 'DAILY', interval: Number.NaN }, 'INTERVAL'],
    [{ frequency: 'DAILY', count: 0 }, 'COUNT'],
    [{ frequency: 'DAILY', count: 1_001 }, 'COUNT'],
    [{ frequency: 'DAILY', byHour: [24] }, 'BYHOUR'],
    [{ frequency: 'DAILY', byHour: [-1] }, 'BYHOUR'],
    [{ frequency: 'DAILY', byMinute: [0, 60] }, 'BYMINUTE'],
    [{ frequency: 'DAILY', weekStart: 0 }, 'BYDAY'],
    [{ frequency: 'WEEKLY', byDay: [{ weekday: 8, ordinal: null }] }, 'BYDAY'],
    [{ frequency: 'YEARLY', byDay: [{ weekday: 1, ordinal: 54 }] }, 'BYDAY'],
    [{ frequency: 'YEARLY', byDay: [{ weekday: 1, ordinal: 0 }] }, 'BYDAY'],
    [{ frequency: 'YEARLY', byDay: [{ weekday: 1, ordinal: 1.5 }] }, 'BYDAY'],
    [{ frequency: 'DAILY', until: { form: 'utc', value: 0.5 } }, 'UNTIL'],
    [{ frequency: 'DAILY', until: { form: 'date', value: 3_600_000 } }, 'UNTIL'],
    [{ frequency: 'DAILY', until: { form: 'local', value: parseCivilTime('1899-12-31T23:59:59') } }, 'UNTIL'],
    [{ frequency: 'DAILY', until: { form: 'utc', value: Infinity } }, 'UNTIL'],
    [{ frequency: 'DAILY', count: 1, until: { form: 'date', value: 0 } }, 'COUNT'],
    [{ frequency: 'MONTHLY', byWeekNo: [1], byDay: [monday] }, 'BYWEEKNO'],
    [{ frequency: 'YEARLY', byWeekNo: [1] }, 'BYWEEKNO'],
    [{ frequency: 'MONTHLY', byYearDay: [1] }, 'BYYEARDAY'],
    [{ frequency: 'WEEKLY', byMonthDay: [1] }, 'BYMONTHDAY'],
    [{ frequency: 'YEARLY', byMonthDay: [1] }, 'BYMONTHDAY'],
    [{ frequency: 'MONTHLY', bySetPos: [1] }, 'BYSETPOS'],
    [{ frequency: 'WEEKLY', byDay: [{ weekday: 1, ordinal: 1 }] }, 'BYDAY'],
    [{ frequency: 'MONTHLY', byDay: [{ weekday: 1, ordinal: -6 }] }, 'BYDAY'],
    [{ frequency: 'YEARLY', byMonth: [1], byDay: [{ weekday: 1, ordinal: 6 }] }, 'BYDAY'],
    [{ frequency: 'YEARLY', byWeekNo: [1], byDay: [{ weekday: 1, ordinal: 1 }] }, 'BYDAY'],
    [{ frequency: 'DAILY', byHour: [1, 2, 3, 4, 5], byMinute: [0, 10, 20, 30, 40] }, 'BYHOUR'],
    [{ frequency: 'DAILY', byMinute: Array.from({ length: 25 }, (_, minute) => minute) }, 'BYMINUTE'],
  ])('%j is refused and names %s', (parts, part) => {
    expect(() => checkedRule(parts)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'invalid_rule', part }),
    );
  });

  test.each<[RuleParts]>([
    [{ frequency: 'DAILY', interval: 999, count: 1_000 }],
    [{ frequency: 'YEARLY', byDay: [{ weekday: 7, ordinal: -53 }] }],
    [{ frequency: 'MONTHLY', byDay: [{ weekday: 1, ordinal: 5 }], bySetPos: [366, -366] }],
    [{ frequency: 'YEARLY', byYearDay: [366, -366] }],
    [{ frequency: 'YEARLY', byWeekNo: [53, -53], byDay: [monday] }],
    [{ frequency: 'YEARLY', byMonth: [12], byMonthDay: [31, -31] }],
    [{ frequency: 'DAILY', byHour: [0, 23], byMinute: [0, 59] }],
    [{ frequency: 'DAILY', byHour: [0, 0, 1, 2, 3, 4, 5], byMinute: [0, 15, 30, 45] }],
    [{ frequency: 'DAILY', until: { form: 'utc', value: parseCivilTime('9999-12-31T23:59:59') } }],
    [{ frequency: 'DAILY', until: { form: 'date', value: parseCivilTime('1900-01-01') } }],
  ])('%j is valid', (parts) => {
    expect(checkedRule(parts)).toMatchObject({ frequency: parts.frequency });
  });
});
