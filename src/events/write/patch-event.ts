import { mergedMetadata, metadataWithin } from '../../platform/values/metadata.js';
import { repeats, seriesDefinition } from '../../scheduling/occurrences/series-record.js';
import { takesTimeOfOrganizer } from '../model/attendance/handover.policy.js';
import { type MovedOccurrences, movedOccurrences } from '../model/attendance/moved-occurrences.js';
import type { EventPatch } from '../model/commands.js';
import { mayTakeTime } from '../model/commands.js';
import type { EventFields, EventRecord } from '../model/event-record.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { type Schedule, scheduleFrom } from '../model/schedule/schedule.js';
import { changedSchedule, type NamedOccurrence } from '../model/schedule/schedule-change.js';
import { inviteTo } from './attendees/invited-people.js';
import { resetAnswers } from './attendees/reset-answers.js';
import { type CarriedOver, carriedOver, keysOf } from './carried-over.js';
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
  const kept = schedule && (await reschedule(event, schedule, patch, resources));
  // Before a handover, after which the previous organizer has accepted.
  if (patch.keepAnswers !== true) await resetAnswers(event, movedBy(patch, event, schedule, kept), resources);
  const handedOver = await handOver(event, patch.organizerId, resources);
  // The declines are recalled under the original starts of the new schedule.
  if (patch.invitedUserIds !== undefined || patch.invited !== undefined)
    await inviteTo(event, patch, handedOver ?? event.organizerId, resources);
  const times = schedule && recordedSchedule(schedule, kept?.overrides);
  await resources.events.change(event.id, { ...detailsOf(event, patch), ...times });
  return {
    eventId: event.id,
    eventIds: [event.id],
    before: event,
    ...bookingOf(event, patch, handedOver),
  };
}

/** The occurrences that a patch moves in time or place. */
function movedBy(
  { location }: EventPatch,
  event: EventRecord,
  schedule: Schedule | undefined,
  kept: CarriedOver | undefined,
): MovedOccurrences {
  const { overrides } = seriesDefinition(event);
  const before = { schedule: scheduleFrom(event), location: event.location, overrides };
  const after = {
    schedule: schedule ?? before.schedule,
    location: location === undefined ? event.location : location,
    overrides: kept?.overrides ?? overrides,
  };
  const keys = kept?.keys ?? new Map(keysOf(event).map((key) => [key, key]));
  return movedOccurrences(before, after, keys);
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

/** The time to book. A handover alone takes time of the new organizer only. */
function bookingOf(
  event: EventRecord,
  patch: EventPatch,
  handedOver: number | null,
): Pick<WrittenChange, 'policy' | 'bookedUserIds'> {
  const { conflictPolicy: policy = 'allow' } = patch;
  if (mayTakeTime(patch)) return { policy };
  return handedOver !== null && takesTimeOfOrganizer(handedOver, event)
    ? { policy, bookedUserIds: new Set([handedOver]) }
    : { policy: null };
}

async function reschedule(
  event: EventRecord,
  schedule: Schedule,
  patch: EventPatch,
  resources: ChangeResources,
): Promise<CarriedOver> {
  // An event that does not repeat has no records of single occurrences, so most moves take one statement.
  if (!repeats(event) && event.overrides.length + event.answers.length + event.guestAnswers.length === 0) {
    refuseDeepOverlap(schedule, [], patch);
    return { overrides: [], keys: new Map() };
  }
  const kept: CarriedOver = carriedOver(event, schedule, await resources.declines.originalStarts(event.id));
  const { overrides, keys } = kept;
  refuseDeepOverlap(schedule, overrides, patch);
  await resources.occurrenceRecords.replace(
    event.id,
    overrides.map(({ record }) => record),
    keys,
  );
  await resources.attendance.settle(event.id);
  return kept;
}

function detailsOf(event: EventRecord, patch: EventPatch): Partial<EventFields> {
  const {
    schedule: _schedule,
    invitedUserIds: _ids,
    invited: _invited,
    conflictPolicy: _policy,
    ...own
  } = patch;
  const { keepAnswers: _keepAnswers, metadata, ...details } = own;
  if (metadata === undefined) return details;
  return { ...details, metadata: metadataWithin(mergedMetadata(event.metadata, metadata)) };
}
