import type { AttendedEvent } from '../scheduling/attended-event.js';
import type { Conflict } from '../scheduling/conflicts.service.js';
import type { EventView } from './event.policy.js';
import type { EventRecord } from './event-record.js';

/** What else takes the time of those who attend an event that was saved. */
interface Booked {
  readonly conflicts: readonly Conflict[];
}

export interface BookedEvent extends Booked {
  readonly event: EventRecord;
}

/** The same with what the caller sees of the event. */
export interface BookedEventView extends Booked {
  readonly view: EventView;
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

/** The event as it concerns one of those who attend it. */
export function attendedBy(event: EventRecord, userId: number): AttendedEvent {
  const all = attended(event);
  return { ...all, participants: all.participants.filter((participant) => participant.userId === userId) };
}
