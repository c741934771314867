import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOverride,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { EventRecord } from '../../events/model/event-record.js';
import { attendsOccurrencesOnly } from '../../events/model/event-words.js';
import { isSameAddress } from '../model/same-address.js';
import type { NamedEvent } from './file-object.js';

/** A person who attends an event whether or not a file has the person. */
interface StayingPerson {
  readonly email: string;
  /** Whether the file may give the person another answer to the series. */
  readonly answeredByFile: boolean;
}

/** The users who attend an event besides its owner. A file neither invites nor removes them, nor answers for them. */
export function stayingUsers({ attendees, organizerId }: EventRecord): string[] {
  return attendees.flatMap(({ userId, email }) => (userId === organizerId || email === null ? [] : [email]));
}

/** The same with the guests who were invited here. For these, the organizer answers, also by a file. */
function stayingPeople(event: EventRecord): StayingPerson[] {
  const guests = event.guests.flatMap((guest) => {
    if (guest.email === null || guest.importedAs !== null) return [];
    return [{ email: guest.email, answeredByFile: !attendsOccurrencesOnly(guest) }];
  });
  return [...stayingUsers(event).map((email) => ({ email, answeredByFile: false })), ...guests];
}

/**
 * The event of a file with the people who stay, as they attend now. The file does not change them.
 * @param present the event as an export has it
 */
export function withStaying(event: NamedEvent, present: ICalendarEvent, record: EventRecord): NamedEvent {
  const staying = stayingPeople(record);
  if (staying.length === 0) return event;
  const attendees = merged(event.attendees, present.attendees, staying);
  const overrides = withStayingAt({ ...event, attendees }, event, present, staying);
  return { ...event, organizer: event.organizer ?? present.organizer, attendees, overrides };
}

/** The people of a list of a file, of whom those who stay are as in the present list. */
function merged(
  ofFile: readonly ICalendarAttendee[],
  present: readonly ICalendarAttendee[],
  staying: readonly StayingPerson[],
): ICalendarAttendee[] {
  const left = new Set(present.filter(({ email }) => personIn(staying, email) !== undefined));
  const lines = ofFile.flatMap((line) => {
    const person = personIn(staying, line.email);
    if (person === undefined) return [line];
    const current = [...left].find(({ email }) => isSameAddress(email, line.email));
    if (current === undefined) return [];
    left.delete(current);
    return [person.answeredByFile ? { ...current, status: line.status } : current];
  });
  return [...lines, ...left];
}

/** The overrides of the file, and those in which people who stay attend otherwise than the series. */
function withStayingAt(
  series: ICalendarEvent,
  file: ICalendarEvent,
  present: ICalendarEvent,
  staying: readonly StayingPerson[],
): ICalendarOverride[] {
  const presentAt = new Map(present.overrides.map((override) => [override.originalStart, override]));
  const overrides = file.overrides.map((override): ICalendarOverride => {
    const current = presentAt.get(override.originalStart)?.attendees;
    presentAt.delete(override.originalStart);
    if (override.attendees === undefined && current === undefined) return override;
    const attendees = merged(override.attendees ?? series.attendees, current ?? present.attendees, staying);
    return { ...override, attendees };
  });
  const answered = [...presentAt.values()].flatMap(({ originalStart, cancelled, attendees, ...fields }) => {
    // A changed occurrence that the file lacks makes the event another one in any case.
    const isAnswer = attendees !== undefined && !cancelled && Object.keys(fields).length === 1;
    if (!isAnswer || file.exdates.includes(originalStart)) return [];
    return [
      {
        originalStart,
        cancelled,
        attendees: merged(series.attendees, attendees, staying),
        kept: null,
      },
    ];
  });
  return [...overrides, ...answered].toSorted((a, b) => a.originalStart - b.originalStart);
}

function personIn(people: readonly StayingPerson[], address: string): StayingPerson | undefined {
  return people.find(({ email }) => isSameAddress(email, address));
}
