import { describe, expect, test } from '@jest/globals';
import { dailyRecord, eventRecord } from '../../../test/support/core/event-records.js';
import type { EventRecord } from '../../events/model/event-record.js';
import type { PendingReminderRecord } from '../model/reminder-records.js';
import { firedReminder, originalStartText, reminderLine } from './reminder-line.js';

const NINE = '2026-01-05T09:00:00';
const BERLIN = { timeZone: 'Europe/Berlin' };
const ALL_DAY = { allDay: true, length: { days: 1 }, start: '2026-01-05T00:00:00', ...BERLIN };

describe('the original start in the form of the API', () => {
  test.each<[string, EventRecord, string, string]>([
    ['of a series is an instant', dailyRecord(), NINE, '2026-01-05T09:00:00Z'],
    ['is in the zone of the series', dailyRecord(BERLIN), NINE, '2026-01-05T08:00:00Z'],
    ['of an all-day series is a date', dailyRecord(ALL_DAY), '2026-01-06T00:00:00', '2026-01-06'],
    ['of an event is its start', eventRecord(), '2020-01-01T00:00:00', '2026-01-05T09:00:00Z'],
    [
      'of an all-day event is its date',
      eventRecord({ ...ALL_DAY, startAt: new Date('2026-01-04T23:00:00Z') }),
      '2020-01-01T00:00:00',
      '2026-01-05',
    ],
  ])('%s', (_, event, key, expected) => {
    expect(originalStartText(event, key)).toBe(expected);
  });
});

test('the line of a reminder has its times, and nothing that only attendees may see', () => {
  const row: PendingReminderRecord = {
    eventId: 1,
    userId: 2,
    minutesBefore: 30,
    method: 'log',
    url: null,
    originalStart: NINE,
    startAt: new Date('2026-01-05T10:00:00Z'),
    endAt: new Date('2026-01-05T11:00:00Z'),
    dueAt: new Date('2026-01-05T09:30:00Z'),
    dueFrom: new Date(0),
  };
  const event = dailyRecord({ title: 'Secret', location: 'Vault', visibility: 'private' });
  expect(JSON.parse(reminderLine(firedReminder(event, row), new Date('2026-01-05T09:30:01.500Z')))).toEqual({
    level: 'info',
    time: '2026-01-05T09:30:01.500Z',
    msg: 'reminder',
    notification_id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    user_id: 2,
    event_id: 1,
    original_start: '2026-01-05T09:00:00Z',
    minutes_before: 30,
    start: '2026-01-05T10:00:00Z',
    end: '2026-01-05T11:00:00Z',
    due_at: '2026-01-05T09:30:00Z',
  });
});
