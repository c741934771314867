import {
  type EventStatus,
  type ParticipationStatus,
  type PendingPolicy,
  type ShowAs,
  takesTime,
} from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { parseCivilTime, wallClock } from '../../calendar/time/civil-time.js';
import type { EventOccurrence } from '../occurrences/event-occurrence.js';
import type { EventTimesRow, OverrideTimesRow } from '../occurrences/series-row.js';

/** The columns of an override that decide whose time the occurrence takes. */
export interface BusyOverrideRow extends OverrideTimesRow {
  /** Null: the value of the series holds. */
  readonly showAs: ShowAs | null;
}

/** The participation status of a user in an event, and the user's answers to single occurrences. */
export interface Attendee {
  readonly userId: number;
  readonly status: ParticipationStatus;
  readonly answers: readonly { readonly originalStart: string; readonly status: ParticipationStatus }[];
}

/** The columns that decide whose time an event takes. */
export interface Attended {
  readonly showAs: ShowAs;
  readonly status: EventStatus;
  readonly attendees: readonly Attendee[];
}

export interface AttendedEvent extends EventTimesRow<BusyOverrideRow>, Attended {}

export type BusyOccurrence = EventOccurrence<BusyOverrideRow>;

/** Attendees whose time the same occurrences of an event take. */
export interface Takers {
  readonly userIds: readonly number[];
  /** Whether single occurrences may be answered otherwise than the whole. */
  readonly answerApart: boolean;
  readonly takes: (occurrence: BusyOccurrence) => boolean;
}

/**
 * The attendees by the occurrences that take their time: those with the same status and without answers of their own
 * are together, so that an event with a thousand attendees is looked at once or twice.
 */
export function takersOf({ showAs, status, attendees }: Attended, pending: PendingPolicy): Takers[] {
  const takes =
    (participationIn: (occurrence: BusyOccurrence) => ParticipationStatus) =>
    (occurrence: BusyOccurrence): boolean =>
      takesTime({
        showAs: occurrence.override?.showAs ?? showAs,
        status: occurrence.override?.cancelled ? 'cancelled' : status,
        participation: participationIn(occurrence),
        pending,
      });
  const together = new Map<ParticipationStatus, number[]>();
  const takers: Takers[] = [];
  for (const { userId, status: own, answers } of attendees) {
    if (answers.length > 0) {
      const answered = new Map(
        answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]),
      );
      const participationIn = ({ originalCivilStart }: BusyOccurrence) =>
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

/** The occurrences that take each attendee's time; `[]` if none does. Attendees may share a list. */
export function takenTime(
  event: Attended,
  occurrences: readonly BusyOccurrence[],
  pending: PendingPolicy,
): Map<number, readonly Interval[]> {
  const taken = new Map<number, readonly Interval[]>();
  for (const { userIds, takes } of takersOf(event, pending)) {
    const intervals = occurrences.filter(takes);
    for (const userId of userIds) taken.set(userId, intervals);
  }
  return taken;
}
