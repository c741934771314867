import type { CivilTime } from '../../calendar/time/civil-time.js';
import type { Booking } from '../../scheduling/booking/booking.js';
import { toAttendedEvent } from '../model/booked-event.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import type { WrittenChange } from './event-change.js';

/** A change with the event as it is now. */
export interface BookedChange extends Omit<WrittenChange, 'held'> {
  readonly held: EventRecord | null;
  readonly event: EventRecord;
  /** The occurrence that the caller sees; null: the change is one of the whole event. */
  readonly occurrence: RecordedOccurrence | null;
  /** The civil original starts of the occurrences that the change left out; null: its policy leaves out none. */
  readonly skipped: readonly CivilTime[] | null;
}

/** The booking of the time that a change takes. */
export function bookingOf(change: Omit<BookedChange, 'skipped'>): Booking {
  return {
    event: toAttendedEvent(change.event),
    held: change.held && toAttendedEvent(change.held),
    policy: change.policy,
    occurrence: change.bookedOccurrence ? (change.occurrence ?? undefined) : undefined,
    userIds: change.bookedUserIds,
    splitFromId: change.split?.fromEventId,
    shownUserIds: change.shownUserIds,
  };
}
