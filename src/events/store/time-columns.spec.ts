import { describe, expect, test } from '@jest/globals';
import { overrideRecord } from '../../../test/support/core/event-records.js';
import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import type { EventFields, OverrideRecord } from '../model/event-record.js';
import { columnsOf, overrideColumnsOf, overrideFrom, seriesFrom } from './time-columns.js';

describe('the columns of a series', () => {
  test.each<[Partial<EventFields>, object]>([
    [
      { length: { seconds: 60 }, rule: null },
      { duration: 60, zeroLength: false, rule: null },
    ],
    [
      { length: { days: 2 }, rule: new WrittenRule('FREQ=DAILY') },
      { duration: 2, zeroLength: false, rule: 'FREQ=DAILY' },
    ],
    [{ length: { seconds: 0 } }, { duration: 1, zeroLength: true }],
    [
      { floating: true, start: '2031-09-09T00:00:00', rule: null, rdates: [] },
      {
        floating: true,
        start: '2031-09-09T00:00:00',
        rule: null,
        rdates: ['2031-09-09T00:00:00', '2031-09-09T00:00:00'],
      },
    ],
    [
      { floating: true, start: '2031-09-09T00:00:00', rule: null, rdates: ['2031-09-10T00:00:00'] },
      { floating: true, start: '2031-09-09T00:00:00', rule: null, rdates: ['2031-09-10T00:00:00'] },
    ],
    [
      { floating: true, start: '2031-09-09T00:00:00', rule: null, rdates: ['2031-09-09T00:00:00'] },
      {
        floating: true,
        start: '2031-09-09T00:00:00',
        rule: null,
        rdates: ['2031-09-09T00:00:00', '2031-09-09T00:00:00', '2031-09-09T00:00:00'],
      },
    ],
    [{ title: 'Retro' }, { title: 'Retro' }],
    [{}, {}],
  ])('of %j are %j', (fields, columns) => {
    expect(columnsOf(fields)).toEqual(columns);
  });

  test.each<[boolean, number, boolean, object]>([
    [false, 2, false, { seconds: 2 }],
    [true, 2, false, { days: 2 }],
    [false, 1, true, { seconds: 0 }],
    // An instance of the version before has changed the length since.
    [false, 2, true, { seconds: 2 }],
    [true, 1, true, { days: 1 }],
  ])('are read with the unit: all-day %s, %d, of no length %s', (allDay, duration, zeroLength, length) => {
    const dates = { floating: false, start: '2026-01-05T00:00:00', rdates: [] };
    const row = { allDay, duration, zeroLength, ...dates, rule: 'FREQ=DAILY', title: 'Retro' };
    const { rule, ...record } = seriesFrom(row);
    expect(record).toMatchObject({ allDay, length, title: 'Retro' });
    expect(rule?.text).toBe('FREQ=DAILY');
  });
});

describe('the RDATEs of a row', () => {
  const [day, next] = ['2031-09-09T00:00:00', '2031-09-10T00:00:00'];

  test.each<[string, boolean, string | null, string[], string[]]>([
    ['are none of a floating day', true, null, [day, day], []],
    ['are none of a floating day that an instance of the version before has moved', true, null, [day], []],
    ['stay those of a floating series', true, null, [day, next], [day, next]],
    ['are one of a floating series whose only date is its start', true, null, [day, day, day], [day]],
    ['stay those of a floating series of one other date', true, null, [next], [next]],
    ['stay those of a floating rule', true, 'FREQ=DAILY', [day, day], [day, day]],
    ['stay those of pinned days', false, null, [day, day], [day, day]],
  ])('%s', (_, floating, rule, rdates, expected) => {
    const row = { allDay: true, floating, start: day, duration: 1, zeroLength: false, rule, rdates };
    expect(seriesFrom(row).rdates).toEqual(expected);
  });
});

describe('the columns of an override', () => {
  test.each<[OverrideRecord['length'], boolean, number | null]>([
    [{ seconds: 60 }, false, 60],
    [{ days: 2 }, true, 2],
    [{ seconds: 0 }, false, 1],
    [null, true, null],
  ])('of the length %j are read back', (length, allDay, duration) => {
    const override = overrideRecord('2026-01-05T09:00:00', { length });
    const columns = overrideColumnsOf(override);
    expect(columns.duration).toBe(duration);
    expect(overrideFrom(columns, { allDay })).toMatchObject({ ...override, duration });
  });
});
