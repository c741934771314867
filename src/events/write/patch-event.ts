import { mergedMetadata, metadataWithin } from '../../platform/values/metadata.js';
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
    return writePatch(event, patch, schedule, resources);
  };
}

/**
 * Writes the fields of a patch.
 * @param schedule the schedule that the event gets; undefined: it keeps its own
 */
export async function writePatch(
  event: EventRecord,
  patch: EventPatch,
  schedule: Schedule | undefined,
  resources: ChangeResources,
): Promise<WrittenChange> {
  const times = schedule && (await reschedule(event, schedule, patch, resources));
  // The declines are recalled under the original starts of the new schedule.
  if (patch.invitedUserIds !== undefined) await invite(event, patch.invitedUserIds, resources);
  await resources.events.change(event.id, { ...detailsOf(event, patch), ...times });
  return {
    eventId: event.id,
    eventIds: [event.id],
    before: event,
    policy: mayTakeTime(patch) ? (patch.conflictPolicy ?? 'allow') : null,
  };
}

async function reschedule(
  event: EventRecord,
  schedule: Schedule,
  patch: EventPatch,
  resources: ChangeResources,
): Promise<Partial<EventFields>> {
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
 * Replaces the attendees beside the organizer. Those who stay keep their invites and answers; declines of those who were
 * removed are remembered.
 */
async function invite(
  event: EventRecord,
  userIds: readonly number[],
  { declines, events, users }: ChangeResources,
): Promise<void> {
  const invitedUserIds = [...new Set(userIds)].filter((id) => id !== event.organizerId);
  await users.getAll(invitedUserIds, 'invitedUsers');
  await declines.remember(event.id, invitedUserIds);
  await events.setAttendees(event.id, invitedUserIds);
  await declines.recall(event.id);
}

function detailsOf(event: EventRecord, patch: EventPatch): Partial<EventFields> {
  const { schedule: _schedule, invitedUserIds: _invitedUserIds, conflictPolicy: _policy, ...rest } = patch;
  const { metadata, ...details } = rest;
  if (metadata === undefined) return details;
  return { ...details, metadata: metadataWithin(mergedMetadata(event.metadata, metadata)) };
}
