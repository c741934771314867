import { describe, expect, test } from '@jest/globals';
import { dailyRecord, MONDAY_AT_NINE, overrideRecord } from '../../../../test/support/core/event-records.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import { seriesDefinition } from '../../../scheduling/occurrences/series-record.js';
import type { EventRecord } from '../event-record.js';
import { scheduleFrom } from '../schedule/schedule.js';
import { movedOccurrences, type PlacedOccurrences } from './moved-occurrences.js';

const TUESDAY = '2026-01-06T09:00:00';
const WEDNESDAY = '2026-01-07T09:00:00';

/** The daily series at nine in UTC, with differences. */
function series(fields: Partial<EventRecord> = {}): PlacedOccurrences {
  const event = dailyRecord(fields);
  const { overrides } = seriesDefinition(event);
  return { schedule: scheduleFrom(event), location: event.location, overrides };
}

const SAME = new Map([TUESDAY, WEDNESDAY].map((key) => [key, key]));

describe('the occurrences that a change of a series moves', () => {
  test.each<[string, Partial<EventRecord>, boolean]>([
    ['nothing', {}, false],
    ['another rule from the same start', { rule: new WrittenRule('FREQ=WEEKLY') }, false],
    ['another place', { location: 'Room 5' }, true],
    ['another length', { length: { seconds: 60 } }, true],
    ['another time of day', { start: '2026-01-05T10:00:00' }, true],
    [
      'the same instants in a zone without summer time',
      { timeZone: 'Africa/Lagos', start: '2026-01-05T10:00:00' },
      false,
    ],
    [
      'the same first instant in a zone with summer time',
      { timeZone: 'Europe/Berlin', start: '2026-01-05T10:00:00' },
      true,
    ],
    ['the same civil times in another zone', { timeZone: 'Europe/Berlin' }, true],
  ])('after %s', (_, fields, moved) => {
    expect(movedOccurrences(series(), series(fields), new Map()).series).toBe(moved);
  });

  test('for whole days depend on the days alone', () => {
    const rule = new WrittenRule('FREQ=WEEKLY');
    const days = { allDay: true, start: '2026-01-05T00:00:00', length: { days: 1 }, rule };
    const moved = (fields: Partial<EventRecord>) =>
      movedOccurrences(series(days), series({ ...days, ...fields }), new Map()).series;
    expect(moved({ timeZone: 'Asia/Tokyo' })).toBe(false);
    expect(moved({ start: '2026-01-06T00:00:00' })).toBe(true);
    expect(moved({ length: { days: 2 } })).toBe(true);
  });

  test('do not include those whose override keeps their time and place', () => {
    const overrides = [
      overrideRecord(TUESDAY, { start: '2026-01-06T15:00:00', location: 'Room 7' }),
      overrideRecord(WEDNESDAY, { title: 'Review' }),
    ];
    const before = series({ overrides, location: 'Room 5' });
    const after = series({ overrides, location: 'Room 6' });
    expect(movedOccurrences(before, after, SAME)).toEqual({
      series: true,
      moved: [WEDNESDAY],
      unmoved: [TUESDAY],
    });
  });

  test('are those alone that lose their own place with the series', () => {
    const before = series({ overrides: [overrideRecord(TUESDAY, { location: '' })] });
    const after = series({ overrides: [overrideRecord(TUESDAY)] });
    expect(movedOccurrences(before, after, SAME)).toEqual({ series: false, moved: [], unmoved: [TUESDAY] });
    const elsewhere = series({ overrides: [overrideRecord(TUESDAY, { length: { seconds: 60 } })] });
    expect(movedOccurrences(elsewhere, after, SAME).moved).toEqual([TUESDAY]);
  });

  test('are named by their new original starts', () => {
    const keys = new Map([[MONDAY_AT_NINE, '2026-01-05T10:00:00']]);
    const after = series({ start: '2026-01-05T10:00:00' });
    expect(movedOccurrences(series(), after, keys)).toEqual({
      series: true,
      moved: ['2026-01-05T10:00:00'],
      unmoved: [],
    });
  });
});
