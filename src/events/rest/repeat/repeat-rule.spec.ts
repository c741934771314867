import { describe, expect, test } from '@jest/globals';
import { formatRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import type { SeriesDatesRecord } from '../../../scheduling/occurrences/series-record.js';
import type { RepeatDto } from '../dto/repeat.dto.js';
import { toRepeatDto } from './repeat.mapper.js';
import { toNamedRule } from './repeat-rule.js';

/** A series in UTC with this rule. */
function series(rrule: string): SeriesDatesRecord {
  return {
    allDay: false,
    timeZone: 'UTC',
    start: '2026-07-01T09:00:00',
    rule: new WrittenRule(rrule),
    rdates: [],
    exdates: [],
    secondPasses: null,
  };
}

describe('a rule in words', () => {
  test.each<[RepeatDto, string]>([
    [{ frequency: 'daily' }, 'FREQ=DAILY'],
    [{ frequency: 'daily', interval: 2, count: 5 }, 'FREQ=DAILY;INTERVAL=2;COUNT=5'],
    [{ frequency: 'weekly', days_of_week: [1, 3] }, 'FREQ=WEEKLY;BYDAY=MO,WE'],
    [
      { frequency: 'weekly', days_of_week: [1, 2, 3, 4, 5], until: '2026-12-31' },
      'FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO,TU,WE,TH,FR',
    ],
    [{ frequency: 'monthly', day_of_month: -1 }, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    [{ frequency: 'monthly', days_of_week: [2], week_of_month: -1 }, 'FREQ=MONTHLY;BYDAY=-1TU'],
    [{ frequency: 'yearly', month_of_year: 9, day_of_month: 6 }, 'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=6'],
    [
      { frequency: 'yearly', month_of_year: 11, days_of_week: [4], week_of_month: 4 },
      'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
    ],
    [{ rrule: 'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1' }, 'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1'],
  ])('%j is a rule, and the rule is these words', (repeat, text) => {
    const named = toNamedRule(repeat);
    expect(named && formatRecurrenceRule(named.rule)).toBe(
      formatRecurrenceRule(toNamedRule({ rrule: text })!.rule),
    );
    expect(toRepeatDto(series(text))).toEqual(repeat);
  });

  test.each<[RepeatDto]>([
    [{ frequency: 'yearly', day_of_month: 6 }],
    [{ frequency: 'yearly', days_of_week: [1] }],
  ])('%j leaves the month to the start', (repeat) => {
    expect(toNamedRule(repeat)).toMatchObject({ inMonthOfStart: true, rule: { byMonth: [] } });
  });

  test.each<[RepeatDto, boolean]>([
    [{ frequency: 'weekly' }, true],
    [{ frequency: 'weekly', interval: 2 }, false],
    [{ rrule: 'FREQ=WEEKLY' }, false],
  ])('%j keeps the first day of the week: %s', (repeat, expected) => {
    expect(toNamedRule(repeat)?.keepsWeekStart).toBe(expected);
  });

  test('is absent beside dates alone', () => {
    expect(toNamedRule({ rdates: ['2026-07-02T09:00:00'] })).toBeNull();
  });

  test.each<[string, RepeatDto]>([
    ['repeat', {}],
    ['repeat', { rdates: [] }],
    ['repeat', { rrule: 'FREQ=HOURLY' }],
    ['repeat.until', { until: '2026-12-31' }],
    ['repeat.frequency', { frequency: 'daily', rrule: 'FREQ=DAILY' }],
    ['repeat.interval', { interval: 2, rrule: 'FREQ=DAILY' }],
    ['repeat.days_of_week', { frequency: 'weekdays', days_of_week: [1] }],
    ['repeat.month_of_year', { frequency: 'monthly', month_of_year: 3 }],
    ['repeat.week_of_month', { frequency: 'monthly', week_of_month: 1 }],
    ['repeat.day_of_month', { frequency: 'monthly', day_of_month: 1, days_of_week: [1] }],
    ['repeat.count', { frequency: 'daily', count: 3, until: '2026-12-31' }],
  ])('is refused at %s: %j', (field, repeat) => {
    expect(() => toNamedRule(repeat)).toThrow(
      expect.objectContaining({ kind: 'invalid', errors: [expect.objectContaining({ field })] }),
    );
  });
});
