import { statusAtOccurrence } from '../../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../../scheduling/occurrences/event-occurrence.js';
import type { OccurrenceAnswerRecord, PartialEventRecord } from '../event-record.js';
import type { ParticipationStatus } from '../event-words.js';

/** The participation status of a user in a series and in single occurrences. */
export interface ParticipationInSeries {
  readonly ofSeries: ParticipationStatus;
  /** Whether the user answered some occurrence on its own and did not decline it. */
  readonly acceptsSomeOccurrence: boolean;
  /** Whether the user declined some occurrence on its own. */
  readonly declinesSomeOccurrence: boolean;
  at(occurrence: EventOccurrence): ParticipationStatus;
}

export function participationOf(event: PartialEventRecord, userId: number): ParticipationInSeries {
  const attendee = event.attendees.find((candidate) => candidate.userId === userId);
  const ofSeries = attendee?.status ?? 'needs_action';
  const answers = event.answers.filter((answer) => answer.userId === userId);
  return {
    ofSeries,
    acceptsSomeOccurrence: answers.some(({ status }) => status !== 'declined'),
    declinesSomeOccurrence: answers.some(({ status }) => status === 'declined'),
    at: statusAtOccurrence({ status: ofSeries, answers }),
  };
}

/** The answer of a user to the occurrence with this key; undefined if the user gave none. */
export function answerTo(
  event: PartialEventRecord,
  userId: number,
  key: string,
): OccurrenceAnswerRecord | undefined {
  return event.answers.find((answer) => answer.userId === userId && answer.originalStart === key);
}
