import { describe, expect, test } from '@jest/globals';
import { dailyRecord, overrideRecord } from '../../../test/support/core/event-records.js';
import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import type { EventRecord } from '../../events/model/event-record.js';
import { CompiledSeries } from './compiled-series.js';

/** A start that an all-day event may have too. */
const BASE: Partial<EventRecord> = { start: '2026-01-05T00:00:00', length: { seconds: 1 } };

describe('the compiled series', () => {
  test.each<[string, Partial<EventRecord>, boolean]>([
    ['of the same event', {}, true],
    ['of another event', { id: 2, title: 'Other' }, true],
    ['of another start', { start: '2026-01-05T10:00:00' }, false],
    ['of another length', { length: { seconds: 60 } }, false],
    ['of an all-day event', { allDay: true, length: { days: 1 } }, false],
    ['of another zone', { timeZone: 'Europe/Berlin' }, false],
    ['of another rule', { rule: new WrittenRule('FREQ=WEEKLY') }, false],
    ['of other additional dates', { rdates: ['2026-01-05T10:00:00'] }, false],
    ['of other excluded dates', { exdates: ['2026-01-05T10:00:00'] }, false],
    ['of other passes', { secondPasses: { start: true, rdates: [], exdates: [], moved: [] } }, false],
    ['with overrides', { overrides: [overrideRecord('2026-01-06T00:00:00')] }, false],
  ])('%s is the kept one: %s', (_, fields, expected) => {
    const compiled = new CompiledSeries();
    const kept = compiled.of(dailyRecord(BASE));
    expect(compiled.of(dailyRecord({ ...BASE, ...fields })) === kept).toBe(expected);
    expect(compiled.of(dailyRecord(BASE))).toBe(kept);
  });
});
