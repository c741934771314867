import { describe, expect, test } from '@jest/globals';
import { overrideRecord } from '../../../test/support/core/event-records.js';
import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import type { EventFields, OverrideRecord } from '../model/event-record.js';
import { columnsOf, overrideColumnsOf, overrideFrom, seriesFrom } from './time-columns.js';

describe('the columns of a series', () => {
  test.each<[Partial<EventFields>, object]>([
    [
      { length: { seconds: 60 }, rule: null },
      { duration: 60, rule: null },
    ],
    [
      { length: { days: 2 }, rule: new WrittenRule('FREQ=DAILY') },
      { duration: 2, rule: 'FREQ=DAILY' },
    ],
    [{ title: 'Retro' }, { title: 'Retro' }],
    [{}, {}],
  ])('of %j are %j', (fields, columns) => {
    expect(columnsOf(fields)).toEqual(columns);
  });

  test.each<[boolean, object]>([
    [false, { seconds: 2 }],
    [true, { days: 2 }],
  ])('are read with the unit: all-day %s', (allDay, length) => {
    const { rule, ...record } = seriesFrom({ allDay, duration: 2, rule: 'FREQ=DAILY', title: 'Retro' });
    expect(record).toMatchObject({ allDay, length, title: 'Retro' });
    expect(rule?.text).toBe('FREQ=DAILY');
  });
});

describe('the columns of an override', () => {
  test.each<[OverrideRecord['length'], boolean, number | null]>([
    [{ seconds: 60 }, false, 60],
    [{ days: 2 }, true, 2],
    [null, true, null],
  ])('of the length %j are read back', (length, allDay, duration) => {
    const override = overrideRecord('2026-01-05T09:00:00', { length });
    const columns = overrideColumnsOf(override);
    expect(columns.duration).toBe(duration);
    expect(overrideFrom(columns, { allDay })).toEqual({ ...override, duration });
  });
});
