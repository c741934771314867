import { describe, expect, test } from '@jest/globals';
import { dailyRecord, eventRecord } from '../../../../test/support/core/event-records.js';
import { formatCivilTime, isSecondPass } from '../../../calendar/time/civil-time.js';
import type { EventRecord } from '../event-record.js';
import { startInstant } from './event-times.js';
import { scheduleFrom } from './schedule.js';

const BERLIN: Partial<EventRecord> = { timeZone: 'Europe/Berlin', start: '2026-10-25T02:30:00' };
const FIRST = new Date('2026-10-25T00:30:00Z');
const SECOND = new Date('2026-10-25T01:30:00Z');

describe('the start of an event', () => {
  test.each<[string, EventRecord, Date, boolean]>([
    ['is its stored instant', eventRecord({ ...BERLIN, startAt: FIRST }), FIRST, false],
    ['may lie in the second pass of an hour', eventRecord({ ...BERLIN, startAt: SECOND }), SECOND, true],
    ['of a series is its civil time', dailyRecord({ ...BERLIN, startAt: SECOND }), FIRST, false],
    [
      'of a series may lie in the second pass of an hour',
      dailyRecord({ ...BERLIN, secondPasses: { start: true, rdates: [], exdates: [], moved: [] } }),
      SECOND,
      true,
    ],
  ])('%s', (_, event, instant, later) => {
    const schedule = scheduleFrom(event);
    expect(new Date(startInstant(event))).toEqual(instant);
    expect(new Date(schedule.startAt)).toEqual(instant);
    expect(isSecondPass(schedule.start)).toBe(later);
  });
});

test('the schedule of an event has its recurrence and length', () => {
  const { allDay, timeZone, start, length, rule, rdates, exdates } = scheduleFrom(
    dailyRecord({ rdates: ['2026-01-06T10:00:00'], exdates: ['2026-01-07T09:00:00'] }),
  );
  expect({ allDay, timeZone, length }).toEqual({
    allDay: false,
    timeZone: 'UTC',
    length: { seconds: 3_600 },
  });
  expect(rule?.frequency).toBe('DAILY');
  expect([start, ...rdates, ...exdates].map(formatCivilTime)).toEqual([
    '2026-01-05T09:00:00',
    '2026-01-06T10:00:00',
    '2026-01-07T09:00:00',
  ]);
});
