import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../calendar/recurrence/rule/rule-text.js';
import type { SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { DAY, parseCivilTime } from '../../calendar/time/civil-time.js';
import type { EventPatch } from '../model/commands.js';
import { MAX_OVERLAPPING_OCCURRENCES, refuseDeepOverlap, refuseDeepOverlapAt } from './overlap-limit.js';

const START = parseCivilTime('2026-07-01T09:00:00');

/** A daily series of which as many occurrences overlap as each has days. */
function daily(days: number, changes: Partial<SeriesDefinition> = {}): SeriesDefinition {
  return {
    start: START,
    timeZone: 'UTC',
    allDay: false,
    length: { seconds: days * 86_400 },
    rule: parseRecurrenceRule('FREQ=DAILY'),
    rdates: [],
    exdates: [],
    overrides: [],
    ...changes,
  };
}

const at = { kind: 'civil' as const, civil: START };
const repeat = { rule: null };

describe('a series of occurrences that overlap', () => {
  test('is allowed up to the limit, and without recurrence always', () => {
    expect(() => refuseDeepOverlap(daily(MAX_OVERLAPPING_OCCURRENCES), {})).not.toThrow();
    expect(() => refuseDeepOverlap(daily(50, { rule: null }), {})).not.toThrow();
  });

  test.each<[string, Pick<EventPatch, 'schedule' | 'status'>]>([
    ['repeat', {}],
    ['repeat', { schedule: { repeat, endOrLength: { length: { seconds: 1, days: 1 } }, start: at } }],
    ['length', { schedule: { endOrLength: { length: { seconds: 1, days: 1 } }, start: at } }],
    ['end', { schedule: { endOrLength: { end: at }, allDay: true } }],
    ['allDay', { schedule: { allDay: true, start: at } }],
    ['start', { schedule: { start: at }, status: 'confirmed' }],
    ['status', { status: 'confirmed' }],
  ])('beyond the limit is refused at %s: %j', (field, command) => {
    expect(() => refuseDeepOverlap(daily(MAX_OVERLAPPING_OCCURRENCES + 1), command)).toThrow(
      expect.objectContaining({
        code: 'too_many_overlapping_occurrences',
        errors: [expect.objectContaining({ field })],
      }),
    );
  });

  test('is refused at an occurrence that is moved among too many others', () => {
    const limit = daily(MAX_OVERLAPPING_OCCURRENCES);
    const originalStart = START + 30 * DAY;
    const moved = { ...limit, overrides: [{ originalStart, cancelled: false, start: START + 12 * DAY }] };
    const start = { schedule: { start: at } };
    expect(() => refuseDeepOverlapAt(moved, originalStart, start)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'start' })] }),
    );
    expect(() => refuseDeepOverlapAt(limit, originalStart, start)).not.toThrow();
    // What a change of texts finds is not its fault.
    expect(() => refuseDeepOverlapAt(moved, originalStart, {})).not.toThrow();
  });
});
