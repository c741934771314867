import type {
  EventStatus,
  ParticipationStatus,
  PendingPolicy,
  ShowAs,
} from '../../calendar/availability/free-busy.js';
import { type BusyKind, busyKindOf } from '../../calendar/availability/kinds/busy-kind.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { type CivilTime, parseCivilTime, wallClock } from '../../calendar/time/civil-time.js';
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
  /** Which time of this attendee that is not firm counts as busy; absent: all of it, `busy`. */
  readonly pending?: PendingPolicy;
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

/** What decides whether an attendee is busy at an occurrence. */
type IdentifiedOccurrence = Pick<BusyOccurrence, 'originalCivilStart' | 'override'>;

/**
 * Gives the participation status of an attendee at an occurrence: the answer to the occurrence, or else the status in the
 * event.
 */
export function statusAtOccurrence({
  status,
  answers,
}: Pick<AttendeeStatuses, 'status' | 'answers'>): (
  occurrence: Pick<EventOccurrence, 'originalCivilStart'>,
) => ParticipationStatus {
  if (answers.length === 0) return () => status;
  const answered = new Map(answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]));
  return ({ originalCivilStart }) => answered.get(wallClock(originalCivilStart)) ?? status;
}

/** Attendees who are busy at the same occurrences of an event. */
export interface AttendeeGroup {
  readonly userIds: readonly number[];
  /**
   * The civil original starts, without the pass, of the occurrences that the attendees have answered alone. At all others,
   * `kindAt` depends on the override alone.
   */
  readonly answeredStarts: readonly CivilTime[];
  /** Null: the attendees are not busy at the occurrence. */
  readonly kindAt: (occurrence: IdentifiedOccurrence) => BusyKind | null;
}

/** An occurrence without an override that no attendee has answered alone. */
export const REGULAR_OCCURRENCE = { originalCivilStart: Number.NaN, override: null };

/**
 * Groups the attendees by the occurrences at which they are busy. Attendees with the same status and policy, and without answers to
 * single occurrences, are in one group, so that an event with a thousand attendees has one or two groups.
 */
export function attendeeGroupsOf({ showAs, status, attendees }: Attended): AttendeeGroup[] {
  const kindWith =
    (statusAt: ReturnType<typeof statusAtOccurrence>, pending: PendingPolicy) =>
    (occurrence: IdentifiedOccurrence): BusyKind | null =>
      busyKindOf({
        showAs: occurrence.override?.showAs ?? showAs,
        status: occurrence.override?.cancelled ? 'cancelled' : status,
        participation: statusAt(occurrence),
        pending,
      });
  const alike = new Map<string, number[]>();
  const groups: AttendeeGroup[] = [];
  for (const attendee of attendees) {
    const { userId, status: own, answers, pending = 'busy' } = attendee;
    if (answers.length > 0) {
      const kindAt = kindWith(statusAtOccurrence(attendee), pending);
      const answeredStarts = answers.map(({ originalStart }) => parseCivilTime(originalStart));
      groups.push({ userIds: [userId], answeredStarts, kindAt });
      continue;
    }
    const key = `${own} ${pending}`;
    const known = alike.get(key);
    if (known) known.push(userId);
    else {
      const userIds = [userId];
      alike.set(key, userIds);
      groups.push({ userIds, answeredStarts: [], kindAt: kindWith(() => own, pending) });
    }
  }
  return groups;
}

/** The occurrences at which each attendee is busy; `[]` if there is none. Attendees may share a list. */
export function busyOccurrencesOf(
  event: Attended,
  occurrences: readonly BusyOccurrence[],
): Map<number, readonly Interval[]> {
  const busy = new Map<number, readonly Interval[]>();
  for (const { userIds, kindAt } of attendeeGroupsOf(event)) {
    const intervals = occurrences.filter((occurrence) => kindAt(occurrence) !== null);
    for (const userId of userIds) busy.set(userId, intervals);
  }
  return busy;
}
