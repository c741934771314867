import { statusAtOccurrence } from '../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { EventRecord } from './event-record.js';
import type { ParticipationStatus } from './event-words.js';

/** A user's part in an event: the status for the series, and where an answer to one occurrence differs from it. */
export interface Participation {
  readonly ofSeries: ParticipationStatus;
  /** Whether some occurrence was answered on its own and not declined. */
  readonly attendsSingly: boolean;
  /** Whether some occurrence was declined on its own. */
  readonly declinesSingly: boolean;
  at(occurrence: EventOccurrence): ParticipationStatus;
}

export function participationOf(event: EventRecord, userId: number): Participation {
  const attendee = event.attendees.find((candidate) => candidate.userId === userId);
  const ofSeries = attendee?.status ?? 'needs_action';
  const answers = event.answers.filter((answer) => answer.userId === userId);
  return {
    ofSeries,
    attendsSingly: answers.some(({ status }) => status !== 'declined'),
    declinesSingly: answers.some(({ status }) => status === 'declined'),
    at: statusAtOccurrence({ status: ofSeries, answers }),
  };
}
