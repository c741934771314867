/** What a deletion does with the events that the user organizes in the calendar. Attended events move either way. */
export const EVENTS_AT_DELETION = ['delete', 'move'] as const;
export type EventsAtDeletion = (typeof EVENTS_AT_DELETION)[number];

/** A deleted calendar whose events have yet to end or to move. */
export interface CalendarDeletionRecord {
  readonly tenantId: number;
  readonly id: number;
  readonly userId: number;
  readonly events: EventsAtDeletion;
}
