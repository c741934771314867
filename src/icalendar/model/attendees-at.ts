import type {
  ICalendarAttendee,
  ICalendarParticipation,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { PartialEventRecord } from '../../events/model/event-record.js';
import { addressKey } from './same-address.js';

/** An attendee with an address that the viewer sees, with or without an account. */
export interface SeenPerson extends ICalendarAttendee {
  readonly userId: number | null;
  readonly inviteId: number | null;
  /** Whether the person attends those occurrences alone that have an answer of the person. */
  readonly onlyOccurrences: boolean;
  /** Whether a file names the person, so that the file alone decides which occurrences the person attends. */
  readonly ofFile: boolean;
}

interface AnswerAt extends Pick<ICalendarParticipation, 'status' | 'comment'> {
  readonly removed: boolean;
}

/**
 * The attendees of an occurrence, with their answers to it.
 * @param own the attendees that the file gives the occurrence; absent: those of the series
 * @returns undefined: they are those of the series, with their answers to the series
 */
export function attendeesAt(
  event: PartialEventRecord,
  people: readonly SeenPerson[],
  originalStart: string,
  own: readonly ICalendarAttendee[] | undefined,
): readonly ICalendarAttendee[] | undefined {
  const answerOf = answersTo(event, originalStart);
  if (own !== undefined) return ownAttendees(people, own, answerOf);
  if (answerOf === null) return undefined;
  return oneOfEach(people.flatMap((person) => attendeeAt(person, answerOf(person))));
}

type AnswerOf = (person: SeenPerson) => AnswerAt | undefined;

/** Null: nobody has answered the occurrence alone. */
function answersTo({ answers, guestAnswers }: PartialEventRecord, originalStart: string): AnswerOf | null {
  const ofUsers = answers.filter((answer) => answer.originalStart === originalStart);
  const ofGuests = guestAnswers.filter((answer) => answer.originalStart === originalStart);
  if (ofUsers.length + ofGuests.length === 0) return null;
  return ({ userId, inviteId }) =>
    userId === null
      ? ofGuests.find((answer) => answer.inviteId === inviteId)
      : ofUsers.find((answer) => answer.userId === userId);
}

function attendeeAt(person: SeenPerson, answer: AnswerAt | undefined): ICalendarAttendee[] {
  if (answer === undefined) return person.onlyOccurrences ? [] : [lineOf(person)];
  if (answer.removed) return [];
  return [{ ...lineOf(person), status: answer.status, comment: answer.comment ?? person.comment }];
}

/** The attendees of a file, with answers that were given since, and the people who were invited here. */
function ownAttendees(
  people: readonly SeenPerson[],
  own: readonly ICalendarAttendee[],
  answerOf: AnswerOf | null,
): readonly ICalendarAttendee[] {
  // Users come first. A user stands for a guest with the same address.
  const byAddress = new Map(people.toReversed().map((person) => [addressKey(person.email), person]));
  const named = new Set<SeenPerson>();
  const lines = own.flatMap((line) => {
    const person = byAddress.get(addressKey(line.email));
    if (person === undefined) return [line];
    named.add(person);
    return lineSince(line, person, answerOf?.(person));
  });
  const added = people.filter((person) => !person.ofFile && !named.has(person));
  return oneOfEach([...lines, ...added.flatMap((person) => attendeeAt(person, answerOf?.(person)))]);
}

/** The line that the file has of a person, with the answer that the person has given since. */
function lineSince(
  line: ICalendarAttendee,
  person: SeenPerson,
  answer: AnswerAt | undefined,
): ICalendarAttendee[] {
  if (answer?.removed) return [];
  // Of a guest, a file has the answer to the occurrence. A user answers here, also for all occurrences.
  const answersSeries = person.userId !== null && !person.onlyOccurrences;
  const { status, comment } = answer ?? (answersSeries ? person : line);
  if (status === line.status) return [{ ...line, comment: comment ?? line.comment }];
  return [{ ...line, status, comment: comment ?? person.comment }];
}

/** What ATTENDEE has of a person. */
export function lineOf({ email, name, status, role, comment }: SeenPerson): ICalendarAttendee {
  return { email, name, status, role, comment };
}

/** The first of the attendees with each address. */
export function oneOfEach<Person extends ICalendarAttendee>(people: readonly Person[]): readonly Person[] {
  const seen = new Set<string>();
  return people.filter(({ email }) => {
    const key = addressKey(email);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
