import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { presentAuthor } from '../../../database/session/change-author.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { CalendarVersions } from '../../../scheduling/cache/calendar-entry-reader.js';
import type { PlannedReminder } from '../../model/attendance/planned-reminder.js';
import type { EventFields, EventRecord } from '../../model/event-record.js';
import { NEW_EVENT } from '../batch/new-events.repository.js';
import { columnsOf, type SeriesRow } from '../time-columns.js';
import { CREATE_EVENTS, CREATE_REMINDED_EVENTS, GIVEN } from './create-events-query.js';
import { type CreatedRow, createdRecord } from './created-record.js';
import { attendeesOf, type KnownEvent, type NewAttendeeRow } from './known-event.js';

/** New events as the database has them. */
export interface CreatedEvents {
  /** In the order in which they were given. */
  readonly events: readonly EventRecord[];
  /** The snapshot of the statement: no change of the users' calendars that it does not see is older than the events. */
  readonly snapshot: string;
}

type AnsweredRow = CreatedRow & { readonly snapshot: string };

/** Saves new events whose conflicts were found in memory. */
@Injectable()
export class KnownEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Saves events in one statement, which commits itself. Must not be called within a transaction.
   * @param versions those of all users who attend one of the events, as the caller knows them
   * @returns null: the versions of a user are others by now, and nothing was saved
   */
  async add(
    events: readonly KnownEvent[],
    versions: readonly CalendarVersions[],
  ): Promise<CreatedEvents | null> {
    const tenantId = this.tenant.id;
    const rows = events.map(({ event }) => ({
      ...(columnsOf(event) as SeriesRow<EventFields>),
      tenantId,
    }));
    const places: number[] = [];
    const attendees: NewAttendeeRow[] = [];
    for (const [index, event] of events.entries()) {
      for (const attendee of attendeesOf(event)) {
        places.push(index + 1);
        attendees.push(attendee);
      }
    }
    const values = [
      tenantId,
      presentAuthor(),
      versions.map(({ userId }) => userId),
      versions.map(({ life }) => life),
      versions.map(({ entries }) => entries),
      versions.map(({ settings }) => settings),
      NEW_EVENT.rowsInJson(NEW_EVENT.names, rows),
      places,
      ...GIVEN.map((column) => attendees.map((attendee) => attendee[column])),
      events.flatMap(({ event, isLimited }) => (isLimited ? [event.organizerId] : [])),
    ];
    const reminders = remindersOf(events);
    const created =
      reminders.length === 0
        ? await this.unitOfWork.prepared<AnsweredRow>(CREATE_EVENTS, values)
        : await this.unitOfWork.prepared<AnsweredRow>(CREATE_REMINDED_EVENTS, [
            ...values,
            JSON.stringify(reminders),
          ]);
    if (created.length === 0) return null;
    return {
      events: events.map((event, index) => createdRecord(event, rows[index], created[index])),
      snapshot: created[0].snapshot,
    };
  }
}

/** The reminders of events, each with the place of its event. */
function remindersOf(events: readonly KnownEvent[]): (PlannedReminder & { readonly place: number })[] {
  return events.flatMap(({ reminders }, index) =>
    reminders.map((reminder) => Object.assign(reminder, { place: index + 1 })),
  );
}
