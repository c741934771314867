import type { EventRecord } from '../event-record.js';
import { attendsOccurrencesOnly } from '../event-words.js';
import { differencesBetween, type EventDifferences } from './event-differences.js';

export const CHANGE_ACTIONS = ['created', 'updated', 'answered', 'deleted'] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/** An attendee whose answer a change set. */
export interface AnsweringAttendee {
  /** Null: a guest. */
  readonly userId: number | null;
  readonly inviteId: number | null;
}

/** What a change did to an event. */
export interface DescribedChange {
  /** An answer of one attendee, and nothing else, is `answered`. */
  readonly action: ChangeAction;
  /** The civil original start of the only occurrence that the change concerns; null: it concerns the event. */
  readonly originalStart: string | null;
  /** Null unless the action is `answered`. */
  readonly answeredAttendee: AnsweringAttendee | null;
}

const whole = (action: ChangeAction): DescribedChange => ({
  action,
  originalStart: null,
  answeredAttendee: null,
});

/** @param before null: the event was not there @param after null: the event is not there any more */
export function describeChange(before: EventRecord | null, after: EventRecord | null): DescribedChange {
  if (after === null) return whole('deleted');
  return before === null ? whole('created') : describeDifferences(differencesBetween(before, after));
}

/** Describes a change that neither created nor deleted the event. */
export function describeDifferences({
  fields,
  overrides,
  exdates,
  members,
}: EventDifferences): DescribedChange {
  if (fields) return whole('updated');
  const own = [...overrides, ...exdates];
  const occurrences = new Set<string | null>([...own, ...members.map((each) => each.originalStart)]);
  // The status of an attendee of single occurrences sums up the answers to them.
  if (occurrences.size > 1) occurrences.delete(null);
  const isWhole = members.some((each) => each.originalStart === null && !attendsOccurrencesOnly(each.member));
  const [only = null] = occurrences;
  const originalStart = isWhole || occurrences.size > 1 ? null : only;
  const answering =
    new Set(members.map(({ key }) => key)).size === 1 && members.every((each) => each.isAnswer);
  if (own.length > 0 || !answering) return { action: 'updated', originalStart, answeredAttendee: null };
  const [{ member }] = members;
  const userId = 'userId' in member ? member.userId : null;
  return { action: 'answered', originalStart, answeredAttendee: { userId, inviteId: member.inviteId } };
}
