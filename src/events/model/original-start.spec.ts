import { describe, expect, test } from '@jest/globals';
import { overrideRecord } from '../../../test/support/core/event-records.js';
import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import { parseCivilTime } from '../../calendar/time/civil-time.js';
import { parseWhen, type When } from '../../calendar/time/when.js';
import { CompiledSeries } from '../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { EventRecord } from './event-record.js';
import { findOccurrence } from './original-start.js';

const occurrences = new OccurrencesService(new CompiledSeries());

/** A daily series at half past two in Berlin, where that hour comes twice on October 25th 2026. */
function series(changes: Partial<EventRecord> = {}): EventRecord {
  const row = {
    id: 1,
    allDay: false,
    timeZone: 'Europe/Berlin',
    start: '2026-10-20T02:30:00',
    length: { seconds: 600 },
    rule: new WrittenRule('FREQ=DAILY'),
    rdates: [],
    exdates: [],
    secondPasses: null,
    overrides: [],
    startAt: new Date('2026-10-20T00:30:00Z'),
    endAt: null,
    ...changes,
  };
  return row as unknown as EventRecord;
}

const ALL_DAY = series({ allDay: true, start: '2026-10-20T00:00:00', length: { days: 1 } });
const CANCELLED = overrideRecord('2026-10-22T02:30:00', { cancelled: true });
const SINGLE = series({ rule: null, endAt: new Date('2026-10-20T00:40:00Z') });
const IN_SECOND_PASS = series({
  start: '2026-10-25T02:30:00',
  startAt: new Date('2026-10-25T01:30:00Z'),
  rule: null,
  rdates: ['2026-10-25T02:30:00', '2026-10-26T02:30:00'],
  secondPasses: { start: true, rdates: ['2026-10-25T02:30:00'], exdates: [], moved: [] },
});

const find = (event: EventRecord, text: string) =>
  findOccurrence(event, parseWhen(text) as When, occurrences);

describe('an occurrence', () => {
  test.each<[string, EventRecord, string, string]>([
    ['an instant', series(), '2026-10-21T00:30:00Z', '2026-10-21T00:30:00Z'],
    ['an instant with another offset', series(), '2026-10-21T09:30:00+09:00', '2026-10-21T00:30:00Z'],
    ['a civil time of its zone', series(), '2026-10-21T02:30:00', '2026-10-21T00:30:00Z'],
    ['the date of an all-day series', ALL_DAY, '2026-10-21', '2026-10-20T22:00:00Z'],
    [
      'its original start, if it is cancelled',
      series({ overrides: [CANCELLED] }),
      '2026-10-22T02:30:00',
      '2026-10-22T00:30:00Z',
    ],
    ['the start of an event that does not repeat', SINGLE, '2026-10-20T00:30:00Z', '2026-10-20T00:30:00Z'],
    [
      'a civil time of a repeated hour, in whose second pass it is',
      IN_SECOND_PASS,
      '2026-10-25T02:30:00',
      '2026-10-25T01:30:00Z',
    ],
  ])('is found by %s', (_, event, text, expected) => {
    expect(find(event, text).originalStart).toBe(Date.parse(expected));
  });

  test.each<[string, EventRecord, string, object]>([
    ['an instant between two', series(), '2026-10-21T00:31:00Z', { code: 'occurrence_not_found' }],
    ['a time before the first', series(), '2026-10-19T02:30:00', { code: 'occurrence_not_found' }],
    [
      'another time of an event that does not repeat',
      SINGLE,
      '2026-10-21T00:30:00Z',
      { code: 'occurrence_not_found' },
    ],
    [
      'a date of a series that is not all-day',
      series(),
      '2026-10-21',
      { errors: [expect.objectContaining({ field: 'originalStart' })] },
    ],
  ])('is not found by %s', (_, event, text, expected) => {
    expect(() => find(event, text)).toThrow(expect.objectContaining(expected));
  });

  test('that is the second at its civil time has no name', () => {
    const both = series({
      rdates: ['2026-10-25T02:30:00'],
      secondPasses: { start: false, rdates: ['2026-10-25T02:30:00'], exdates: [], moved: [] },
    });
    expect(find(both, '2026-10-25T02:30:00').originalCivilStart).toBe(parseCivilTime('2026-10-25T02:30:00'));
    expect(() => find(both, '2026-10-25T01:30:00Z')).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'originalStart' })] }),
    );
  });
});
