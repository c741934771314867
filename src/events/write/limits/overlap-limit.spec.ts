import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { DAY, parseCivilTime } from '../../../calendar/time/civil-time.js';
import type { EventPatch } from '../../model/commands.js';
import type { Schedule } from '../../model/schedule/schedule.js';
import { MAX_OVERLAPPING_OCCURRENCES, refuseDeepOverlap, refuseDeepOverlapAt } from './overlap-limit.js';

const START = parseCivilTime('2026-07-01T09:00:00');

/** A daily series of which as many occurrences overlap as each has days. */
function daily(days: number, changes: Partial<Schedule> = {}): Schedule {
  return {
    start: START,
    startAt: START,
    timeZone: 'UTC',
    endTimeZone: null,
    floating: false,
    allDay: false,
    length: { seconds: days * 86_400 },
    rule: parseRecurrenceRule('FREQ=DAILY'),
    rdates: [],
    exdates: [],
    ...changes,
  };
}

const at = { kind: 'civil' as const, civil: START };
const repeat = { rule: null };

describe('a series of occurrences that overlap', () => {
  test('is allowed up to the limit, and without recurrence always', () => {
    expect(() => refuseDeepOverlap(daily(MAX_OVERLAPPING_OCCURRENCES), [], {})).not.toThrow();
    expect(() => refuseDeepOverlap(daily(50, { rule: null }), [], {})).not.toThrow();
  });

  test.each<[string, Pick<EventPatch, 'schedule' | 'status'>]>([
    ['repeat', {}],
    ['repeat', { schedule: { repeat, endOrLength: { durationInUnitOfEvent: 1 }, start: at } }],
    ['length', { schedule: { endOrLength: { durationInUnitOfEvent: 1 }, start: at } }],
    ['end', { schedule: { endOrLength: { end: at }, allDay: true } }],
    ['allDay', { schedule: { allDay: true, start: at } }],
    ['start', { schedule: { start: at }, status: 'confirmed' }],
    ['status', { status: 'confirmed' }],
  ])('beyond the limit is refused at %s: %j', (field, command) => {
    expect(() => refuseDeepOverlap(daily(MAX_OVERLAPPING_OCCURRENCES + 1), [], command)).toThrow(
      expect.objectContaining({
        code: 'too_many_overlapping_occurrences',
        errors: [expect.objectContaining({ field })],
      }),
    );
  });

  test('is refused at an occurrence that is moved among too many others', () => {
    const limit = daily(MAX_OVERLAPPING_OCCURRENCES);
    const originalStart = START + 30 * DAY;
    const moved = [{ originalStart, cancelled: false, start: START + 12 * DAY }];
    const start = { schedule: { start: at } };
    expect(() => refuseDeepOverlapAt(limit, moved, originalStart, start)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'start' })] }),
    );
    expect(() => refuseDeepOverlapAt(limit, [], originalStart, start)).not.toThrow();
    // A change of texts is not at fault for an overlap that it finds.
    expect(() => refuseDeepOverlapAt(limit, moved, originalStart, {})).not.toThrow();
  });
});
