import type { AttendedEvent, AttendeeInZone } from '../calendars/attended-event.js';

/** An event to book, with the calendar of each attendee that has the event; null: none has it. */
export interface BookableEvent extends AttendedEvent {
  readonly attendees: readonly (AttendeeInZone & { readonly calendarId: number | null })[];
}
