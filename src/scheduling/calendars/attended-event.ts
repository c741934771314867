import {
  countsAsBusy,
  type EventStatus,
  type ParticipationStatus,
  type PendingPolicy,
  type ShowAs,
} from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { parseCivilTime, wallClock } from '../../calendar/time/civil-time.js';
import type { EventOccurrence } from '../occurrences/event-occurrence.js';
import type { EventTimesRecord, OverrideTimesRecord } from '../occurrences/series-record.js';

/** The columns of an override that decide whose time the occurrence takes. */
export interface BusyOverrideRecord extends OverrideTimesRecord {
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

export interface AttendedEvent extends EventTimesRecord<BusyOverrideRecord>, Attended {}

export type BusyOccurrence = EventOccurrence<BusyOverrideRecord>;

/**
 * Gives the participation status of an attendee at an occurrence: the answer to the occurrence, or else the status in the
 * event.
 */
export function statusAtOccurrence({
  status,
  answers,
}: Omit<Attendee, 'userId'>): (
  occurrence: Pick<EventOccurrence, 'originalCivilStart'>,
) => ParticipationStatus {
  if (answers.length === 0) return () => status;
  const answered = new Map(answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]));
  return ({ originalCivilStart }) => answered.get(wallClock(originalCivilStart)) ?? status;
}

/** Attendees whose time the same occurrences of an event take. */
export interface Takers {
  readonly userIds: readonly number[];
  /** Whether the attendees may have answered single occurrences. */
  readonly answerApart: boolean;
  readonly takes: (occurrence: BusyOccurrence) => boolean;
}

/**
 * Groups the attendees by the occurrences that take their time. Attendees with the same status and without answers to
 * single occurrences are in one group, so that an event with a thousand attendees has one or two groups.
 */
export function takersOf({ showAs, status, attendees }: Attended, pending: PendingPolicy): Takers[] {
  const takes =
    (statusAt: ReturnType<typeof statusAtOccurrence>) =>
    (occurrence: BusyOccurrence): boolean =>
      countsAsBusy({
        showAs: occurrence.override?.showAs ?? showAs,
        status: occurrence.override?.cancelled ? 'cancelled' : status,
        participation: statusAt(occurrence),
        pending,
      });
  const together = new Map<ParticipationStatus, number[]>();
  const takers: Takers[] = [];
  for (const attendee of attendees) {
    const { userId, status: own, answers } = attendee;
    const known = together.get(own);
    if (answers.length > 0)
      takers.push({ userIds: [userId], answerApart: true, takes: takes(statusAtOccurrence(attendee)) });
    else if (known) known.push(userId);
    else together.set(own, [userId]);
  }
  for (const [own, userIds] of together)
    takers.push({ userIds, answerApart: false, takes: takes(() => own) });
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
