import { describe, expect, test } from '@jest/globals';
import {
  dailyRecord,
  eventRecord,
  overrideRecord,
  toldInstant,
} from '../../../../test/support/core/event-records.js';
import { HOUR, MINUTE } from '../../../calendar/time/civil-time.js';
import type { EventRecord } from '../../../events/model/event-record.js';
import type { AnswerStatus, ParticipationStatus } from '../../../events/model/event-words.js';
import { CompiledSeries } from '../../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { DeliveredReminders } from '../delivered-reminders.js';
import type { RemindedAttendee } from '../planned-event.js';
import type { ReminderKey } from '../reminder-key.js';
import { nextReminder, type ReminderSearch } from './next-reminder.js';

const occurrences = new OccurrencesService(new CompiledSeries());
const REMINDER = { minutesBefore: 30, method: 'log' } as const;
const SUNDAY = Date.UTC(2026, 0, 4);

function attendee(
  status: ParticipationStatus = 'accepted',
  answers: Record<number, AnswerStatus> = {},
): RemindedAttendee {
  return {
    userId: 2,
    timeZone: 'UTC',
    status,
    reminders: [REMINDER],
    answers: Object.entries(answers).map(([day, answer]) => ({
      originalStart: `2026-01-0${day}T09:00:00`,
      status: answer,
    })),
  };
}

/** A delivery for the occurrence of a day, at the start that it had then. */
function delivery(day: number, start = Date.UTC(2026, 0, day, 9)): ReminderKey {
  return {
    eventId: 1,
    userId: 2,
    minutesBefore: REMINDER.minutesBefore,
    method: REMINDER.method,
    originalStart: `2026-01-0${day}T09:00:00`,
    dueAt: new Date(start - 30 * MINUTE),
  };
}

/** The start of the occurrence that the reminder is due for next, and when it is due. */
function next(
  event: EventRecord,
  who: RemindedAttendee,
  search: Partial<ReminderSearch> = {},
  deliveries: readonly ReminderKey[] = [],
): string | null {
  const planned = { ...event, attendees: [who] };
  const whole = { from: SUNDAY, dueFrom: search.from ?? SUNDAY, lateForNext: false, ...search };
  const found = nextReminder(planned, who, REMINDER, whole, new DeliveredReminders(deliveries), occurrences);
  return (
    found && `${toldInstant(found.startAt.getTime())}, due ${toldInstant(found.dueAt.getTime()).slice(11)}`
  );
}

const ON = (day: number) => `2026-01-0${day} 09:00, due 08:30`;

describe('the next reminder', () => {
  test.each<[string, EventRecord, RemindedAttendee, string | null]>([
    ['an event', eventRecord(), attendee(), ON(5)],
    ['a cancelled event', eventRecord({ status: 'cancelled' }), attendee(), null],
    ['an event shown as free', eventRecord({ showAs: 'free' }), attendee(), ON(5)],
    ['an unanswered invitation', eventRecord(), attendee('needs_action'), ON(5)],
    ['a declined event', eventRecord(), attendee('declined'), null],
    ['a series', dailyRecord(), attendee(), ON(5)],
    [
      'a series whose first occurrence was declined',
      dailyRecord(),
      attendee('accepted', { 5: 'declined' }),
      ON(6),
    ],
    ['a declined series', dailyRecord(), attendee('declined'), null],
    [
      'a declined series of which one occurrence was accepted',
      dailyRecord(),
      attendee('declined', { 7: 'accepted' }),
      ON(7),
    ],
    [
      'a series whose first occurrence was cancelled',
      dailyRecord({ overrides: [overrideRecord('2026-01-05T09:00:00', { cancelled: true })] }),
      attendee(),
      ON(6),
    ],
    [
      'a series whose first occurrence was moved',
      dailyRecord({ overrides: [overrideRecord('2026-01-05T09:00:00', { start: '2026-01-05T15:00:00' })] }),
      attendee(),
      '2026-01-05 15:00, due 14:30',
    ],
  ])('of %s', (_, event, who, expected) => {
    expect(next(event, who)).toBe(expected);
  });

  test.each<[string, Partial<ReminderSearch>, string]>([
    ['is of the first occurrence that starts from then on', { from: Date.UTC(2026, 0, 6) }, ON(6)],
    ['skips an occurrence whose time for it has passed', { from: Date.UTC(2026, 0, 5, 8, 45) }, ON(6)],
    ['is due at that instant at the latest', { from: Date.UTC(2026, 0, 5, 8, 30) }, ON(5)],
    [
      'is late for the next occurrence alone',
      { from: Date.UTC(2026, 0, 5, 8, 45), lateForNext: true },
      ON(5),
    ],
    [
      'is never late for a later occurrence',
      { from: SUNDAY, dueFrom: Date.UTC(2026, 0, 7), lateForNext: false },
      ON(7),
    ],
  ])('%s', (_, search, expected) => {
    expect(next(dailyRecord(), attendee(), search)).toBe(expected);
  });

  test.each<[string, EventRecord, Partial<ReminderSearch>, ReminderKey[], string]>([
    ['skips what was delivered', dailyRecord(), {}, [delivery(5), delivery(6)], ON(7)],
    ['ignores the deliveries to others', dailyRecord(), {}, [{ ...delivery(5), userId: 3 }], ON(5)],
    [
      'ignores the deliveries by another method',
      dailyRecord(),
      {},
      [{ ...delivery(5), method: 'email' }],
      ON(5),
    ],
    [
      'tells of the new start of an occurrence, also late',
      dailyRecord({ overrides: [overrideRecord('2026-01-05T09:00:00', { start: '2026-01-05T08:50:00' })] }),
      { from: Date.UTC(2026, 0, 5, 8, 40) },
      [delivery(5)],
      '2026-01-05 08:50, due 08:20',
    ],
    [
      'knows what was delivered at the same start under another original start',
      dailyRecord({ timeZone: 'Etc/GMT-1', start: '2026-01-05T10:00:00' }),
      {},
      [delivery(5)],
      ON(6),
    ],
    [
      'is of an occurrence at the old start of one that was moved',
      dailyRecord({
        overrides: [
          overrideRecord('2026-01-05T09:00:00', { start: '2026-01-05T20:00:00' }),
          overrideRecord('2026-01-06T09:00:00', { start: '2026-01-05T09:00:00' }),
        ],
      }),
      {},
      [delivery(5)],
      ON(5),
    ],
  ])('%s', (_, event, search, deliveries, expected) => {
    expect(next(event, attendee(), search, deliveries)).toBe(expected);
  });

  test('has the times and the URL of what it is due for', () => {
    const webhook = { minutesBefore: 60, method: 'webhook', url: 'https://example.com/' } as const;
    const event = { ...eventRecord(), attendees: [attendee()] };
    const search = { from: SUNDAY, dueFrom: SUNDAY, lateForNext: false };
    const found = nextReminder(event, attendee(), webhook, search, new DeliveredReminders([]), occurrences);
    const startAt = new Date(Date.UTC(2026, 0, 5, 9));
    expect(found).toEqual({
      eventId: 1,
      userId: 2,
      minutesBefore: 60,
      method: 'webhook',
      url: 'https://example.com/',
      originalStart: '2026-01-05T09:00:00',
      startAt,
      endAt: new Date(startAt.getTime() + HOUR),
      dueAt: new Date(startAt.getTime() - HOUR),
      dueFrom: new Date(SUNDAY),
    });
  });
});
