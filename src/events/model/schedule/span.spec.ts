import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { parseCivilTime } from '../../../calendar/time/civil-time.js';
import type { Schedule } from './schedule.js';
import { spanOf } from './span.js';

const MEETING: Schedule = {
  allDay: false,
  timeZone: 'UTC',
  endTimeZone: null,
  floating: false,
  start: parseCivilTime('2026-07-05T09:00:00'),
  startAt: Date.UTC(2026, 6, 5, 9),
  length: { seconds: 3_600 },
  rule: null,
  rdates: [],
  exdates: [],
};
const HOLIDAY: Schedule = {
  ...MEETING,
  allDay: true,
  timeZone: 'Europe/Berlin',
  start: parseCivilTime('2026-10-24T00:00:00'),
  startAt: Date.UTC(2026, 9, 23, 22),
  length: { days: 2 },
};

function repeated(rule: string, differences: Partial<Schedule> = {}): Schedule {
  return { ...MEETING, rule: parseRecurrenceRule(rule), ...differences };
}

describe('the span', () => {
  test.each<[string, Schedule, string]>([
    ['an event is its time', MEETING, '[2026-07-05T09:00:00.000Z,2026-07-05T10:00:00.000Z)'],
    [
      'an all-day event has its days in its zone',
      HOLIDAY,
      '[2026-10-23T22:00:00.000Z,2026-10-25T23:00:00.000Z)',
    ],
    [
      'an event of no length is its start',
      { ...MEETING, length: { seconds: 0 } },
      '[2026-07-05T09:00:00.000Z,2026-07-05T09:00:00.000Z]',
    ],
    [
      'floating days has them in every zone',
      { ...HOLIDAY, floating: true },
      '[2026-10-23T00:00:00.000Z,2026-10-27T00:00:00.000Z)',
    ],
    [
      'an endless series of floating days has no end',
      { ...HOLIDAY, floating: true, rule: parseRecurrenceRule('FREQ=DAILY') },
      '[2026-10-23T00:00:00.000Z,)',
    ],
    [
      'a series is a day longer on both sides',
      repeated('FREQ=DAILY;COUNT=2'),
      '[2026-07-04T09:00:00.000Z,2026-07-07T10:00:00.000Z)',
    ],
    ['an endless series has no end', repeated('FREQ=DAILY'), '[2026-07-04T09:00:00.000Z,)'],
    [
      'a series has its RDATEs',
      { ...MEETING, rdates: [parseCivilTime('2026-07-09T09:00:00')] },
      '[2026-07-04T09:00:00.000Z,2026-07-10T10:00:00.000Z)',
    ],
  ])('of %s', (_, schedule, span) => {
    expect(spanOf(schedule)).toBe(span);
  });
});
