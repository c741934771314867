import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import type { ReportedChanges } from '../../../calendars/read/known/reported-changes.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { presentAuthor } from '../../../database/session/change-author.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { CalendarVersions } from '../../../scheduling/cache/calendar-entry-reader.js';
import type { PlannedReminder } from '../../model/attendance/planned-reminder.js';
import type { EventFields, EventRecord, PartialEventRecord } from '../../model/event-record.js';
import { NEW_EVENT } from '../batch/new-events.repository.js';
import { type EventRows, eventRecordsOf } from '../event-rows.js';
import { columnsOf, type SeriesRow } from '../time-columns.js';
import { CREATE_EVENTS, EVENTS_BEHIND, GIVEN, type ReadBeside } from './create-events-query.js';
import { type CreatedRow, createdRecord } from './created-record.js';
import { attendeesOf, type KnownEvent, type NewAttendeeRow } from './known-event.js';

/** New events as the database has them. */
export interface CreatedEvents {
  /** In the order in which they were given. */
  readonly events: readonly EventRecord[];
  /** The snapshot of the statement: no change of the users' calendars that it does not see is older than the events. */
  readonly snapshot: string;
  /** The transaction of the statement, as the log of changes names it. */
  readonly xid: number;
  /** The events behind conflicts; null: none was asked for. */
  readonly behind: EventsBehindConflicts | null;
}

/** Asks for the events behind the conflicts of new events. */
export interface AskedConflicts {
  /** Those that the process does not have. */
  readonly eventIds: readonly number[];
  /** The users who have the conflicts. */
  readonly userIds: readonly number[];
  readonly actor: Actor;
  /** The snapshot since which changes are reported; null: none are. */
  readonly since: string | null;
}

/** Events behind conflicts, and what changed in the tenant. All of it is of the snapshot of the statement. */
export interface EventsBehindConflicts extends ReportedChanges {
  /** Without overrides and answers. Of their attendees, those who were asked for, the actor and the organizer. */
  readonly events: readonly PartialEventRecord[];
}

type AnsweredRow = CreatedRow & {
  readonly snapshot: string;
  readonly xid: string;
  /** Null: nothing was read beside the events. */
  readonly behind: (EventRows & ReportedChanges) | ReportedChanges | null;
};

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
   * @param asked null: there are no conflicts to explain
   * @returns null: the versions of a user are others by now, and nothing was saved
   */
  async add(
    events: readonly KnownEvent[],
    versions: readonly CalendarVersions[],
    asked: AskedConflicts | null,
  ): Promise<CreatedEvents | null> {
    const tenantId = this.tenant.id;
    const rows = events.map(({ event }) => ({
      ...(columnsOf(event) as SeriesRow<EventFields>),
      tenantId,
      uid: null,
      uidNamespace: 0,
    }));
    const places: number[] = [];
    const attendees: NewAttendeeRow[] = [];
    for (const [index, event] of events.entries()) {
      for (const attendee of attendeesOf(event)) {
        places.push(index + 1);
        attendees.push(attendee);
      }
    }
    const values: unknown[] = [
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
    const beside = readBeside(asked);
    if (asked) values.push(...(beside === 'changes' ? [asked.since] : valuesOf(asked)));
    if (reminders.length > 0) values.push(JSON.stringify(reminders));
    const statements = CREATE_EVENTS[beside];
    const statement = reminders.length > 0 ? statements.reminded : statements.plain;
    const created = await this.unitOfWork.prepared<AnsweredRow>(statement, values);
    if (created.length === 0) return null;
    const [{ snapshot, xid, behind }] = created;
    return {
      events: events.map((event, index) => createdRecord(event, rows[index], created[index])),
      snapshot,
      xid: Number(xid),
      behind: behind && { ...behind, events: 'events' in behind ? eventRecordsOf(behind) : [] },
    };
  }

  /** Reads events behind conflicts alone. */
  async behind(asked: AskedConflicts): Promise<EventsBehindConflicts> {
    const values = [this.tenant.id, ...valuesOf(asked)];
    const [rows] = await this.unitOfWork.prepared<EventRows & ReportedChanges>(EVENTS_BEHIND, values);
    return { ...rows, events: eventRecordsOf(rows) };
  }
}

function readBeside(asked: AskedConflicts | null): ReadBeside {
  if (asked === null) return 'nothing';
  return asked.eventIds.length === 0 ? 'changes' : 'events';
}

function valuesOf({ eventIds, userIds, actor, since }: AskedConflicts): unknown[] {
  return [eventIds, userIds, actor.kind === 'user' ? actor.userId : null, since];
}

/** The reminders of events, each with the place of its event. */
function remindersOf(events: readonly KnownEvent[]): (PlannedReminder & { readonly place: number })[] {
  return events.flatMap(({ reminders }, index) =>
    reminders.map((reminder) => Object.assign(reminder, { place: index + 1 })),
  );
}
