import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOrganizer,
  ICalendarOverride,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { EventRecord } from '../../events/model/event-record.js';
import { attendsOccurrencesOnly } from '../../events/model/event-words.js';
import { addressKey } from '../model/same-address.js';
import type { NamedEvent } from './file-object.js';

/** The addresses of the users who attend a whole event besides its owner. A file neither invites nor removes them. */
export function stayingUsers({ attendees, organizerId }: EventRecord): string[] {
  return attendees.flatMap((attendee) => {
    const { userId, email } = attendee;
    return userId === organizerId || email === null || attendsOccurrencesOnly(attendee) ? [] : [email];
  });
}

/**
 * The people who attend an event whether or not a file has them, by the keys of their addresses: users, and guests who were
 * invited here. The value: whether the file may give the person another answer to the series, as the organizer may answer for
 * guests.
 */
type Staying = ReadonlyMap<string, boolean>;

function stayingPeople({ attendees, guests, organizerId }: EventRecord): Staying {
  const staying = new Map<string, boolean>();
  for (const guest of guests) {
    if (guest.email !== null && guest.importedAs === null)
      staying.set(addressKey(guest.email), !attendsOccurrencesOnly(guest));
  }
  for (const { userId, email } of attendees)
    if (userId !== organizerId && email !== null) staying.set(addressKey(email), false);
  return staying;
}

/**
 * The event of a file with the people who stay, as they attend now. The file does not change them.
 * @param present the event as an export has it
 */
export function withStaying(event: NamedEvent, present: ICalendarEvent, record: EventRecord): NamedEvent {
  const staying = stayingPeople(record);
  if (staying.size === 0) return event;
  const attendees = merged(event.attendees, present.attendees, staying);
  const overrides = withStayingAt({ ...event, attendees }, event, present, staying);
  return { ...event, organizer: organizerOf(event, present, staying), attendees, overrides };
}

/** The organizer of the file. If a user has the address of a foreign organizer, the present answer of the user counts. */
function organizerOf(
  { organizer }: ICalendarEvent,
  present: ICalendarEvent,
  staying: Staying,
): ICalendarOrganizer | null {
  if (organizer === null || present.organizer === null) return organizer ?? present.organizer;
  const key = addressKey(organizer.email);
  if (!staying.has(key) || addressKey(present.organizer.email) !== key) return organizer;
  return { ...organizer, participation: present.organizer.participation };
}

/** The people of a list of a file, of whom those who stay are as in the present list. */
function merged(
  ofFile: readonly ICalendarAttendee[],
  present: readonly ICalendarAttendee[],
  staying: Staying,
): ICalendarAttendee[] {
  const left = new Map<string, ICalendarAttendee>();
  for (const attendee of present) {
    const key = addressKey(attendee.email);
    if (staying.has(key)) left.set(key, attendee);
  }
  const lines = ofFile.flatMap((line) => {
    const key = addressKey(line.email);
    if (!staying.has(key)) return [line];
    const current = left.get(key);
    left.delete(key);
    if (current === undefined) return [];
    return [staying.get(key) === true ? { ...current, status: line.status } : current];
  });
  return [...lines, ...left.values()];
}

/** The overrides of the file, and those in which people who stay attend otherwise than the series. */
function withStayingAt(
  series: ICalendarEvent,
  file: ICalendarEvent,
  present: ICalendarEvent,
  staying: Staying,
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
      { originalStart, cancelled, attendees: merged(series.attendees, attendees, staying), kept: null },
    ];
  });
  return [...overrides, ...answered].toSorted((a, b) => a.originalStart - b.originalStart);
}
