import { isSameMetadata, type Metadata, type MetadataPatch } from '../../../platform/values/metadata.js';
import { isResource } from '../../../users/model/user-record.js';
import type { PeopleByAddress } from '../attendance/people-by-address.js';
import { type EventPatch, mayTakeTime, type NewEvent } from '../commands.js';
import type { CutSchedule } from '../cut/cut-schedule.js';
import type { EventRecord } from '../event-record.js';
import type { Visibility } from '../event-words.js';
import { scheduleFrom } from '../schedule/schedule.js';
import { isByAddressAlready, isSameConference, isSameList } from './equal-values.js';
import { replacedSchedule } from './replaced-schedule.js';

/** The values of fields that the command does not name. */
export interface ReplacementDefaults {
  /** The zone of the organizer. */
  readonly timeZone: string;
  readonly visibility: Visibility;
  /** The primary calendar of the organizer. */
  readonly calendarId: number | null;
}

/** What a replacement changes of an event. */
export interface EventReplacement {
  /** Only the fields that differ; none: the event is already as the command names it. */
  readonly patch: EventPatch;
  /** Undefined: the event keeps its schedule. */
  readonly schedule: CutSchedule | undefined;
}

/**
 * Compares an event with the command that would create it. The status, the changed and deleted occurrences and the
 * answers of attendees who stay are no part of a creation, so they stay. The command's conflict policy counts only if
 * the event may take time that it did not take before.
 * @param people those whom the command names by their addresses
 * @throws {DomainError} invalid, naming the field
 */
export function replacementOf(
  event: EventRecord,
  command: NewEvent,
  people: PeopleByAddress,
  defaults: ReplacementDefaults,
): EventReplacement {
  const { organizerId, title, description, location, showAs, url, color, categories, conference, metadata } =
    command;
  const visibility = command.visibility ?? defaults.visibility;
  const current = { schedule: scheduleFrom(event), endsBefore: event.endsBefore };
  const schedule = replacedSchedule(current, command.schedule, defaults.timeZone) ?? undefined;
  const userIds = new Set([...command.invitedUserIds, ...people.userIds]);
  const invitedUserIds = [...userIds].filter((id) => id !== organizerId);
  const invitedRoomIds = [...new Set(command.invitedRoomIds)];
  const rooms = event.attendees.filter(isResource);
  const persons = event.attendees.filter(
    (attendee) => !isResource(attendee) && attendee.userId !== organizerId,
  );
  const patch: EventPatch = {
    ...(organizerId !== event.organizerId && { organizerId }),
    ...calendarOf(event, command, defaults),
    ...(title !== event.title && { title }),
    ...(description !== event.description && { description }),
    ...(location !== event.location && { location }),
    ...(visibility !== event.visibility && { visibility }),
    ...(showAs !== event.showAs && { showAs }),
    ...(url !== event.url && { url }),
    ...(color !== event.color && { color }),
    ...(!isSameList(categories, event.categories) && { categories }),
    ...(!isSameConference(conference, event.conference) && { conference }),
    ...(!isSameMetadata(metadata, event.metadata) && { metadata: replacing(event.metadata, metadata) }),
    ...(!hasSameIds(persons, invitedUserIds) && { invitedUserIds }),
    ...(!hasSameIds(rooms, invitedRoomIds) && { invitedRoomIds }),
    ...(!isByAddressAlready(event, people) && { invited: command.invited }),
    ...(schedule && { schedule: command.schedule }),
  };
  const { conflictPolicy } = command;
  const takesTime = mayTakeTime(patch) || patch.calendarId !== undefined;
  return { patch: takesTime ? { ...patch, conflictPolicy } : patch, schedule };
}

/** The calendar that the command names. Without one, a new organizer keeps the calendar in which they attend the event. */
function calendarOf(
  event: EventRecord,
  { organizerId, calendarId }: NewEvent,
  defaults: ReplacementDefaults,
): Pick<EventPatch, 'calendarId'> {
  const attendee = event.attendees.find(({ userId }) => userId === organizerId);
  const next = calendarId ?? (organizerId === event.organizerId ? defaults.calendarId : null);
  return next === null || next === attendee?.calendarId ? {} : { calendarId: next };
}

/** The change of metadata that leaves only these keys. */
function replacing(before: Metadata, after: Metadata): MetadataPatch {
  return { ...Object.fromEntries(Object.keys(before).map((key) => [key, null])), ...after };
}

function hasSameIds(attendees: EventRecord['attendees'], ids: readonly number[]): boolean {
  const named = new Set(ids);
  return attendees.length === named.size && attendees.every(({ userId }) => named.has(userId));
}
