import { Injectable } from '@nestjs/common';
import type { EventOutline } from '../../events/model/event-outline.js';
import { EventOutlinesService } from '../../events/read/event-outlines.service.js';
import { appliedReminders } from '../model/due/reminder-due.js';
import type { AttendeeReminders, PlannedEvent } from '../model/planned-event.js';
import { PendingRemindersRepository } from '../store/pending-reminders.repository.js';
import { ReminderSettingsRepository } from '../store/reminder-settings.repository.js';

/** Reads events together with the reminders of their attendees. */
@Injectable()
export class PlannedEventsService {
  constructor(
    private readonly outlines: EventOutlinesService,
    private readonly settings: ReminderSettingsRepository,
    private readonly pending: PendingRemindersRepository,
  ) {}

  /**
   * Those of the events that have an attendee with reminders, in no order. Their attendees without reminders are left
   * out.
   * @param userIds the attendees to read; null: all
   */
  async withReminders(
    eventIds: readonly number[],
    userIds: readonly number[] | null,
  ): Promise<PlannedEvent[]> {
    const reminders = await this.settings.ofAttendees(eventIds, userIds);
    const outlines = await this.outlines.withIds(
      [...new Set(reminders.map(({ eventId }) => eventId))],
      [...new Set(reminders.map(({ userId }) => userId))],
    );
    const remindersOf = new Map(reminders.map((each) => [keyOf(each.eventId, each.userId), each]));
    return outlines.map((outline) => plannedEvent(outline, remindersOf));
  }

  /** The ids of the events that may still remind the user, ascending: the event is not over, or a reminder is pending. */
  async idsOf(userId: number, now: Date): Promise<number[]> {
    const ids = new Set(await this.outlines.idsAttendedFrom(userId, now));
    for (const id of await this.pending.eventIdsOf(userId)) ids.add(id);
    return [...ids].toSorted((a, b) => a - b);
  }

  /**
   * Keeps the user an attendee of those of the events that the user attends, until the transaction ends. The removal of
   * an attendee locks the attendee before its pending rows, so a transaction that locks both must take that order.
   */
  async lockAttendance(eventIds: readonly number[], userId: number): Promise<void> {
    await this.outlines.lockAttendance(eventIds, userId);
  }
}

/** The event with those of its attendees who have reminders. */
function plannedEvent(
  outline: EventOutline,
  remindersOf: ReadonlyMap<string, AttendeeReminders>,
): PlannedEvent {
  const attendees = outline.attendees.flatMap((attendee) => {
    const found = remindersOf.get(keyOf(outline.id, attendee.userId));
    if (found === undefined) return [];
    const reminders = appliedReminders(outline, found.reminders);
    return reminders.length === 0 ? [] : [Object.assign(attendee, { reminders, timeZone: found.timeZone })];
  });
  return { ...outline, attendees };
}

function keyOf(eventId: number, userId: number): string {
  return `${eventId}/${userId}`;
}
