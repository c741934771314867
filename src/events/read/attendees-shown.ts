import type { EventView } from '../model/event.policy.js';
import type { AttendeeRecord, GuestRecord, PartialEventRecord } from '../model/event-record.js';

/** Ten times the largest event: a larger number is a mistake. */
export const MAX_ATTENDEES_ASKED_FOR = 10_000;

/** A user or a guest who attends an event. */
export type SeenAttendee = AttendeeRecord | GuestRecord;

/** The attendees of an event that a response shows, and the number of those that it leaves out. */
export interface AttendeesShown {
  readonly attendees: readonly SeenAttendee[];
  readonly omitted: number;
}

/** How many attendees a response shows, and which one comes first. */
export interface AttendeeSelection {
  /** Null: all, in their own order. */
  readonly max: number | null;
  /** The id of the caller, or of the user whose list it is; null: the caller has no token. */
  readonly first: number | null;
}

/** Selects for a response about one event: the caller first. */
export function selectionFor(view: EventView, max: number | undefined): AttendeeSelection {
  return { max: max ?? null, first: view.viewerId };
}

/** With a maximum, an attendee `first` comes first, then the organizer, then the others in the order of invitation. */
export function attendeesShown(event: PartialEventRecord, { max, first }: AttendeeSelection): AttendeesShown {
  const attendees = byInvitation(event);
  const { attendeeCount = attendees.length } = event;
  if (max === null) return { attendees, omitted: 0 };
  const isFirst = (attendee: SeenAttendee) => !isGuest(attendee) && attendee.userId === first;
  const ordered = [...attendees.filter(isFirst), ...attendees.filter((attendee) => !isFirst(attendee))];
  const kept = ordered.slice(0, max);
  return { attendees: kept, omitted: attendeeCount - kept.length };
}

export function isGuest(attendee: SeenAttendee): attendee is GuestRecord {
  return 'address' in attendee;
}

/** Whether an attendee is the organizer of the event, with an account or without. */
export function organizes(attendee: SeenAttendee): boolean {
  return isGuest(attendee) ? attendee.importedAs === 'organizer' : attendee.status === 'organizer';
}

/** The organizer, then users and guests in the order of invitation. Both lists have that order. */
function byInvitation({ attendees, guests }: PartialEventRecord): readonly SeenAttendee[] {
  if (guests.length === 0) return attendees;
  const place = (attendee: SeenAttendee): number => (organizes(attendee) ? 0 : (attendee.inviteId ?? 0));
  return [...attendees, ...guests].toSorted((a, b) => place(a) - place(b));
}
