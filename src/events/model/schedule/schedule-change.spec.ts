import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { formatCivilTime, parseCivilTime } from '../../../calendar/time/civil-time.js';
import { parseWhen, type When } from '../../../calendar/time/when.js';
import type { Schedule } from './schedule.js';
import { changedSchedule, MAX_EVENT_DAYS, newSchedule } from './schedule-change.js';
import type { RepeatCommand, ScheduleCommand } from './schedule-command.js';

const when = (text: string) => parseWhen(text) as When;

/** Start, its instant, and the length. */
function timesOf({ start, startAt, length }: Schedule): unknown[] {
  return [formatCivilTime(start), new Date(startAt).toISOString(), length];
}

const hour = { length: { seconds: 3_600 } };

const MEETING = newSchedule(
  { timeZone: 'Europe/Berlin', start: when('2026-07-01T09:00:00'), endOrLength: hour },
  'UTC',
);
const HOLIDAY = newSchedule({ timeZone: 'Europe/Berlin', allDay: true, start: when('2026-07-01') }, 'UTC');

function daily(exdates?: readonly When[]): ScheduleCommand {
  const rule = parseRecurrenceRule('FREQ=DAILY');
  return {
    start: when('2026-07-01T09:00:00'),
    endOrLength: hour,
    repeat: { rule: { rule, inMonthOfStart: false, keepsWeekStart: false }, ...(exdates && { exdates }) },
  };
}

function rdates(text: string): RepeatCommand {
  return { rule: null, rdates: [when(text)] };
}

describe('the schedule of a new event', () => {
  test.each<[string, ScheduleCommand, unknown[]]>([
    [
      'an instant, in the zone of the organizer',
      { start: when('2026-07-01T09:00:00Z'), endOrLength: hour },
      ['2026-07-01T11:00:00', '2026-07-01T09:00:00.000Z', { seconds: 3_600 }],
    ],
    [
      'a civil time of a named zone',
      { timeZone: 'Asia/Tokyo', start: when('2026-07-01T09:00:00'), endOrLength: hour },
      ['2026-07-01T09:00:00', '2026-07-01T00:00:00.000Z', { seconds: 3_600 }],
    ],
    [
      'an end',
      { start: when('2026-07-01T09:00:00'), endOrLength: { end: when('2026-07-01T10:30:00') } },
      ['2026-07-01T09:00:00', '2026-07-01T07:00:00.000Z', { seconds: 5_400 }],
    ],
    [
      'a night in which the clocks go back',
      { start: when('2026-10-25T01:00:00'), endOrLength: { end: when('2026-10-25T04:00:00') } },
      ['2026-10-25T01:00:00', '2026-10-24T23:00:00.000Z', { seconds: 4 * 3_600 }],
    ],
    [
      'one day, if it is all-day and has no end',
      { allDay: true, start: when('2026-07-01') },
      ['2026-07-01T00:00:00', '2026-06-30T22:00:00.000Z', { days: 1 }],
    ],
    [
      'the days up to an end, whatever their hours',
      { allDay: true, start: when('2026-10-24'), endOrLength: { end: when('2026-10-27') } },
      ['2026-10-24T00:00:00', '2026-10-23T22:00:00.000Z', { days: 3 }],
    ],
    [
      'a count of days, if it is all-day',
      { allDay: true, start: when('2026-07-01'), endOrLength: { durationInUnitOfEvent: 2 } },
      ['2026-07-01T00:00:00', '2026-06-30T22:00:00.000Z', { days: 2 }],
    ],
  ])('is that of %s', (_, command, expected) => {
    expect(timesOf(newSchedule(command, 'Europe/Berlin'))).toEqual(expected);
  });

  test.each<[string, ScheduleCommand]>([
    ['start', { endOrLength: hour }],
    ['start', { start: when('2026-07-01'), endOrLength: hour }],
    ['start', { allDay: true, start: when('2026-07-01T09:00:00') }],
    ['length', { start: when('2026-07-01T09:00:00') }],
    ['length', { start: when('2026-07-01T09:00:00'), endOrLength: { length: { days: 1 } } }],
    ['length', { allDay: true, start: when('2026-07-01'), endOrLength: hour }],
    [
      'length',
      { allDay: true, start: when('2026-07-01'), endOrLength: { length: { days: MAX_EVENT_DAYS + 1 } } },
    ],
    ['end', { start: when('2026-07-01T09:00:00'), endOrLength: { end: when('2026-07-01T08:59:59') } }],
    ['end', { allDay: true, start: when('2026-07-01'), endOrLength: { end: when('2026-07-01') } }],
    ['length', { allDay: true, start: when('2026-07-01'), endOrLength: { length: { days: 0 } } }],
    ['endTimeZone', { allDay: true, start: when('2026-07-01'), endTimeZone: 'UTC' }],
    ['end', { start: when('2026-07-01T09:00:00'), endOrLength: { end: when('2026-07-02') } }],
    ['end', { start: when('2026-07-01T09:00:00'), endOrLength: { end: when('2027-07-02T09:00:01') } }],
    ['repeat.rdates', { allDay: true, start: when('2026-07-01'), repeat: rdates('2026-07-02T09:00:00') }],
    ['repeat.exdates', daily([when('2026-07-02T10:00:00')])],
  ])('is refused at %s', (field, command) => {
    expect(() => newSchedule(command, 'Europe/Berlin')).toThrow(
      expect.objectContaining({ kind: 'invalid', errors: [expect.objectContaining({ field })] }),
    );
  });
});

