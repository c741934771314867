import { describe, expect, test } from '@jest/globals';
import type { Reminder } from '../../../users/model/reminder.js';
import { minutesBeforeDay } from '../../../users/model/reminders/reminder-time.js';
import { appliedReminders, dueOf, startOfDue } from './reminder-due.js';

const TEN: Reminder = { minutesBefore: 10, method: 'log' };

function ofDay(daysBefore: number, at: string): Reminder {
  return { minutesBefore: minutesBeforeDay({ daysBefore, at }), byDay: true, method: 'log' };
}

describe('a reminder', () => {
  test.each<[string, Reminder, string, string, string, string]>([
    ['minutes before', TEN, '2026-03-29T00:00:00Z', 'UTC', 'Europe/Berlin', '2026-03-28T23:50:00Z'],
    [
      'at nine in the zone of the user',
      ofDay(0, '09:00'),
      '2026-03-04T00:00:00Z',
      'UTC',
      'Asia/Tokyo',
      '2026-03-04T00:00:00Z',
    ],
    [
      'at nine of the day before, over a change of the clocks',
      ofDay(1, '09:00'),
      '2026-03-29T22:00:00Z',
      'Europe/Berlin',
      'Europe/Berlin',
      '2026-03-29T07:00:00Z',
    ],
    [
      'at nine of the day on which the clocks change',
      ofDay(0, '09:00'),
      '2026-03-28T23:00:00Z',
      'Europe/Berlin',
      'Europe/Berlin',
      '2026-03-29T07:00:00Z',
    ],
    [
      'at a time that the clocks skip',
      ofDay(0, '02:30'),
      '2026-03-28T23:00:00Z',
      'Europe/Berlin',
      'Europe/Berlin',
      '2026-03-29T01:30:00Z',
    ],
    [
      'at midnight of a day that begins at one',
      ofDay(0, '00:00'),
      '2026-04-23T22:00:00Z',
      'Africa/Cairo',
      'Africa/Cairo',
      '2026-04-23T22:00:00Z',
    ],
  ])('%s', (_, reminder, start, ofEvent, ofUser, due) => {
    const zones = { ofEvent, ofUser };
    const at = dueOf(reminder, Date.parse(start), zones);
    expect(new Date(at).toISOString()).toBe(new Date(due).toISOString());
    expect(new Date(startOfDue(reminder, at, zones)).toISOString()).toBe(new Date(start).toISOString());
  });
});

describe('of a list of both kinds', () => {
  const both = [TEN, ofDay(0, '09:00')];

  test.each([
    ['an all-day event has those at times of days', true, both, both.slice(1)],
    ['another event has those minutes before', false, both, both.slice(0, 1)],
    ['an all-day event has those minutes before if there are no others', true, [TEN], [TEN]],
    ['another event has none', false, both.slice(1), []],
  ])('%s', (_, allDay, reminders, applied) => {
    expect(appliedReminders({ allDay }, reminders)).toEqual(applied);
  });
});
