import { MAX_USER_NAME_LENGTH } from '../../auth/model/user-limits.js';
import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarParticipation,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { ImportedGuest } from '../../events/model/commands.js';
import type { ImportedEvent } from '../../events/model/import/imported-event.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { addressKey, isSameAddress } from './same-address.js';
import type { StoredPeople } from './stored-content.js';

/** The user who imports a file. */
export interface Importer {
  readonly id: number;
  readonly email: string;
  readonly timeZone: string;
}

/** The part of an owner whom the file does not list: the user has put the event into the calendar. */
const UNLISTED = { status: 'accepted', role: 'required', comment: null } as const;

/** The people of an event of a file, and what guests do not carry of them. */
export interface ImportedPeople extends Pick<ImportedEvent, 'owner' | 'guests'> {
  readonly stored: StoredPeople | undefined;
}

/**
 * The people of a file: all but the owner become guests, users included.
 * @param staying the addresses of the users who attend the whole event already
 */
export function importedPeople(
  { organizer, attendees }: Pick<ICalendarEvent, 'organizer' | 'attendees'>,
  importer: Importer,
  staying: readonly string[],
): ImportedPeople {
  if (organizer === null && attendees.length === 0) return { owner: null, guests: [], stored: undefined };
  const isOwner = ({ email }: { readonly email: string }) => isSameAddress(email, importer.email);
  const own = attendees.find(isOwner) ?? null;
  const isForeign = organizer !== null && !isOwner(organizer);
  const guests = new Map<string, ImportedGuest>();
  const users = new Set(staying.map(addressKey));
  const add = (guest: ImportedGuest | null) => {
    const isUser = guest?.importedAs === 'attendee' && users.has(addressKey(guest.email));
    if (guest && !isUser && !guests.has(guest.address)) guests.set(guest.address, guest);
  };
  if (isForeign) add(guestOf({ ...organizer, ...(organizer.participation ?? UNLISTED) }, 'organizer'));
  for (const attendee of attendees) if (attendee !== own) add(guestOf(attendee, 'attendee'));
  return {
    owner: isForeign ? participationOf(own ?? UNLISTED) : null,
    guests: [...guests.values()],
    stored: { organizer, owner: own && { email: own.email, name: own.name } },
  };
}

function guestOf(
  { email, name, status, role, comment }: ICalendarAttendee,
  importedAs: ImportedGuest['importedAs'],
): ImportedGuest | null {
  const address = normalisedEmail(email);
  if (address === null) return null;
  return {
    address,
    email,
    name: name && name.slice(0, MAX_USER_NAME_LENGTH),
    role,
    status,
    comment,
    importedAs,
  };
}

function participationOf({ status, role, comment }: ICalendarParticipation): ICalendarParticipation {
  return { status, role, comment };
}
