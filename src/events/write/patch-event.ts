import { mergedMetadata, metadataWithin } from '../../platform/values/metadata.js';
import { repeats } from '../../scheduling/occurrences/series-record.js';
import { isResource } from '../../users/model/user-record.js';
import { takesTimeOfOrganizer } from '../model/attendance/handover.policy.js';
import type { EventPatch } from '../model/commands.js';
import { mayTakeTime } from '../model/commands.js';
import { type CutSchedule, cutAfterChange } from '../model/cut/cut-schedule.js';
import type { EventFields, EventRecord } from '../model/event-record.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { type Schedule, scheduleFrom } from '../model/schedule/schedule.js';
import { changedSchedule, type NamedOccurrence } from '../model/schedule/schedule-change.js';
import type { ScheduleCommand } from '../model/schedule/schedule-command.js';
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
    const next = patch.schedule && nextSchedule(event, patch.schedule, named);
    return writePatch(event, await withOrganizerBefore(event, patch, resources), next, resources);
  };
}

function nextSchedule(
  event: EventRecord,
  command: ScheduleCommand,
  named: NamedOccurrence | null,
): CutSchedule {
  const current = { schedule: scheduleFrom(event), endsBefore: event.endsBefore };
  const schedule = changedSchedule(current.schedule, command, named);
  return { schedule, endsBefore: cutAfterChange(current, schedule, command) };
}

/**
 * An organizer who hands an event over stays as an attendee, also if the patch names the attendees. A deleted organizer
 * does not.
 */
async function withOrganizerBefore(
  { organizerId }: EventRecord,
  patch: EventPatch,
  { users }: ChangeResources,
): Promise<EventPatch> {
  if (patch.organizerId === undefined || patch.invitedUserIds === undefined) return patch;
  if (!(await users.exists(organizerId))) return patch;
  return { ...patch, invitedUserIds: [organizerId, ...patch.invitedUserIds] };
}

/**
 * Writes the fields of a patch. The attendees become those that the patch names, also if the event is handed over.
 * @param next the schedule that the event gets; undefined: it keeps its own
 */
export async function writePatch(
  event: EventRecord,
  patch: EventPatch,
  next: CutSchedule | undefined,
  resources: ChangeResources,
): Promise<WrittenChange> {
  const handedOver = await handOver(event, patch.organizerId, resources);
  const times = next && {
    ...(await reschedule(event, next.schedule, patch, resources)),
    endsBefore: next.endsBefore,
  };
  // The declines are recalled under the original starts of the new schedule.
  if (patch.invitedUserIds !== undefined || patch.invitedRoomIds !== undefined)
    await invite(event, patch, handedOver, resources);
  await putIntoCalendar(event, patch, resources);
  await resources.fields.change(event.id, { ...detailsOf(event, patch), ...times });
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
  { calendarId, organizerId: userId = event.organizerId, visibility = event.visibility }: EventPatch,
  { entries, calendars }: ChangeResources,
): Promise<void> {
  if (calendarId === undefined) return;
  const named = { calendarId, userId, isPrivate: visibility === 'private' };
  (await calendars.keep([named]))(named);
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
  const recorded = event.overrides.length + event.answers.length;
  // An event that does not repeat has no records of single occurrences.
  const declines = repeats(event) || recorded > 0 ? await resources.declined.originalStarts(event.id) : [];
  // Most moves take one statement.
  if (recorded + declines.length === 0) {
    refuseDeepOverlap(schedule, [], patch);
    return recordedSchedule(schedule);
  }
  const kept: CarriedOver = carriedOver(event, schedule, declines);
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
 * Replaces the persons beside the organizer, or the rooms, or both. Those who stay keep their invites and answers, also
 * deleted users; declines of those who were removed are remembered.
 */
async function invite(
  event: EventRecord,
  { invitedUserIds, invitedRoomIds }: EventPatch,
  handedOver: number | null,
  { declines, events, users }: ChangeResources,
): Promise<void> {
  const organizerId = handedOver ?? event.organizerId;
  const beside = (ids: readonly number[]) => [...new Set(ids)].filter((id) => id !== organizerId);
  const isGone = handedOver !== null && !(await users.exists(event.organizerId));
  const staying = event.attendees.filter(({ userId }) => !isGone || userId !== event.organizerId);
  const persons = staying.filter((attendee) => !isResource(attendee)).map(({ userId }) => userId);
  const rooms = staying.filter(isResource).map(({ userId }) => userId);
  await users.getPersons(without(beside(invitedUserIds ?? []), persons), 'invitedUsers');
  await users.getRooms(without([...new Set(invitedRoomIds)], rooms), 'invitedRooms');
  const ids = beside([...(invitedUserIds ?? persons), ...(invitedRoomIds ?? rooms)]);
  await declines.remember(event.id, ids);
  await events.setAttendees(event.id, ids);
  await declines.recall(event.id);
}

function without(ids: readonly number[], attending: readonly number[]): number[] {
  const excepted = new Set(attending);
  return ids.filter((id) => !excepted.has(id));
}

function detailsOf(event: EventRecord, patch: EventPatch): Partial<EventFields> {
  const { schedule: _schedule, invitedUserIds: _users, invitedRoomIds: _rooms, ...rest } = patch;
  const { metadata, calendarId: _calendarId, conflictPolicy: _policy, ...details } = rest;
  if (metadata === undefined) return details;
  return { ...details, metadata: metadataWithin(mergedMetadata(event.metadata, metadata)) };
}
