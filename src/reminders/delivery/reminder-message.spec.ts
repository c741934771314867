import { describe, expect, test } from '@jest/globals';
import { dailyRecord, eventRecord, overrideRecord } from '../../../test/support/core/event-records.js';
import type { EventRecord } from '../../events/model/event-record.js';
import { CompiledSeries } from '../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { UserRecord } from '../../users/model/user-record.js';
import type { DeliveryRecord } from '../model/reminder-records.js';
import { type ReminderMessage, reminderMessage } from './reminder-message.js';

const occurrences = new OccurrencesService(new CompiledSeries());
const KEY = '2026-01-06T09:00:00';
const delivery = {
  notificationId: 'id',
  eventId: 1,
  dueAt: new Date('2026-01-06T08:30:00Z'),
  url: null,
} as DeliveryRecord;
const user = { id: 2, name: 'Ann', email: 'ann@example.com', timeZone: 'UTC' } as UserRecord;

function messageOf(event: EventRecord): ReminderMessage {
  const occurrence = occurrences.withKey(event, KEY);
  if (occurrence === null) throw new Error('The event has no such occurrence.');
  return reminderMessage(delivery, { ...event, attendees: [] }, occurrence, user);
}

describe('the message of a reminder', () => {
  test.each<[string, EventRecord, Partial<ReminderMessage>]>([
    [
      'has the times of the event',
      eventRecord(),
      { start: '2026-01-05T09:00:00Z', end: '2026-01-05T10:00:00Z' },
    ],
    [
      'has the times of the occurrence',
      dailyRecord({ overrides: [overrideRecord(KEY, { start: '2026-01-06T15:00:00' })] }),
      {
        originalStart: '2026-01-06T09:00:00Z',
        start: '2026-01-06T15:00:00Z',
        startAt: new Date('2026-01-06T15:00:00Z'),
        endAt: new Date('2026-01-06T16:00:00Z'),
      },
    ],
    [
      'has the title and location of the event',
      dailyRecord({ location: 'A' }),
      { title: 'Meeting', location: 'A' },
    ],
    [
      'has those of the override',
      dailyRecord({ location: 'A', overrides: [overrideRecord(KEY, { title: 'Other', location: 'B' })] }),
      { title: 'Other', location: 'B' },
    ],
    [
      'has no location if the override removes it',
      dailyRecord({ location: 'A', overrides: [overrideRecord(KEY, { location: '' })] }),
      { location: null },
    ],
  ])('%s', (_, event, expected) => {
    expect(messageOf(event)).toMatchObject({ ...expected, notificationId: 'id', user, allDay: false });
  });

  test('of an all-day event has dates, the end exclusive', () => {
    const event = dailyRecord({
      allDay: true,
      start: '2026-01-05T00:00:00',
      length: { days: 1 },
      timeZone: 'Asia/Tokyo',
    });
    const occurrence = occurrences.withKey(event, '2026-01-06T00:00:00');
    expect(
      occurrence && reminderMessage(delivery, { ...event, attendees: [] }, occurrence, user),
    ).toMatchObject({
      originalStart: '2026-01-06',
      start: '2026-01-06',
      end: '2026-01-07',
      startAt: new Date('2026-01-05T15:00:00Z'),
      allDay: true,
      timeZone: 'Asia/Tokyo',
    });
  });
});
