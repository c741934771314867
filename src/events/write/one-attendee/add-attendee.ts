import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import { DomainError } from '../../../errors/domain-error.js';
import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import { attendsAt, type Member, type MemberRecord, memberOf } from '../../model/attendance/member.js';
import type { NewAttendance, NewGuest } from '../../model/commands.js';
import type { EventRecord } from '../../model/event-record.js';
import type { AttendeeRole } from '../../model/event-words.js';
import { findOccurrence } from '../../model/original-start.js';
import { describeGuests, refuseMoreAttendees } from '../attendees/invited-people.js';
import { replaceGuestsOf } from '../attendees/replaced-guests.js';
import type { ChangeResources } from '../change-resources.js';
import type { EventChange, WrittenChange } from '../event-change.js';

/** A change that has added an attendee. */
export interface AddedAttendee extends WrittenChange {
  readonly member: Member;
}

/**
 * Adds an attendee to an event, or to one occurrence of a series. Other attendees and their answers stay as they are. An
 * attendee of single occurrences who is added to the event attends all of it, and keeps the answers.
 * @throws {DomainError} not-found `user_not_found`, `room_not_found`, `occurrence_not_found`; conflict `already_attends`; limit-exceeded
 * `too_many_attendees`
 */
export function addAttendee(
  { invited, role, originalStart, conflictPolicy: policy }: NewAttendance,
  occurrences: OccurrencesService,
): EventChange<AddedAttendee> {
  return async (event, resources) => {
    const occurrence = originalStart && findOccurrence(event, originalStart, occurrences);
    const key = occurrence && repeats(event) ? formatCivilTime(occurrence.originalCivilStart) : null;
    const person = await personOf(invited, resources);
    const present = find(event, person);
    if (present) {
      refusePresent(present, key);
      await describe(event, person, role, resources);
    } else refuseMoreAttendees(event.attendees.length + event.guests.length);
    const member = present ?? (await add(event.id, person, role ?? 'required', key !== null, resources));
    if (key === null && 'userId' in person) await replaceGuestsOf(event, [person.userId], resources);
    if (key !== null) await resources.attendance.attendAt(event.id, member, key);
    else if (present) await resources.attendance.attendWhole(event.id, member);
    // A room decides again when it is invited again.
    if (member.kind === 'user' && !('roomId' in invited)) {
      if (key === null) await resources.declines.recall(event.id);
      else await resources.declines.recallAt(event.id, member.id, key);
    }
    await resources.attendance.settle(event.id);
    await resources.events.change(event.id, {});
    const userIds = new Set(member.kind === 'user' ? [member.id] : []);
    return {
      member,
      eventId: event.id,
      eventIds: [event.id],
      before: event,
      policy,
      bookedUserIds: userIds,
      shownUserIds: userIds,
      bookedOccurrence: key !== null,
      occurrenceIn:
        key === null || !occurrence
          ? undefined
          : (after) => occurrences.at(after, occurrence.originalStart) ?? occurrence,
    };
  };
}

type Person = { readonly userId: number } | { readonly guest: NewGuest };

/** The user or the room, also a user whose verified address was named. */
async function personOf(
  invited: NewAttendance['invited'],
  { users, addresses }: ChangeResources,
): Promise<Person> {
  if ('userId' in invited) {
    await users.getPersons([invited.userId], 'attendee');
    return invited;
  }
  if ('roomId' in invited) {
    await users.getRooms([invited.roomId], 'room');
    return { userId: invited.roomId };
  }
  const userId = (await addresses.usersOf([invited.guest])).get(invited.guest.address);
  return userId === undefined ? invited : { userId };
}

function find(event: EventRecord, person: Person): MemberRecord | null {
  if ('userId' in person) return memberOf(event, ({ kind, id }) => kind === 'user' && id === person.userId);
  const guest = event.guests.find(({ address }) => address === person.guest.address);
  return guest === undefined ? null : memberOf(event, ({ inviteId }) => inviteId === guest.inviteId);
}

/** @param key the original start of the occurrence; null: the attendee is added to the whole event */
function refusePresent(present: MemberRecord, key: string | null): void {
  const attends = key === null ? !present.onlyOccurrences : attendsAt(present, key);
  if (!attends) return;
  const detail = `The attendee attends the ${key === null ? 'event' : 'occurrence'} already.`;
  throw new DomainError('conflict', 'already_attends', detail);
}

/** An attendee of other occurrences gets the role and the name that the command names. */
async function describe(
  event: EventRecord,
  person: Person,
  role: AttendeeRole | undefined,
  { attendees, guests }: ChangeResources,
): Promise<void> {
  if ('guest' in person) await describeGuests(event, [person.guest], guests);
  else if (role !== undefined) await attendees.setRoles(event.id, new Map([[person.userId, role]]));
}

async function add(
  eventId: number,
  person: Person,
  role: AttendeeRole,
  toOccurrence: boolean,
  { attendees, guests }: ChangeResources,
): Promise<Member> {
  if ('userId' in person) {
    await attendees.add(eventId, person.userId, role, toOccurrence);
    return { kind: 'user', id: person.userId };
  }
  const [inviteId] = await guests.add([{ ...person.guest, role, eventId }], toOccurrence);
  return { kind: 'guest', id: inviteId };
}
