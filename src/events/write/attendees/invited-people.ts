import { DomainError } from '../../../errors/domain-error.js';
import { isResource } from '../../../users/model/user-record.js';
import type { UsersService } from '../../../users/read/users.service.js';
import { peopleByAddress } from '../../model/attendance/people-by-address.js';
import type { NewGuest } from '../../model/commands.js';
import { MAX_INVITED_USERS } from '../../model/event-limits.js';
import type { AttendeeRecord, EventRecord } from '../../model/event-record.js';
import type { AttendeesRepository } from '../../store/attendees/attendees.repository.js';
import type { GuestsRepository } from '../../store/attendees/guests.repository.js';
import type { EventsRepository } from '../../store/events.repository.js';
import type { RememberedDeclinesRepository } from '../../store/remembered-declines.repository.js';
import type { GuestAddresses } from './guest-addresses.js';
import { replaceGuestsOf } from './replaced-guests.js';

/** The tables that the function writes, and the services that it asks. */
interface Resources {
  readonly addresses: GuestAddresses;
  readonly declines: RememberedDeclinesRepository;
  readonly events: EventsRepository;
  readonly users: UsersService;
  readonly attendees: AttendeesRepository;
  readonly guests: GuestsRepository;
}

/** The attendees that a change of an event names. An absent kind stays as it is. */
interface InvitedPeople {
  readonly invitedUserIds?: readonly number[];
  readonly invitedRoomIds?: readonly number[];
  readonly invited?: readonly NewGuest[];
}

/**
 * Replaces the attendees beside the organizer, each kind that the change names. Those who stay keep their invites and
 * answers, also deleted users; declines of users who were removed are remembered.
 * @throws {DomainError} not-found `user_not_found`; limit-exceeded `too_many_attendees`
 */
export async function inviteTo(
  event: EventRecord,
  { invitedUserIds, invitedRoomIds, invited }: InvitedPeople,
  organizerId: number,
  resources: Resources,
): Promise<void> {
  const { addresses, declines, events, users, attendees } = resources;
  const people = peopleByAddress(invited ?? [], await addresses.usersOf(invited ?? []), organizerId);
  const staying = await attendingAfter(event, organizerId, users);
  const rooms = idsOf(staying.filter(isResource));
  const persons = idsOf(staying.filter((attendee) => !isResource(attendee)));
  const named = [...(invitedUserIds ?? persons), ...people.userIds];
  const userIds = [...new Set([...named, ...(invitedRoomIds ?? rooms)])].filter((id) => id !== organizerId);
  refuseMoreAttendees(userIds.length + (invited === undefined ? event.guests : people.guests).length);
  await users.getPersons(without(invitedUserIds ?? [], [...persons, organizerId]), 'invitedUsers');
  await users.getRooms(without(invitedRoomIds ?? [], rooms), 'invitedRooms');
  if (invitedUserIds !== undefined || invitedRoomIds !== undefined || people.userIds.length > 0) {
    await declines.remember(event.id, userIds);
    await events.setAttendees(event.id, userIds);
    await declines.recall(event.id);
    await attendees.setRoles(event.id, people.roles);
  }
  if (invited !== undefined) await replaceGuests(event, people.guests, resources);
  await replaceGuestsOf(event, userIds, resources);
}

/** The users who attend the event without further invitations. A deleted organizer who hands the event over does not stay. */
async function attendingAfter(
  event: EventRecord,
  organizerId: number,
  users: UsersService,
): Promise<readonly AttendeeRecord[]> {
  const stays = organizerId === event.organizerId || (await users.exists(event.organizerId));
  return stays ? event.attendees : event.attendees.filter(({ userId }) => userId !== event.organizerId);
}

function idsOf(attendees: readonly AttendeeRecord[]): number[] {
  return attendees.map(({ userId }) => userId);
}

function without(ids: readonly number[], excepted: readonly number[]): number[] {
  const known = new Set(excepted);
  return [...new Set(ids)].filter((id) => !known.has(id));
}

/** @throws {DomainError} limit-exceeded `too_many_attendees`, for more attendees beside the organizer than one event has */
export function refuseMoreAttendees(count: number): void {
  if (count <= MAX_INVITED_USERS) return;
  const detail = `An event has at most ${MAX_INVITED_USERS} attendees beside the organizer, guests included.`;
  throw new DomainError('limit-exceeded', 'too_many_attendees', detail);
}

async function replaceGuests(
  event: EventRecord,
  named: readonly NewGuest[],
  { guests }: Resources,
): Promise<void> {
  const known = new Set(event.guests.map(({ address }) => address));
  const addresses = new Set(named.map(({ address }) => address));
  const gone = event.guests.filter(
    ({ address, importedAs }) => !addresses.has(address) && importedAs !== 'organizer',
  );
  await guests.remove(
    event.id,
    gone.map(({ inviteId }) => inviteId),
  );
  await describeGuests(event, named, guests);
  const added = named.flatMap((guest) => (known.has(guest.address) ? [] : [{ ...guest, eventId: event.id }]));
  await guests.add(added);
}

/** Gives the guests of an event the names and the roles that a change names. */
export async function describeGuests(
  event: EventRecord,
  named: readonly NewGuest[],
  guests: GuestsRepository,
): Promise<void> {
  const known = new Map(event.guests.map((guest) => [guest.address, guest]));
  const changed = named.flatMap(({ address, name, role }) => {
    const guest = known.get(address);
    if (guest === undefined) return [];
    const described = { name: name === undefined ? guest.name : name, role: role ?? guest.role };
    const isSame = described.name === guest.name && described.role === guest.role;
    return isSame ? [] : [{ inviteId: guest.inviteId, ...described }];
  });
  await guests.describe(event.id, changed);
}
