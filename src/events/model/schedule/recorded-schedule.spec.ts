import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { parseCivilTime, SECOND_PASS } from '../../../calendar/time/civil-time.js';
import { recordedSchedule } from './recorded-schedule.js';
import type { Schedule } from './schedule.js';

const MEETING: Schedule = {
  allDay: false,
  timeZone: 'Europe/Berlin',
  endTimeZone: null,
  floating: false,
  start: parseCivilTime('2026-10-24T02:30:00'),
  startAt: Date.UTC(2026, 9, 24, 0, 30),
  length: { seconds: 3_600 },
  rule: null,
  rdates: [],
  exdates: [],
};
const RECORDED = {
  allDay: false,
  timeZone: 'Europe/Berlin',
  endTimeZone: null,
  floating: false,
  start: '2026-10-24T02:30:00',
  length: { seconds: 3_600 },
  rule: null,
  rdates: [],
  exdates: [],
  secondPasses: null,
  span: '[2026-10-24T00:30:00.000Z,2026-10-24T01:30:00.000Z)',
};
const REPEATED_HOUR = '2026-10-25T02:30:00';

describe('the record of a schedule', () => {
  test.each<[string, Partial<Schedule>, object]>([
    ['an event', {}, {}],
    [
      'an all-day event: a length of days',
      {
        allDay: true,
        start: parseCivilTime('2026-10-24T00:00:00'),
        startAt: Date.UTC(2026, 9, 23, 22),
        length: { days: 2 },
      },
      {
        allDay: true,
        start: '2026-10-24T00:00:00',
        length: { days: 2 },
        span: '[2026-10-23T22:00:00.000Z,2026-10-25T23:00:00.000Z)',
      },
    ],
    [
      'a series: the text of its rule',
      { rule: parseRecurrenceRule('FREQ=DAILY;BYDAY=TU,MO') },
      {
        rule: expect.objectContaining({ text: 'FREQ=DAILY;BYDAY=MO,TU' }),
        span: expect.stringMatching(/^\[2026-10-2\d.*,\)$/),
      },
    ],
    [
      'dates: their civil times, and which of them lie in a second pass',
      {
        rdates: [parseCivilTime(REPEATED_HOUR), parseCivilTime(REPEATED_HOUR) + SECOND_PASS],
        exdates: [parseCivilTime('2026-10-26T02:30:00')],
      },
      {
        rdates: [REPEATED_HOUR, REPEATED_HOUR],
        exdates: ['2026-10-26T02:30:00'],
        secondPasses: { start: false, rdates: [REPEATED_HOUR], exdates: [], moved: [] },
        span: expect.any(String),
      },
    ],
  ])('of %s', (_, differences, expected) => {
    expect(recordedSchedule({ ...MEETING, ...differences })).toEqual({ ...RECORDED, ...expected });
  });
});
