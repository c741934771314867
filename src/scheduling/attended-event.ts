import { parseCivilTime, wallClock } from '../calendar/civil-time.js';
import {
  blocks,
  type EventStatus,
  type ParticipationStatus,
  type PendingPolicy,
  type ShowAs,
} from '../calendar/free-busy.js';
import type { Interval } from '../calendar/interval.js';
import type { EventOccurrence } from './occurrences.service.js';
import type { EventTimesRow } from './series.js';

/** A user's part in an event: the answer to all of it, and those to single occurrences. */
export interface Participant {
  readonly userId: number;
  readonly status: ParticipationStatus;
  readonly answers: readonly { readonly originalStart: string; readonly status: ParticipationStatus }[];
}

/** What decides whose time an event takes. */
export interface Attended {
  readonly showAs: ShowAs;
  readonly status: EventStatus;
  readonly participants: readonly Participant[];
}

export interface AttendedEvent extends EventTimesRow, Attended {}

/** The occurrences that take each participant's time; `[]` where none does. */
export function takenTime(
  { showAs, status, participants }: Attended,
  occurrences: readonly EventOccurrence[],
  pending: PendingPolicy,
): Map<number, Interval[]> {
  return new Map(
    participants.map((participant) => {
      const answered = new Map(
        participant.answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]),
      );
      const taken = occurrences.filter(({ originalCivilStart, override }) =>
        blocks({
          showAs: override?.showAs ?? showAs,
          status: override?.cancelled ? 'cancelled' : status,
          participation: answered.get(wallClock(originalCivilStart)) ?? participant.status,
          pending,
        }),
      );
      return [participant.userId, taken];
    }),
  );
}
