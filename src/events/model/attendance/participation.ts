import { parseCivilTime, wallClock } from '../../../calendar/time/civil-time.js';
import { statusAtOccurrence } from '../../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../../scheduling/occurrences/event-occurrence.js';
import type { OccurrenceAnswerRecord, PartialEventRecord } from '../event-record.js';
import type { ParticipationStatus } from '../event-words.js';
import { attendsOccurrencesOnly } from '../event-words.js';

/** The participation status of a user in a series and in single occurrences. */
export interface ParticipationInSeries {
  readonly ofSeries: ParticipationStatus;
  /** Whether the user answered some occurrence on its own and did not decline it. */
  readonly acceptsSomeOccurrence: boolean;
  /** Whether the user declined some occurrence on its own. */
  readonly declinesSomeOccurrence: boolean;
  /** Whether the user attends only those occurrences that have an answer of the user. */
  readonly onlyOccurrences: boolean;
  /** Whether the organizer has removed the user from some occurrence. */
  readonly removedFromSome: boolean;
  /** Whether the user attends the occurrence, also if the user declined it. */
  attends(occurrence: Pick<EventOccurrence, 'originalCivilStart'>): boolean;
  at(occurrence: EventOccurrence): ParticipationStatus;
}

export function participationOf(event: PartialEventRecord, userId: number): ParticipationInSeries {
  const attendee = event.attendees.find((candidate) => candidate.userId === userId);
  const ofSeries = attendee?.status ?? 'needs_action';
  const answers = event.answers.filter((answer) => answer.userId === userId);
  const onlyOccurrences = attendee !== undefined && attendsOccurrencesOnly(attendee);
  // Of some attendees the occurrences they attend have an answer, of the others those they do not attend.
  const listed = answers.filter(({ removed }) => removed !== onlyOccurrences);
  const keys = new Set(listed.map(({ originalStart }) => parseCivilTime(originalStart)));
  return {
    ofSeries,
    onlyOccurrences,
    removedFromSome: answers.some(({ removed }) => removed),
    attends: ({ originalCivilStart }) => keys.has(wallClock(originalCivilStart)) === onlyOccurrences,
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
