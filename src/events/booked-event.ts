import type { AttendedEvent } from '../scheduling/attended-event.js';
import type { Conflict } from '../scheduling/conflicts.service.js';
import type { EventRecord } from './event-record.js';

/** An event as it was saved, and what else takes the time of those who attend it. */
export interface BookedEvent {
  readonly event: EventRecord;
  readonly conflicts: readonly Conflict[];
}

/** An event as scheduling sees it. */
export function attended(event: EventRecord): AttendedEvent {
  const participants = event.attendees.map(({ userId, status }) => ({ userId, status, answers: [] }));
  return { ...event, participants };
}
