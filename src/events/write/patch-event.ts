import { UNNAMED } from '../../errors/name-refusal.js';
import { mergedMetadata, metadataWithin } from '../../platform/values/metadata.js';
import { repeats } from '../../scheduling/occurrences/series-record.js';
import { isResource } from '../../users/model/user-record.js';
import { takesTimeOfOrganizer } from '../model/attendance/handover.policy.js';
import type { EventPatch } from '../model/commands.js';
import { mayTakeTime } from '../model/commands.js';
import type { EventFields, EventRecord } from '../model/event-record.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { type Schedule, scheduleFrom } from '../model/schedule/schedule.js';
import { changedSchedule, type NamedOccurrence } from '../model/schedule/schedule-change.js';
import { type CarriedOver, carriedOver } from './carried-over.js';
import type { ChangeResources } from './change-resources.js';
import type { EventChange, WrittenChange } from './event-change.js';
import { refuseDeepOverlap } from './overlap-limit.js';

/**
 * Changes an event, or a series as a whole. Overrides, answers and EXDATEs of a series move along with its schedule, and
 * end where their occurrence no longer exists.
 * @param named the occurrence to which the times of the patch refer; null: the event
 */
export function patchEvent(
  patch: EventPatch,
  named: NamedOccurrence | null = null,
): EventChange<WrittenChange> {
  return async (event, resources) => {
    const schedule = patch.schedule && changedSchedule(scheduleFrom(event), patch.schedule, named);
    return writePatch(event, withOrganizerBefore(event, patch), schedule, resources);
  };
}

/** An organizer who hands an event over stays as an attendee, also if the patch names the attendees. */
function withOrganizerBefore({ organizerId }: EventRecord, patch: EventPatch): EventPatch {
  if (patch.organizerId === undefined || patch.invitedUserIds === undefined) return patch;
  return { ...patch, invitedUserIds: [organizerId, ...patch.invitedUserIds] };
}

/**
 * Writes the fields of a patch. The attendees become those that the patch names, also if the event is handed over.
 * @param schedule the schedule that the event gets; undefined: it keeps its own
 */
export async function writePatch(
  event: EventRecord,
  patch: EventPatch,
  schedule: Schedule | undefined,
  resources: ChangeResources,
): Promise<WrittenChange> {
  const handedOver = await handOver(event, patch.organizerId, resources);
  const times = schedule && (await reschedule(event, schedule, patch, resources));
  // The declines are recalled under the original starts of the new schedule.
  if (patch.invitedUserIds !== undefined || patch.invitedRoomIds !== undefined)
    await invite(event, patch, handedOver, resources);
  await putIntoCalendar(event, patch, resources);
  await resources.events.change(event.id, { ...detailsOf(event, patch), ...times });
  return {
    eventId: event.id,
    eventIds: [event.id],
    before: event,
    ...bookingOf(event, patch, handedOver),
  };
}

/** @returns the new organizer; null: the organizer stays */
async function handOver(
  event: EventRecord,
  organizerId: number | undefined,
  { handover }: ChangeResources,
): Promise<number | null> {
  if (organizerId === undefined || organizerId === event.organizerId) return null;
  await handover.handOver(event, organizerId);
  return organizerId;
}

/** Puts the event into the calendar of the organizer that the patch names. */
async function putIntoCalendar(
  event: EventRecord,
  { calendarId, organizerId: userId = event.organizerId }: EventPatch,
  { entries, calendars }: ChangeResources,
): Promise<void> {
  if (calendarId === undefined) return;
  await calendars.keepAll([{ calendarId, userId }], UNNAMED);
  await entries.putInto([event.id], userId, calendarId);
}

/** The time to book. A handover, or another calendar, takes time of the organizer only. */
function bookingOf(
  event: EventRecord,
  patch: EventPatch,
  handedOver: number | null,
): Pick<WrittenChange, 'policy' | 'bookedUserIds'> {
  const { conflictPolicy: policy = 'allow' } = patch;
  if (mayTakeTime(patch)) return { policy };
  const isTaken = handedOver !== null && takesTimeOfOrganizer(handedOver, event);
  return isTaken || patch.calendarId !== undefined
    ? { policy, bookedUserIds: new Set([handedOver ?? event.organizerId]) }
    : { policy: null };
}

async function reschedule(
  event: EventRecord,
  schedule: Schedule,
  patch: EventPatch,
  resources: ChangeResources,
): Promise<Partial<EventFields>> {
  // An event that does not repeat has no records of single occurrences, so most moves take one statement.
  if (!repeats(event) && event.overrides.length + event.answers.length === 0) {
    refuseDeepOverlap(schedule, [], patch);
    return recordedSchedule(schedule);
  }
  const kept: CarriedOver = carriedOver(event, schedule, await resources.declines.originalStarts(event.id));
  const { overrides, keys } = kept;
  refuseDeepOverlap(schedule, overrides, patch);
  await resources.occurrenceRecords.replace(
    event.id,
    overrides.map(({ record }) => record),
    keys,
  );
  return recordedSchedule(schedule, overrides);
}

/**
 * Replaces the persons beside the organizer, or the rooms, or both. Those who stay keep their invites and answers; declines
 * of those who were removed are remembered.
 */
async function invite(
  event: EventRecord,
  { invitedUserIds, invitedRoomIds }: EventPatch,
  handedOver: number | null,
  { declines, events, users }: ChangeResources,
): Promise<void> {
  const organizerId = handedOver ?? event.organizerId;
  const beside = (ids: readonly number[]) => [...new Set(ids)].filter((id) => id !== organizerId);
  if (invitedUserIds !== undefined) await users.getPersons(beside(invitedUserIds), 'invitedUsers');
  if (invitedRoomIds !== undefined) await users.getRooms([...new Set(invitedRoomIds)], 'invitedRooms');
  const present = (areRooms: boolean) =>
    event.attendees.filter((one) => isResource(one) === areRooms).map(({ userId }) => userId);
  const ids = beside([...(invitedUserIds ?? present(false)), ...(invitedRoomIds ?? present(true))]);
  await declines.remember(event.id, ids);
  await events.setAttendees(event.id, ids);
  await declines.recall(event.id);
}

function detailsOf(event: EventRecord, patch: EventPatch): Partial<EventFields> {
  const { schedule: _schedule, invitedUserIds: _users, invitedRoomIds: _rooms, ...rest } = patch;
  const { metadata, calendarId: _calendarId, conflictPolicy: _policy, ...details } = rest;
  if (metadata === undefined) return details;
  return { ...details, metadata: metadataWithin(mergedMetadata(event.metadata, metadata)) };
}
