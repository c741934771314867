import type {
  EventStatus,
  ParticipationStatus,
  PendingPolicy,
  ShowAs,
} from '../../calendar/availability/free-busy.js';
import { type BusyKind, busyKindOf } from '../../calendar/availability/kinds/busy-kind.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { parseCivilTime, wallClock } from '../../calendar/time/civil-time.js';
import type { EventOccurrence } from '../occurrences/event-occurrence.js';
import { inZoneOfReader } from '../occurrences/floating-days.js';
import type { EventTimesRecord, OverrideTimesRecord } from '../occurrences/series-record.js';

/** The columns of an override that decide whether an attendee is busy at the occurrence. */
export interface BusyOverrideRecord extends OverrideTimesRecord {
  /** Null: the value of the series holds. */
  readonly showAs: ShowAs | null;
}

/** The participation statuses of an attendee: the one in the event, and the answers to single occurrences. */
export interface AttendeeStatuses {
  readonly userId: number;
  readonly status: ParticipationStatus;
  /** True: time that is not firm is busy under each policy, since a booking never takes it. Absent: false. */
  readonly isRoom?: boolean;
  readonly answers: readonly { readonly originalStart: string; readonly status: ParticipationStatus }[];
}

/** The columns that decide whether an attendee is busy during an event. */
export interface Attended {
  readonly showAs: ShowAs;
  readonly status: EventStatus;
  readonly attendees: readonly AttendeeStatuses[];
}

/** An attendee with the zone in which floating days are the attendee's. */
export interface AttendeeInZone extends AttendeeStatuses {
  readonly timeZone: string;
}

export interface AttendedEvent extends EventTimesRecord<BusyOverrideRecord>, Attended {
  readonly attendees: readonly AttendeeInZone[];
}

/** The event as its attendees have it: floating days once for each zone of the attendees. */
export function byZoneOfAttendees(event: AttendedEvent): AttendedEvent[] {
  if (!event.floating) return [event];
  const inZones = new Map<string, AttendeeInZone[]>();
  for (const attendee of event.attendees) {
    const known = inZones.get(attendee.timeZone);
    if (known) known.push(attendee);
    else inZones.set(attendee.timeZone, [attendee]);
  }
  const events: AttendedEvent[] = [];
  for (const [zone, attendees] of inZones) events.push({ ...inZoneOfReader(event, zone), attendees });
  return events;
}

export type BusyOccurrence = EventOccurrence<BusyOverrideRecord>;

/**
 * Gives the participation status of an attendee at an occurrence: the answer to the occurrence, or else the status in the
 * event.
 */
export function statusAtOccurrence({
  status,
  answers,
}: Omit<AttendeeStatuses, 'userId' | 'isRoom'>): (
  occurrence: Pick<EventOccurrence, 'originalCivilStart'>,
) => ParticipationStatus {
  if (answers.length === 0) return () => status;
  const answered = new Map(answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]));
  return ({ originalCivilStart }) => answered.get(wallClock(originalCivilStart)) ?? status;
}

/** Attendees who are busy at the same occurrences of an event. */
export interface AttendeeGroup {
  readonly userIds: readonly number[];
  /** Whether the attendees may have answered single occurrences. */
  readonly answerApart: boolean;
  /** Null: the attendees are not busy at the occurrence. */
  readonly kindAt: (occurrence: BusyOccurrence) => BusyKind | null;
}

/**
 * Groups the attendees by the occurrences at which they are busy. Attendees with the same status and without answers to
 * single occurrences are in one group, so that an event with a thousand attendees has one or two groups.
 */
export function attendeeGroupsOf(
  { showAs, status, attendees }: Attended,
  pending: PendingPolicy,
): AttendeeGroup[] {
  const kindWith =
    (statusAt: ReturnType<typeof statusAtOccurrence>, isRoom: boolean) =>
    (occurrence: BusyOccurrence): BusyKind | null =>
      busyKindOf({
        showAs: occurrence.override?.showAs ?? showAs,
        status: occurrence.override?.cancelled ? 'cancelled' : status,
        participation: statusAt(occurrence),
        pending: isRoom ? 'busy' : pending,
      });
  const persons = new Map<ParticipationStatus, number[]>();
  const rooms = new Map<ParticipationStatus, number[]>();
  const groups: AttendeeGroup[] = [];
  for (const attendee of attendees) {
    const { userId, status: own, answers, isRoom = false } = attendee;
    const together = isRoom ? rooms : persons;
    const known = together.get(own);
    if (answers.length > 0) {
      const kindAt = kindWith(statusAtOccurrence(attendee), isRoom);
      groups.push({ userIds: [userId], answerApart: true, kindAt });
    } else if (known) known.push(userId);
    else together.set(own, [userId]);
  }
  for (const together of [persons, rooms]) {
    for (const [own, userIds] of together)
      groups.push({ userIds, answerApart: false, kindAt: kindWith(() => own, together === rooms) });
  }
  return groups;
}

/** The occurrences at which each attendee is busy; `[]` if there is none. Attendees may share a list. */
export function busyOccurrencesOf(
  event: Attended,
  occurrences: readonly BusyOccurrence[],
  pending: PendingPolicy,
): Map<number, readonly Interval[]> {
  const busy = new Map<number, readonly Interval[]>();
  for (const { userIds, kindAt } of attendeeGroupsOf(event, pending)) {
    const intervals = occurrences.filter((occurrence) => kindAt(occurrence) !== null);
    for (const userId of userIds) busy.set(userId, intervals);
  }
  return busy;
}