describe('a changed schedule', () => {
  test.each<[string, Schedule, ScheduleCommand, unknown[]]>([
    [
      'keeps its length if the start moves',
      MEETING,
      { start: when('2026-07-02T10:00:00') },
      ['2026-07-02T10:00:00', '2026-07-02T08:00:00.000Z', { seconds: 3_600 }],
    ],
    [
      'keeps its civil time in another zone',
      MEETING,
      { timeZone: 'Asia/Tokyo' },
      ['2026-07-01T09:00:00', '2026-07-01T00:00:00.000Z', { seconds: 3_600 }],
    ],
    [
      'counts an end from the start that stays',
      MEETING,
      { endOrLength: { end: when('2026-07-01T08:00:00Z') } },
      ['2026-07-01T09:00:00', '2026-07-01T07:00:00.000Z', { seconds: 3_600 }],
    ],
    [
      'counts in its own unit',
      HOLIDAY,
      { endOrLength: { durationInUnitOfEvent: 5 } },
      ['2026-07-01T00:00:00', '2026-06-30T22:00:00.000Z', { days: 5 }],
    ],
    [
      'becomes all-day with a start and a length',
      MEETING,
      { allDay: true, start: when('2026-07-03'), endOrLength: { durationInUnitOfEvent: 2 } },
      ['2026-07-03T00:00:00', '2026-07-02T22:00:00.000Z', { days: 2 }],
    ],
  ])('%s', (_, current, command, expected) => {
    expect(timesOf(changedSchedule(current, command))).toEqual(expected);
  });

  test.each<[ScheduleCommand]>([
    [{ allDay: true }],
    [{ allDay: true, start: when('2026-07-03') }],
    [{ allDay: true, endOrLength: { durationInUnitOfEvent: 2 } }],
  ])('does not become all-day by %j alone', (command) => {
    expect(() => changedSchedule(MEETING, command)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'allDay' })] }),
    );
  });

  test('moves its start as far as the occurrence that the caller names', () => {
    const series = newSchedule(daily(), 'Europe/Berlin');
    const originalStart = parseCivilTime('2026-07-03T09:00:00');
    const named = { series, originalStart, startAt: Date.UTC(2026, 6, 3, 7) };
    const changed = changedSchedule(series, { start: when('2026-07-03T10:30:00') }, named);
    expect(formatCivilTime(changed.start)).toBe('2026-07-01T10:30:00');
  });

  test('counts an end from the occurrence that the caller names, where an override moved it', () => {
    const series = newSchedule(daily(), 'Europe/Berlin');
    const originalStart = parseCivilTime('2026-07-03T09:00:00');
    const named = { series, originalStart, startAt: Date.UTC(2026, 6, 3, 12) };
    const changed = changedSchedule(series, { endOrLength: { end: when('2026-07-03T12:30:00Z') } }, named);
    expect(changed.length).toEqual({ seconds: 1_800 });
  });
});
