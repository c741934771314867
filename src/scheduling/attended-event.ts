import {
  blocks,
  type EventStatus,
  type ParticipationStatus,
  type PendingPolicy,
  type ShowAs,
} from '../calendar/availability/free-busy.js';
import type { Interval } from '../calendar/intervals/interval.js';
import { parseCivilTime, wallClock } from '../calendar/time/civil-time.js';
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

/** Participants whose time the same occurrences of an event take. */
export interface Takers {
  readonly userIds: readonly number[];
  /** Whether single occurrences may be answered otherwise than the whole. */
  readonly answerApart: boolean;
  readonly takes: (occurrence: EventOccurrence) => boolean;
}

/**
 * The participants by the occurrences that take their time: those with the same status and without answers of their own
 * are together, so that an event with a thousand attendees is looked at once or twice.
 */
export function takersOf({ showAs, status, participants }: Attended, pending: PendingPolicy): Takers[] {
  const takes =
    (participationIn: (occurrence: EventOccurrence) => ParticipationStatus) =>
    (occurrence: EventOccurrence): boolean =>
      blocks({
        showAs: occurrence.override?.showAs ?? showAs,
        status: occurrence.override?.cancelled ? 'cancelled' : status,
        participation: participationIn(occurrence),
        pending,
      });
  const together = new Map<ParticipationStatus, number[]>();
  const takers: Takers[] = [];
  for (const { userId, status: own, answers } of participants) {
    if (answers.length > 0) {
      const answered = new Map(
        answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]),
      );
      const participationIn = ({ originalCivilStart }: EventOccurrence) =>
        answered.get(wallClock(originalCivilStart)) ?? own;
      takers.push({ userIds: [userId], answerApart: true, takes: takes(participationIn) });
    } else {
      const known = together.get(own);
      if (known) known.push(userId);
      else together.set(own, [userId]);
    }
  }
  for (const [own, userIds] of together) {
    takers.push({ userIds, answerApart: false, takes: takes(() => own) });
  }
  return takers;
}

/** The occurrences that take each participant's time; `[]` where none does. Participants may share a list. */
export function takenTime(
  event: Attended,
  occurrences: readonly EventOccurrence[],
  pending: PendingPolicy,
): Map<number, readonly Interval[]> {
  const taken = new Map<number, readonly Interval[]>();
  for (const { userIds, takes } of takersOf(event, pending)) {
    const intervals = occurrences.filter(takes);
    for (const userId of userIds) taken.set(userId, intervals);
  }
  return taken;
}
