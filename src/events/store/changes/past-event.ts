import type { EventChangeRecord } from '../../model/changes/event-change-record.js';
import type { AttendeeRecord, EventRecord } from '../../model/event-record.js';
import type { InJson } from '../columns.js';
import { attendeeOf, type EventRows, eventRecordsOf } from '../event-rows.js';
import { type AttendingUserRow, EVENT } from '../event-tables.js';
import { partRowsOf } from './part-rows.js';
import type { PreviousRow } from './past-rows.js';

type Row = EventRows['events'][number];
export type Users = ReadonlyMap<number, InJson<AttendingUserRow>>;

/** The version of an event, and the time of the change that made it. */
type Stamp = Pick<InJson<EventChangeRecord>, 'version' | 'updatedAt'>;

/** The rows of an event, which go back in time change by change. */
export class PastEvent {
  private readonly parts: ReturnType<typeof partRowsOf>;
  private readonly attendees = new Map<object, AttendeeRecord>();

  /** @param event null: the event is deleted */
  constructor(
    id: number,
    private event: Row | null,
    rows: Omit<EventRows, 'events' | 'users'>,
    private readonly users: Users,
  ) {
    this.parts = partRowsOf(id, rows);
  }

  /** Sets the rows back that one change set, added or removed. */
  undo(previous: readonly PreviousRow[]): void {
    for (const row of previous) {
      if (row.part === 'event') this.undoEvent(row);
      else this.parts[row.part].undo(row);
    }
  }

  /** The event at this point; null: it is not there. @param stamp null: that of the row holds */
  record(stamp: Stamp | null): EventRecord | null {
    if (!this.event) return null;
    const { version, updatedAt } = stamp ?? this.event;
    const [record] = eventRecordsOf({
      // The records of series and overrides are their rows themselves.
      events: [{ ...this.event, version, updatedAt, attendeeCount: null }],
      attendees: [],
      users: [],
      overrides: this.parts.override.inOrder().map(copyOf),
      answers: this.parts.answer.inOrder(),
      guests: this.parts.guest.inOrder(),
      guestAnswers: this.parts.guest_answer.inOrder(),
    });
    const attendees = this.parts.attendee.inOrder().flatMap((row) => this.attendee(row) ?? []);
    return Object.assign(record, { attendees, complete: true as const });
  }

  /** The states of an event share their attendees: an event with a thousand of them may have a thousand answers. */
  private attendee(row: EventRows['attendees'][number]): AttendeeRecord | null {
    const known = this.attendees.get(row);
    if (known) return known;
    const user = this.users.get(row.userId);
    if (!user) return null;
    const attendee = attendeeOf(row, user);
    this.attendees.set(row, attendee);
    return attendee;
  }

  /** When the event was created; null: it is not there. */
  get createdAt(): string | null {
    return this.event?.createdAt ?? null;
  }

  private undoEvent({ previous, startAt, endAt }: PreviousRow): void {
    if (previous === null) return;
    const times = 'span' in previous ? { startAt, endAt } : {};
    this.event = { ...this.event, ...EVENT.fromTable(previous), ...times } as Row;
  }
}

function copyOf<T extends object>(row: T): T {
  return { ...row };
}
