import type { AttendedEvent } from '../scheduling/attended-event.js';
import type { Conflict } from '../scheduling/conflicts.service.js';
import type { EventRecord } from './event-record.js';

/** An event as it was saved, and what else takes the time of those who attend it. */
export interface BookedEvent {
  readonly event: EventRecord;
  readonly conflicts: readonly Conflict[];
}

/** The event as it concerns one of those who attend it. */
export function attendedBy(event: EventRecord, userId: number): AttendedEvent {
  const all = attended(event);
  return { ...all, participants: all.participants.filter((participant) => participant.userId === userId) };
}

/** An event as scheduling sees it. */
export function attended(event: EventRecord): AttendedEvent {
  const participants = event.attendees.map(({ userId, status }) => ({
    userId,
    status,
    answers: event.answers.filter((answer) => answer.userId === userId),
  }));
  return { ...event, participants };
}
