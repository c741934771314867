import { describe, expect, test } from '@jest/globals';
import {
  dailyRecord,
  eventRecord,
  overrideRecord,
  toldInstant,
} from '../../../../test/support/core/event-records.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import type { EventRecord } from '../../../events/model/event-record.js';
import { CompiledSeries } from '../../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { remindedOccurrence } from './reminded-occurrence.js';

const occurrences = new OccurrencesService(new CompiledSeries());
const TUESDAY = '2026-01-06T09:00:00';

const MOVED_LATER = overrideRecord(TUESDAY, { start: '2026-01-06T15:00:00' });
const MOVED_TO_WEDNESDAY = overrideRecord(TUESDAY, { start: '2026-01-07T09:00:00' });
const CANCELLED = overrideRecord(TUESDAY, { cancelled: true });

/** The start and the original start of the occurrence, if a reminder of the original start on Tuesday concerns it. */
function reminded(event: EventRecord, start: string, originalStart = TUESDAY): string | null {
  const found = remindedOccurrence(event, originalStart, Date.parse(`${start}:00Z`), occurrences);
  return found && `${toldInstant(found.start)} of ${toldInstant(found.originalStart)}`;
}

describe('the occurrence that a reminder of a start concerns', () => {
  test.each<[string, EventRecord, string, string | null]>([
    ['has its original start', dailyRecord(), '2026-01-06T09:00', '2026-01-06 09:00 of 2026-01-06 09:00'],
    [
      'is where it was moved',
      dailyRecord({ overrides: [MOVED_LATER] }),
      '2026-01-06T15:00',
      '2026-01-06 15:00 of 2026-01-06 09:00',
    ],
    ['is no longer where it was', dailyRecord({ overrides: [MOVED_LATER] }), '2026-01-06T09:00', null],
    [
      'is not another one that starts where it was before it was moved',
      dailyRecord({ overrides: [MOVED_TO_WEDNESDAY] }),
      '2026-01-08T09:00',
      null,
    ],
    [
      'is itself, if another one has the same start',
      dailyRecord({ overrides: [MOVED_TO_WEDNESDAY] }),
      '2026-01-07T09:00',
      '2026-01-07 09:00 of 2026-01-06 09:00',
    ],
    [
      'has another original start, if the series has moved to that start',
      dailyRecord({ start: '2026-01-05T10:00:00' }),
      '2026-01-06T10:00',
      '2026-01-06 10:00 of 2026-01-06 10:00',
    ],
    [
      'is none, if the series has moved away',
      dailyRecord({ start: '2026-01-05T10:00:00' }),
      '2026-01-06T09:00',
      null,
    ],
    [
      'is still named if it is cancelled',
      dailyRecord({ overrides: [CANCELLED] }),
      '2026-01-06T09:00',
      '2026-01-06 09:00 of 2026-01-06 09:00',
    ],
    [
      'is none after the end',
      dailyRecord({ rule: new WrittenRule('FREQ=DAILY;COUNT=1') }),
      '2026-01-06T09:00',
      null,
    ],
  ])('%s', (_, event, start, expected) => {
    expect(reminded(event, start)).toBe(expected);
  });

  test.each<[string, string, string | null]>([
    ['is the event, by any original start', '2026-01-05T09:00', '2026-01-05 09:00 of 2026-01-05 09:00'],
    ['is none at another start', '2026-01-05T10:00', null],
  ])('of an event that does not repeat %s', (_, start, expected) => {
    expect(reminded(eventRecord(), start)).toBe(expected);
  });
});
