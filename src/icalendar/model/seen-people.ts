import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOrganizer,
  ICalendarParticipation,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { AttendeeRecord, GuestRecord, PartialEventRecord } from '../../events/model/event-record.js';
import { type ParticipationStatus, shownStatus } from '../../events/model/event-words.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import type { StoredPeople } from './stored-content.js';

/** An attendee with an address that the viewer sees, with or without an account. */
interface SeenPerson extends ICalendarAttendee {
  readonly userId: number | null;
  readonly inviteId: number | null;
}

/** The people of an event as iCalendar has them, and the answers to single occurrences. */
export interface SeenPeople extends Pick<ICalendarEvent, 'organizer' | 'attendees'> {
  /** The attendees of an occurrence to which one of them has answered alone; undefined: nobody has. */
  at(originalStart: string): readonly ICalendarAttendee[] | undefined;
}

/**
 * The people of an event. A person whose address the viewer does not see is missing: an ATTENDEE is an address. An event that
 * the owner alone attends has no people, as a calendar of one's own has them nowhere.
 * @param file the people of the event's file; absent: it has none, or the viewer does not see it
 */
export function seenPeople(event: PartialEventRecord, file: StoredPeople | undefined): SeenPeople {
  const people = [...event.attendees.flatMap(personOfUser), ...event.guests.flatMap(personOfGuest)];
  const isOwner = ({ userId }: SeenPerson) => userId === event.organizerId;
  const isHost = ({ inviteId }: SeenPerson) =>
    event.guests.some((guest) => guest.inviteId === inviteId && guest.importedAs === 'organizer');
  const attendees = people.flatMap((person) => {
    if (isHost(person)) return [];
    if (!isOwner(person)) return [person];
    if (!event.foreignOrganizer || file?.owner === null) return [];
    return [
      file?.owner && isSameAddress(file.owner.email, person.email) ? { ...person, ...file.owner } : person,
    ];
  });
  const host = people.find(event.foreignOrganizer ? isHost : isOwner);
  const lines = attendees.map(lineOf);
  return {
    organizer: organizerAsIn(file, host, lines.length > 0, event.foreignOrganizer),
    attendees: lines,
    at: (originalStart) => attendeesAt(event, attendees, originalStart),
  };
}

/** The organizer, as the file writes the name and the address if it is the same person. */
function organizerAsIn(
  file: StoredPeople | undefined,
  host: SeenPerson | undefined,
  hasAttendees: boolean,
  isForeign: boolean,
): ICalendarOrganizer | null {
  if (!host) return null;
  const own = file?.organizer ?? null;
  if (own !== null && isSameAddress(own.email, host.email)) {
    const { status, role, comment } = host;
    const isParticipant = own.participation !== null && isForeign;
    return { ...own, participation: isParticipant ? { status, role, comment } : own.participation };
  }
  if (!hasAttendees || (file !== undefined && own === null)) return null;
  return { email: host.email, name: host.name, participation: null };
}

/** The attendees with their answers to one occurrence. */
function attendeesAt(
  event: PartialEventRecord,
  people: readonly SeenPerson[],
  originalStart: string,
): readonly ICalendarAttendee[] | undefined {
  const ofUsers = event.answers.filter((answer) => answer.originalStart === originalStart);
  const ofGuests = event.guestAnswers.filter((answer) => answer.originalStart === originalStart);
  if (ofUsers.length + ofGuests.length === 0) return undefined;
  return people.flatMap((person) => {
    const answer =
      person.userId === null
        ? ofGuests.find(({ inviteId }) => inviteId === person.inviteId)
        : ofUsers.find(({ userId }) => userId === person.userId);
    if (answer === undefined) return [lineOf(person)];
    if (answer.removed) return [];
    return [{ ...lineOf(person), status: answer.status, comment: answer.comment ?? person.comment }];
  });
}

function personOfUser(attendee: AttendeeRecord): SeenPerson[] {
  if (attendee.email === null) return [];
  const { userId, inviteId, name, email } = attendee;
  return [{ userId, inviteId, email, name, ...participationOf(attendee) }];
}

function personOfGuest(guest: GuestRecord): SeenPerson[] {
  if (guest.email === null) return [];
  const { inviteId, name, email } = guest;
  return [{ userId: null, inviteId, email, name, ...participationOf(guest) }];
}

function participationOf(attendee: AttendeeRecord | GuestRecord): ICalendarParticipation {
  const status = shownStatus<ParticipationStatus>(attendee);
  return {
    status: status === 'organizer' ? 'accepted' : status,
    role: attendee.role,
    comment: attendee.comment,
  };
}

function lineOf({ email, name, status, role, comment }: SeenPerson): ICalendarAttendee {
  return { email, name, status, role, comment };
}

/** Whether two addresses are of one person. */
export function isSameAddress(one: string, other: string): boolean {
  const key = normalisedEmail(one);
  return key === null ? one === other : key === normalisedEmail(other);
}
