import { isDeepStrictEqual } from 'node:util';
import type { AttendeeRecord, EventRecord, GuestRecord, OccurrenceAnswerRecord } from '../event-record.js';
import { attendsOccurrencesOnly } from '../event-words.js';

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

type Member = AttendeeRecord | GuestRecord;

/** A difference between two states of one attendee. */
interface MemberDifference {
  readonly key: string;
  readonly member: Member;
  readonly isAnswer: boolean;
  /** Null: the attendance of the whole event differs. */
  readonly originalStart: string | null;
}

const whole = (action: ChangeAction): DescribedChange => ({
  action,
  originalStart: null,
  answeredAttendee: null,
});

/** @param before null: the event was not there @param after null: the event is not there any more */
export function describeChange(before: EventRecord | null, after: EventRecord | null): DescribedChange {
  if (before === null) return whole('created');
  if (after === null) return whole('deleted');
  if (!isDeepStrictEqual(ownFieldsOf(before), ownFieldsOf(after))) return whole('updated');
  const overrides = differingKeys(byOccurrence(before.overrides), byOccurrence(after.overrides));
  const members = [...memberDifferences(before, after), ...answerDifferences(before, after)];
  const occurrences = new Set<string | null>([...overrides, ...members.map((each) => each.originalStart)]);
  // The status of an attendee of single occurrences sums up the answers to them.
  if (occurrences.size > 1) occurrences.delete(null);
  const isWhole = members.some((each) => each.originalStart === null && !attendsOccurrencesOnly(each.member));
  const [only = null] = occurrences;
  const originalStart = isWhole || occurrences.size > 1 ? null : only;
  const answering =
    new Set(members.map(({ key }) => key)).size === 1 && members.every((each) => each.isAnswer);
  if (overrides.length > 0 || !answering) return { action: 'updated', originalStart, answeredAttendee: null };
  const [{ member }] = members;
  const answeredAttendee = { userId: userIdOf(member), inviteId: member.inviteId };
  return { action: 'answered', originalStart, answeredAttendee };
}

/** The fields that are not the event's own, or that follow from its own fields. */
const NOT_OWN: ReadonlySet<string> = new Set<keyof EventRecord>([
  'version',
  'updatedAt',
  'startAt',
  'endAt',
  'attendees',
  'overrides',
  'answers',
  'guests',
  'guestAnswers',
]);

function ownFieldsOf(event: EventRecord): object {
  const own = Object.entries(event).filter(([name]) => !NOT_OWN.has(name));
  return { ...Object.fromEntries(own), rule: event.rule?.text };
}

function memberDifferences(before: EventRecord, after: EventRecord): MemberDifference[] {
  const [were, are] = [membersOf(before), membersOf(after)];
  return differingKeys(were, are, (member) => ({ ...arrangementOf(member), ...answerOf(member) })).map(
    (key) => {
      const [was, is] = [were.get(key), are.get(key)];
      const isAnswer =
        was !== undefined &&
        is !== undefined &&
        is.status !== 'needs_action' &&
        isDeepStrictEqual(arrangementOf(was), arrangementOf(is));
      return { key, member: (is ?? was) as Member, isAnswer, originalStart: null };
    },
  );
}

/** The differences of the answers to single occurrences. */
function answerDifferences(before: EventRecord, after: EventRecord): MemberDifference[] {
  const [were, are] = [answersOf(before), answersOf(after)];
  const members = new Map([...membersOf(before), ...membersOf(after)]);
  return differingKeys(were, are).flatMap((key) => {
    const [was, is] = [were.get(key), are.get(key)];
    const { memberKey, originalStart } = (is ?? was) as MemberAnswer;
    const member = members.get(memberKey);
    if (!member) return [];
    const isAnswer =
      is !== undefined && is.status !== 'needs_action' && is.removed === (was?.removed ?? false);
    return [{ key: memberKey, member, isAnswer, originalStart }];
  });
}

/** What the organizer, or the calendar of the attendee, decides. */
function arrangementOf(member: Member): object {
  return {
    inviteId: member.inviteId,
    role: member.role,
    organizes: (member.status as string) === 'organizer',
    onlyOccurrences: attendsOccurrencesOnly(member),
    ...('calendarId' in member
      ? { calendarId: member.calendarId }
      : { name: member.name, email: member.email }),
  };
}

function answerOf({ status, comment, occurrencesStatus }: Member): object {
  return { status, comment, occurrencesStatus };
}

function userIdOf(member: Member): number | null {
  return 'userId' in member ? member.userId : null;
}

function membersOf({ attendees, guests }: EventRecord): ReadonlyMap<string, Member> {
  return new Map<string, Member>([
    ...attendees.map((attendee) => [`user ${attendee.userId}`, attendee] as const),
    ...guests.map((guest) => [`guest ${guest.inviteId}`, guest] as const),
  ]);
}

interface MemberAnswer extends Omit<OccurrenceAnswerRecord, 'userId'> {
  readonly memberKey: string;
}

function answersOf({ answers, guestAnswers }: EventRecord): ReadonlyMap<string, MemberAnswer> {
  const all = [
    ...answers.map(({ userId, ...answer }) => ({ ...answer, memberKey: `user ${userId}` })),
    ...guestAnswers.map(({ inviteId, ...answer }) => ({ ...answer, memberKey: `guest ${inviteId}` })),
  ];
  return new Map(all.map((answer) => [`${answer.memberKey} ${answer.originalStart}`, answer]));
}

function byOccurrence<T extends { readonly originalStart: string }>(
  rows: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.originalStart, row]));
}

/** The keys whose values differ, by the part of each value that counts. */
function differingKeys<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  part: (value: T) => unknown = (value) => value,
): string[] {
  const partAt = (values: ReadonlyMap<string, T>, key: string) => {
    const value = values.get(key);
    return value === undefined ? undefined : part(value);
  };
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => !isDeepStrictEqual(partAt(before, key), partAt(after, key)));
}
