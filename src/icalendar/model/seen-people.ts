import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOrganizer,
  ICalendarParticipation,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { AttendeeRecord, GuestRecord, PartialEventRecord } from '../../events/model/event-record.js';
import {
  attendsOccurrencesOnly,
  type ParticipationStatus,
  shownStatus,
} from '../../events/model/event-words.js';
import { attendeesAt, lineOf, oneOfEach, type SeenPerson } from './attendees-at.js';
import { addressKey, isSameAddress } from './same-address.js';
import type { StoredPeople } from './stored-content.js';

/** The people of an event as iCalendar has them, and the answers to single occurrences. */
export interface SeenPeople extends Pick<ICalendarEvent, 'organizer' | 'attendees'> {
  /**
   * The attendees of an occurrence; undefined: those of the series, with the same answers.
   * @param own those that the file gives the occurrence; absent: those of the series
   */
  at(
    originalStart: string,
    own: readonly ICalendarAttendee[] | undefined,
  ): readonly ICalendarAttendee[] | undefined;
}

/**
 * The people of an event. A person whose address the viewer does not see is missing: an ATTENDEE is an address. An event that
 * the owner alone attends has no people, as a calendar of one's own has them nowhere.
 * @param file the people of the event's file; absent: it has none, or the viewer does not see it
 */
export function seenPeople(event: PartialEventRecord, file: StoredPeople | undefined): SeenPeople {
  const people = [
    ...event.attendees.flatMap((attendee) => personOfUser(attendee, attendee.userId === event.organizerId)),
    ...event.guests.flatMap(personOfGuest),
  ];
  const isOwner = ({ userId }: SeenPerson) => userId === event.organizerId;
  const hosting = event.guests.find(({ importedAs }) => importedAs === 'organizer')?.inviteId;
  const isHost = ({ userId, inviteId }: SeenPerson) => userId === null && inviteId === hosting;
  const host = people.find(event.foreignOrganizer ? isHost : isOwner);
  const all = people.flatMap((person) => {
    if (isHost(person)) return [];
    if (!isOwner(person)) return [person];
    if (!event.foreignOrganizer || file?.owner === null) return [];
    return [
      file?.owner && isSameAddress(file.owner.email, person.email) ? { ...person, ...file.owner } : person,
    ];
  });
  const hostKey = host && addressKey(host.email);
  const isOfHost = ({ email }: SeenPerson) => addressKey(email) === hostKey;
  const attendees = all.filter((person) => !isOfHost(person));
  const organizer = organizerAsIn(file, host, all.length > 0, event.foreignOrganizer);
  // If a user has the address of a foreign organizer, the answer of the user is that of the organizer.
  const own = event.foreignOrganizer ? all.find(isOfHost) : undefined;
  return {
    organizer: organizer && own ? { ...organizer, participation: answerOf(own) } : organizer,
    attendees: oneOfEach(attendees.filter(({ onlyOccurrences }) => !onlyOccurrences).map(lineOf)),
    at: (originalStart, ofFile) => attendeesAt(event, attendees, originalStart, ofFile),
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
    const isParticipant = own.participation !== null && isForeign;
    return { ...own, participation: isParticipant ? answerOf(host) : own.participation };
  }
  if (!hasAttendees || (file !== undefined && own === null)) return null;
  return { email: host.email, name: host.name, participation: null };
}

function answerOf({ status, role, comment }: SeenPerson): ICalendarParticipation {
  return { status, role, comment };
}

function personOfUser(attendee: AttendeeRecord, isOwner: boolean): SeenPerson[] {
  if (attendee.email === null) return [];
  const { userId, inviteId, name, email } = attendee;
  const onlyOccurrences = attendsOccurrencesOnly(attendee);
  return [{ userId, inviteId, email, name, onlyOccurrences, ofFile: isOwner, ...participationOf(attendee) }];
}

function personOfGuest(guest: GuestRecord): SeenPerson[] {
  if (guest.email === null) return [];
  const { inviteId, name, email } = guest;
  const onlyOccurrences = attendsOccurrencesOnly(guest);
  const ofFile = guest.importedAs !== null;
  return [{ userId: null, inviteId, email, name, onlyOccurrences, ofFile, ...participationOf(guest) }];
}

function participationOf(attendee: AttendeeRecord | GuestRecord): ICalendarParticipation {
  const status = shownStatus<ParticipationStatus>(attendee);
  return {
    status: status === 'organizer' ? 'accepted' : status,
    role: attendee.role,
    comment: attendee.comment,
  };
}
