import { describe, expect, test } from '@jest/globals';
import { overrideRecord } from '../../../../test/support/core/event-records.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import { parseWhen, type When } from '../../../calendar/time/when.js';
import type { EventRecord, OccurrenceAnswerRecord, OverrideRecord } from '../event-record.js';
import { scheduleFrom } from '../schedule/schedule.js';
import { changedSchedule } from '../schedule/schedule-change.js';
import type { ScheduleCommand } from '../schedule/schedule-command.js';
import { carriedOver } from './carried-over.js';

const when = (text: string) => parseWhen(text) as When;

function answer(originalStart: string): OccurrenceAnswerRecord {
  return { userId: 2, originalStart, status: 'declined', removed: false, comment: null };
}

/** Ten days at nine in Berlin: the second one is renamed and moved to noon, the third one is declined. */
const EVENT = {
  id: 1,
  allDay: false,
  timeZone: 'Europe/Berlin',
  start: '2026-07-01T09:00:00',
  length: { seconds: 3_600 },
  rule: new WrittenRule('FREQ=DAILY;COUNT=10'),
  rdates: [],
  exdates: [],
  secondPasses: null,
  startAt: new Date('2026-07-01T07:00:00Z'),
  endAt: null,
  overrides: [
    overrideRecord('2026-07-02T09:00:00', {
      title: 'Retro',
      start: '2026-07-02T12:00:00',
      length: { seconds: 60 },
    }),
  ],
  answers: [answer('2026-07-03T09:00:00')],
  guestAnswers: [],
} as unknown as EventRecord;

const DECLINES = ['2026-07-04T09:00:00'];

/** The overrides and the new keys after a change of the schedule. */
function carried(command: ScheduleCommand, event = EVENT) {
  const { overrides, keys } = carriedOver(event, changedSchedule(scheduleFrom(event), command), DECLINES);
  return { overrides: overrides.map(({ record }) => record), keys: Object.fromEntries(keys) };
}

const renamed = { title: 'Retro', length: { seconds: 60 } };

describe('the overrides and answers of a series', () => {
  test.each<[string, ScheduleCommand, readonly OverrideRecord[], object]>([
    [
      'move along with the time of day, and a moved occurrence stays where it is',
      { start: when('2026-07-01T10:00:00') },
      [overrideRecord('2026-07-02T10:00:00', { ...renamed, start: '2026-07-02T12:00:00' })],
      {
        '2026-07-02T09:00:00': '2026-07-02T10:00:00',
        '2026-07-03T09:00:00': '2026-07-03T10:00:00',
        '2026-07-04T09:00:00': '2026-07-04T10:00:00',
      },
    ],
    [
      'have no start of their own where the series moves to it',
      { start: when('2026-07-01T12:00:00') },
      [overrideRecord('2026-07-02T12:00:00', renamed)],
      {
        '2026-07-02T09:00:00': '2026-07-02T12:00:00',
        '2026-07-03T09:00:00': '2026-07-03T12:00:00',
        '2026-07-04T09:00:00': '2026-07-04T12:00:00',
      },
    ],
    [
      'keep their instants if the series keeps its own in a new zone',
      { timeZone: 'UTC', start: when('2026-07-01T07:00:00Z') },
      [overrideRecord('2026-07-02T07:00:00', { ...renamed, start: '2026-07-02T10:00:00' })],
      {
        '2026-07-02T09:00:00': '2026-07-02T07:00:00',
        '2026-07-03T09:00:00': '2026-07-03T07:00:00',
        '2026-07-04T09:00:00': '2026-07-04T07:00:00',
      },
    ],
    [
      'lose their length if the series counts in days from now on',
      { allDay: true, start: when('2026-07-01'), endOrLength: { durationInUnitOfEvent: 1 } },
      [overrideRecord('2026-07-02T00:00:00', { title: 'Retro' })],
      {
        '2026-07-02T09:00:00': '2026-07-02T00:00:00',
        '2026-07-03T09:00:00': '2026-07-03T00:00:00',
        '2026-07-04T09:00:00': '2026-07-04T00:00:00',
      },
    ],
    ['end with the recurrence', { repeat: null }, [], {}],
  ])('%s', (_, command, overrides, keys) => {
    expect(carried(command)).toEqual({ overrides, keys });
  });

  test('are those of the earlier one, where two occurrences become one', () => {
    const twoOnOneDay = {
      ...EVENT,
      rule: null,
      rdates: ['2026-07-02T09:00:00', '2026-07-02T17:00:00'],
      overrides: [
        overrideRecord('2026-07-02T09:00:00', { title: 'Morning' }),
        overrideRecord('2026-07-02T17:00:00', { title: 'Evening' }),
      ],
      answers: [],
    };
    const toDays = {
      allDay: true,
      start: when('2026-07-01'),
      endOrLength: { durationInUnitOfEvent: 1 },
    };
    expect(carried(toDays, twoOnOneDay).overrides).toEqual([
      overrideRecord('2026-07-02T00:00:00', { title: 'Morning' }),
    ]);
  });
});
