import { isDeepStrictEqual } from 'node:util';
import type { AttendeeRecord, EventRecord, GuestRecord, OccurrenceAnswerRecord } from '../event-record.js';
import { attendsOccurrencesOnly } from '../event-words.js';

/** An attendee, with an account or without. */
export type AnyAttendee = AttendeeRecord | GuestRecord;

/** A difference between two states of one attendee. */
export interface MemberDifference {
  /** As `memberKey` makes it. */
  readonly key: string;
  readonly member: AnyAttendee;
  readonly isAnswer: boolean;
  /** Null: the attendance of the whole event differs. */
  readonly originalStart: string | null;
}

/** What differs between two states of an event. */
export interface EventDifferences {
  /** Whether a field of the event itself differs, besides its version and what follows from other fields. */
  readonly fields: boolean;
  /** The civil original starts of overrides that differ. */
  readonly overrides: readonly string[];
  /** The EXDATEs that one of the states does not have. */
  readonly exdates: readonly string[];
  readonly members: readonly MemberDifference[];
}

export function differencesBetween(before: EventRecord, after: EventRecord): EventDifferences {
  return {
    fields: !isDeepStrictEqual(ownFieldsOf(before), ownFieldsOf(after)),
    overrides: differingKeys(
      byOccurrence(before.overrides),
      byOccurrence(after.overrides),
      isDeepStrictEqual,
    ),
    exdates: differingKeys(keyed(before.exdates), keyed(after.exdates), Object.is),
    members: [...memberDifferences(before, after), ...answerDifferences(before, after)],
  };
}

/** Names an attendee within the event. */
export function memberKey(member: AnyAttendee): string {
  return 'userId' in member ? keyOfUser(member.userId) : keyOfGuest(member.inviteId);
}

function keyOfUser(id: number): string {
  return `user ${id}`;
}

function keyOfGuest(inviteId: number): string {
  return `guest ${inviteId}`;
}

/** The fields that are not the event's own, or that follow from its own fields. */
const NOT_OWN: ReadonlySet<string> = new Set<keyof EventRecord>([
  'version',
  'updatedAt',
  'startAt',
  'endAt',
  'exdates',
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

const isSameMember = (a: AnyAttendee, b: AnyAttendee): boolean =>
  isArrangedAlike(a, b) && hasSameAnswer(a, b);

function memberDifferences(before: EventRecord, after: EventRecord): MemberDifference[] {
  const [were, are] = [membersOf(before), membersOf(after)];
  return differingKeys(were, are, isSameMember).map((key) => {
    const [was, is] = [were.get(key), are.get(key)];
    const isAnswer = was && is ? is.status !== 'needs_action' && isArrangedAlike(was, is) : false;
    return { key, member: (is ?? was) as AnyAttendee, isAnswer, originalStart: null };
  });
}

/** The differences of the answers to single occurrences. */
function answerDifferences(before: EventRecord, after: EventRecord): MemberDifference[] {
  const [were, are] = [answersOf(before), answersOf(after)];
  const keys = differingKeys(were, are, isDeepStrictEqual);
  if (keys.length === 0) return [];
  const members = new Map([...membersOf(before), ...membersOf(after)]);
  return keys.flatMap((place) => {
    const [was, is] = [were.get(place), are.get(place)];
    const { key, originalStart } = (is ?? was) as AnswerOfMember;
    const member = members.get(key);
    if (!member) return [];
    const isAnswer = is ? is.status !== 'needs_action' && is.removed === (was?.removed ?? false) : false;
    return [{ key, member, isAnswer, originalStart }];
  });
}

/** Whether all is alike that the organizer, or the calendar of the attendee, decides. An event may have 1,000 attendees. */
function isArrangedAlike(a: AnyAttendee, b: AnyAttendee): boolean {
  return (
    a.inviteId === b.inviteId &&
    a.role === b.role &&
    a.name === b.name &&
    a.email === b.email &&
    calendarOf(a) === calendarOf(b) &&
    attendsOccurrencesOnly(a) === attendsOccurrencesOnly(b)
  );
}

function hasSameAnswer(a: AnyAttendee, b: AnyAttendee): boolean {
  return a.status === b.status && a.comment === b.comment && a.occurrencesStatus === b.occurrencesStatus;
}

function calendarOf(member: AnyAttendee): number | null {
  return 'calendarId' in member ? member.calendarId : null;
}

function membersOf({ attendees, guests }: EventRecord): ReadonlyMap<string, AnyAttendee> {
  return new Map([...attendees, ...guests].map((member) => [memberKey(member), member]));
}

type AnswerOfMember = Omit<OccurrenceAnswerRecord, 'userId'> & { readonly key: string };

function answersOf({ answers, guestAnswers }: EventRecord): ReadonlyMap<string, AnswerOfMember> {
  const all = [
    ...answers.map(({ userId, ...answer }) => ({ ...answer, key: keyOfUser(userId) })),
    ...guestAnswers.map(({ inviteId, ...answer }) => ({ ...answer, key: keyOfGuest(inviteId) })),
  ];
  return new Map(all.map((answer) => [`${answer.key} ${answer.originalStart}`, answer]));
}

function byOccurrence<T extends { readonly originalStart: string }>(
  rows: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.originalStart, row]));
}

function keyed(values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(values.map((value) => [value, value]));
}

/** The keys of values that are not the same, or that one side does not have. */
function differingKeys<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean,
): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    return was === undefined || is === undefined || !isSame(was, is);
  });
}
