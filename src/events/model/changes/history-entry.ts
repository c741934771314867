import type { EventView } from '../event.policy.js';
import type { EventRecord, PartialEventRecord, RecordedOccurrence } from '../event-record.js';
import type { ChangeAction, DescribedChange } from './described-change.js';
import type { EventChangeRecord } from './event-change-record.js';
import { type AnyAttendee, type EventDifferences, memberKey } from './event-differences.js';

/** An event before or after a change, as a viewer sees it. It has the attendees and the occurrences alone that the change concerns. */
export interface PastView {
  readonly view: EventView;
  readonly occurrences: readonly RecordedOccurrence[];
}

/** One change of an event, as a viewer sees it. */
export interface HistoryEntry {
  readonly change: EventChangeRecord;
  readonly action: ChangeAction;
  /** The user for whom the author acted; null: the author's own change. */
  readonly actingForUserId: number | null;
  /** Null: the event was not there, or the viewer does not see it as it was. */
  readonly before: PastView | null;
  readonly after: PastView | null;
}

/** The event with those attendees alone whose part in it differs, the organizer and the viewer. */
export function withConcerned(
  event: EventRecord,
  { members }: EventDifferences,
  viewerId: number | null,
): PartialEventRecord {
  const keys = new Set(members.map(({ key }) => key));
  const isConcerned = (member: AnyAttendee) => keys.has(memberKey(member));
  return {
    ...event,
    attendees: event.attendees.filter(
      (one) => one.userId === event.organizerId || one.userId === viewerId || isConcerned(one),
    ),
    guests: event.guests.filter(isConcerned),
  };
}

/** The civil original starts of the occurrences that differ. */
export function concernedOccurrences({ overrides, members }: EventDifferences): string[] {
  const answered = members.flatMap(({ originalStart }) => originalStart ?? []);
  return [...new Set([...overrides, ...answered])].toSorted();
}

/**
 * The user for whom the author of a change acted: the attendee whose answer somebody else gave; the organizer, if another
 * user changed the event; the user as whom a key acted. Null: none of them.
 * @param organizerId the organizer before the change
 * @param differences null: the change created or deleted the event
 */
export function actedFor(
  { userId, apiKeyId }: Pick<EventChangeRecord, 'userId' | 'apiKeyId'>,
  { answeredAttendee }: DescribedChange,
  organizerId: number,
  differences: EventDifferences | null,
): number | null {
  if (userId === null && apiKeyId === null) return null;
  const answeredId = answeredAttendee?.userId ?? null;
  if (answeredId !== null && answeredId !== userId) return answeredId;
  const isOwn = userId === (answeredId ?? organizerId) || (differences && concernsOnly(userId, differences));
  if (userId !== null && !isOwn) return organizerId;
  return apiKeyId === null ? null : userId;
}

/** Whether the part of one user in the event differs, and nothing else. */
function concernsOnly(
  userId: number | null,
  { fields, overrides, exdates, members }: EventDifferences,
): boolean {
  const isOfEvent = fields || overrides.length + exdates.length > 0;
  return !isOfEvent && members.length > 0 && members.every(({ key }) => key === `user ${userId}`);
}
