import { describe, expect, test } from '@jest/globals';
import { dailyRecord, eventRecord } from '../../../../test/support/core/event-records.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import { scheduleFrom } from '../schedule/schedule.js';
import { changedSchedule } from '../schedule/schedule-change.js';
import type { ScheduleCommand } from '../schedule/schedule-command.js';
import { cutAfterChange, scheduleBefore } from './cut-schedule.js';

const FRIDAY = '2026-01-09T09:00:00';

const daily = scheduleFrom(dailyRecord());
const cut = {
  schedule: scheduleFrom(dailyRecord({ rule: new WrittenRule('FREQ=DAILY;UNTIL=20260108') })),
  endsBefore: FRIDAY,
};

function at(text: string) {
  return { kind: 'civil', civil: Date.parse(`${text}Z`) } as const;
}

function rule(text: string): ScheduleCommand {
  const named = { rule: new WrittenRule(text).rule, inMonthOfStart: false, keepsWeekStart: false };
  return { repeat: { rule: named } };
}

describe('a cut', () => {
  test.each<[string, ScheduleCommand, string | null]>([
    ['stays if the time stays', { endOrLength: { length: { seconds: 60 } } }, FRIDAY],
    ['moves with the start', { start: at('2026-01-05T11:00:00') }, '2026-01-09T11:00:00'],
    ['stays if the rule is named with its end', rule('FREQ=DAILY;UNTIL=20260108'), FRIDAY],
    ['stays if the rule ends earlier', rule('FREQ=DAILY;UNTIL=20260107'), FRIDAY],
    ['ends if the rule ends later', rule('FREQ=DAILY;UNTIL=20260109'), null],
    ['ends if the rule has no end', rule('FREQ=DAILY'), null],
    ['stays if the event repeats no longer', { repeat: null }, FRIDAY],
    ['ends if the event takes place once, later', { start: at('2026-01-10T09:00:00'), repeat: null }, null],
    ['ends for a later date', { repeat: { rule: null, rdates: [at('2026-01-12T09:00:00')] } }, null],
  ])('%s', (_, command, expected) => {
    expect(cutAfterChange(cut, changedSchedule(cut.schedule, command), command)).toBe(expected);
  });

  test('of a series that was not cut is none', () => {
    const current = { schedule: daily, endsBefore: null };
    const command = { start: at('2026-01-05T11:00:00') };
    expect(cutAfterChange(current, changedSchedule(daily, command), command)).toBeNull();
  });
});

describe('the schedule before a cut', () => {
  test('ends there', () => {
    expect(scheduleBefore(daily, FRIDAY)?.rule).toEqual(cut.schedule.rule);
  });

  test('is the schedule itself without a cut, or if it starts nothing at the cut or later', () => {
    expect(scheduleBefore(daily, null)).toBe(daily);
    expect(scheduleBefore(cut.schedule, FRIDAY)).toBe(cut.schedule);
    const once = scheduleFrom(eventRecord());
    expect(scheduleBefore(once, FRIDAY)).toBe(once);
  });

  test('is none if the schedule starts at the cut or later', () => {
    expect(scheduleBefore(daily, '2026-01-05T09:00:00')).toBeNull();
    expect(scheduleBefore(daily, '2026-01-04T09:00:00')).toBeNull();
  });

  test('has the dates before the cut alone', () => {
    const dates = ['2026-01-07T09:00:00', '2026-01-12T09:00:00'];
    const schedule = scheduleBefore(scheduleFrom(eventRecord({ rdates: dates })), FRIDAY);
    expect(
      [schedule?.start, ...(schedule?.rdates ?? [])].map((civil) => formatCivilTime(civil ?? 0)),
    ).toEqual(['2026-01-05T09:00:00', '2026-01-07T09:00:00']);
  });

  test('in the second pass of an hour keeps the first', () => {
    const record = {
      timeZone: 'Europe/Berlin',
      start: '2026-10-23T02:30:00',
      rule: new WrittenRule('FREQ=DAILY;COUNT=2'),
      rdates: ['2026-10-25T02:30:00'],
      secondPasses: { start: false, rdates: ['2026-10-25T02:30:00'], exdates: [], moved: [] },
    };
    const schedule = scheduleBefore(scheduleFrom(eventRecord(record)), '2026-10-25T02:30:00');
    expect([schedule?.rdates, schedule?.rule?.count]).toEqual([[], 2]);
  });
});
