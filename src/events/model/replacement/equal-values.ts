import type { Conference } from '../appearance/conference.js';
import type { PeopleByAddress } from '../attendance/people-by-address.js';
import type { NewGuest } from '../commands.js';
import type { EventRecord } from '../event-record.js';

/** The fields of an event that have one value, and that a file may change as a patch does. */
export const SIMPLE_FIELDS = [
  'title',
  'description',
  'location',
  'visibility',
  'showAs',
  'status',
  'url',
  'color',
] as const satisfies readonly (keyof EventRecord)[];

export function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

export function isSameConference(one: Conference | null, other: Conference | null): boolean {
  if (one === null || other === null) return one === other;
  return (['url', 'provider', 'phone', 'pin'] as const).every((field) => one[field] === other[field]);
}

/** Whether the guests are those whom a command names, and all people have the roles and names that it names. */
export function isByAddressAlready(
  { attendees, guests }: Pick<EventRecord, 'attendees' | 'guests'>,
  { guests: named, roles }: Pick<PeopleByAddress, 'guests' | 'roles'>,
): boolean {
  const known = new Map(guests.map((guest) => [guest.address, guest]));
  const isNamed = new Set(named.map(({ address }) => address));
  const isSame = ({ address, name, role }: NewGuest): boolean => {
    const guest = known.get(address);
    return (
      guest !== undefined &&
      (name === undefined || name === guest.name) &&
      (role === undefined || role === guest.role)
    );
  };
  return (
    // An organizer without an account stays, named or not.
    guests.every(({ address, importedAs }) => isNamed.has(address) || importedAs === 'organizer') &&
    named.every(isSame) &&
    attendees.every(({ userId, role }) => (roles.get(userId) ?? role) === role)
  );
}
