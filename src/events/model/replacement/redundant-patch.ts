import { isSameMetadata, mergedMetadata } from '../../../platform/values/metadata.js';
import { isResource } from '../../../users/model/user-record.js';
import type { PeopleByAddress } from '../attendance/people-by-address.js';
import type { EventPatch } from '../commands.js';
import type { CutSchedule } from '../cut/cut-schedule.js';
import { calendarOfAttendee } from '../event.policy.js';
import type { EventRecord } from '../event-record.js';
import { scheduleFrom } from '../schedule/schedule.js';
import { isByAddressAlready, isSameConference, isSameList, SIMPLE_FIELDS } from './equal-values.js';
import { isSameSchedule } from './replaced-schedule.js';

/** The fields of one value. */
const SIMPLE = ['organizerId', ...SIMPLE_FIELDS, 'externalId'] as const;

/**
 * Whether each field that a patch names, beside the attendees, has the value already.
 * @param next the schedule that the patch gives the event; undefined: the patch names none of its fields
 */
export function hasFieldsAlready(
  event: EventRecord,
  patch: EventPatch,
  next: CutSchedule | undefined,
): boolean {
  const { calendarId, categories, conference, metadata } = patch;
  return (
    SIMPLE.every((name) => patch[name] === undefined || patch[name] === event[name]) &&
    (calendarId === undefined || calendarId === calendarOfAttendee(event, event.organizerId)) &&
    (categories === undefined || isSameList(categories, event.categories)) &&
    (conference === undefined || isSameConference(conference, event.conference)) &&
    (metadata === undefined || isSameMetadata(mergedMetadata(event.metadata, metadata), event.metadata)) &&
    (next === undefined || hasSchedule(event, next))
  );
}

function hasSchedule(event: EventRecord, { schedule, endsBefore }: CutSchedule): boolean {
  return event.endsBefore === endsBefore && isSameSchedule(scheduleFrom(event), schedule);
}

/**
 * Whether the people and the rooms that a patch names attend, and nobody else of the kinds that it names.
 * @param people those whom the patch names by their addresses; undefined: it does not
 */
export function hasPeopleAlready(
  event: EventRecord,
  { invitedUserIds, invitedRoomIds }: EventPatch,
  people: PeopleByAddress | undefined,
): boolean {
  const others = event.attendees.filter(({ userId }) => userId !== event.organizerId);
  const rooms = idsOf(others.filter(isResource));
  const persons = idsOf(others.filter((attendee) => !isResource(attendee)));
  const attending = new Set([...persons, ...rooms]);
  const namedPersons = (invitedUserIds ?? [...persons]).filter((id) => id !== event.organizerId);
  const namedRooms = invitedRoomIds ?? [...rooms];
  const byAddress = people?.userIds ?? [];
  const named = new Set([...namedPersons, ...namedRooms, ...byAddress]);
  return (
    namedPersons.every((id) => persons.has(id)) &&
    namedRooms.every((id) => rooms.has(id)) &&
    byAddress.every((id) => attending.has(id)) &&
    [...attending].every((id) => named.has(id)) &&
    (people === undefined || isByAddressAlready(event, people))
  );
}

function idsOf(attendees: EventRecord['attendees']): Set<number> {
  return new Set(attendees.map(({ userId }) => userId));
}
