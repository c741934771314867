import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { mergedMetadata, metadataWithin } from '../../platform/values/metadata.js';
import { repeats, seriesDefinition, seriesStart } from '../../scheduling/occurrences/series-record.js';
import { isResource } from '../../users/model/user-record.js';
import { takesTimeOfOrganizer } from '../model/attendance/handover.policy.js';
import { type MovedOccurrences, movedOccurrences } from '../model/attendance/moved-occurrences.js';
import { peopleByAddress } from '../model/attendance/people-by-address.js';
import { type CarriedOver, carriedOver, keysOf } from '../model/carried/carried-over.js';
import type { EventPatch } from '../model/commands.js';
import { mayTakeTime } from '../model/commands.js';
import { type CutSchedule, cutAfterChange } from '../model/cut/cut-schedule.js';
import { calendarOfAttendee, seesProductData } from '../model/event.policy.js';
import type { EventFields, EventRecord } from '../model/event-record.js';
import { hasFieldsAlready, hasPeopleAlready } from '../model/replacement/redundant-patch.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { type Schedule, scheduleFrom } from '../model/schedule/schedule.js';
import { changedSchedule, type NamedOccurrence } from '../model/schedule/schedule-change.js';
import type { ScheduleCommand } from '../model/schedule/schedule-command.js';
import { inviteTo } from './attendees/invited-people.js';
import { replaceGuestsOf } from './attendees/replaced-guests.js';
import { resetAnswers } from './attendees/reset-answers.js';
import type { ChangeResources } from './change-resources.js';
import type { EventChange, WrittenChange } from './event-change.js';
import { refuseDeepOverlap } from './limits/overlap-limit.js';

/**
 * Changes an event, or a series as a whole. Overrides, answers and EXDATEs of a series move along with its schedule, and
 * end where their occurrence no longer exists. A patch that changes nothing writes nothing.
 * @param named the occurrence to which the times of the patch refer; null: the event
 * @param known the event as its attendees know it; absent: the event
 */
export function patchEvent(
  patch: EventPatch,
  named: NamedOccurrence | null = null,
  known?: EventRecord,
): EventChange<WrittenChange> {
  return async (event, resources) => {
    const next = patch.schedule && nextSchedule(event, patch.schedule, named);
    // An event that was written since needs its other fields written too.
    if ((known ?? event) === event && (await changesNothing(event, patch, next, resources)))
      return writeNothing(event, patch, resources);
    return writePatch(event, await withOrganizerBefore(event, patch, resources), next, resources, known);
  };
}

async function changesNothing(
  event: EventRecord,
  patch: EventPatch,
  next: CutSchedule | undefined,
  { addresses, currentActor }: ChangeResources,
): Promise<boolean> {
  const { invited, metadata } = patch;
  const actor = currentActor.get();
  const namesHidden = metadata !== undefined || invited !== undefined;
  // The version must not tell a caller whether a guess of a hidden value is right. A caller without a token sees no details.
  if (actor.kind === 'anonymous' && event.visibility === 'private') return false;
  if (namesHidden && !seesProductData(actor, event)) return false;
  if (!hasFieldsAlready(event, patch, next)) return false;
  const people = invited && peopleByAddress(invited, await addresses.usersOf(invited), event.organizerId);
  return hasPeopleAlready(event, patch, people);
}

/** The calendar that the patch names is checked all the same, and so is the time that it asks to book. */
async function writeNothing(
  event: EventRecord,
  patch: EventPatch,
  resources: ChangeResources,
): Promise<WrittenChange> {
  await keepCalendar(event, patch, resources);
  return { eventId: event.id, eventIds: [], before: event, ...bookingOf(event, patch, null, false) };
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
 * @param known the event as its attendees know it, if it was written since
 */
export async function writePatch(
  event: EventRecord,
  patch: EventPatch,
  next: CutSchedule | undefined,
  resources: ChangeResources,
  known: EventRecord = event,
): Promise<WrittenChange> {
  const kept = next && (await reschedule(event, next.schedule, patch, resources));
  // Before a handover, after which the previous organizer has accepted.
  const moved = movedBy(patch, known, next?.schedule, kept);
  await resetAnswers(event, moved, patch.keepAnswers === true, resources);
  const handedOver = await handOver(event, patch.organizerId, resources);
  // The declines are recalled under the original starts of the new schedule.
  if ([patch.invitedUserIds, patch.invitedRoomIds, patch.invited].some((kind) => kind !== undefined))
    await inviteTo(event, patch, handedOver ?? event.organizerId, resources);
  const isBusyNow = await putIntoCalendar(event, patch, resources);
  const times = next && {
    ...recordedSchedule(next.schedule, kept?.overrides),
    endsBefore: next.endsBefore,
  };
  await resources.fields.change(event.id, { ...detailsOf(event, patch), ...times });
  return {
    eventId: event.id,
    eventIds: [event.id],
    before: event,
    ...bookingOf(event, patch, handedOver, isBusyNow),
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
  resources: ChangeResources,
): Promise<number | null> {
  if (organizerId === undefined || organizerId === event.organizerId) return null;
  await resources.handover.handOver(event, organizerId);
  await replaceGuestsOf(event, [organizerId], resources);
  return organizerId;
}

/**
 * Puts the event into the calendar of the organizer that the patch names.
 * @returns whether the organizer had the event in a calendar that does not count as busy
 */
async function putIntoCalendar(
  event: EventRecord,
  patch: EventPatch,
  resources: ChangeResources,
): Promise<boolean> {
  const { calendarId, organizerId: userId = event.organizerId } = patch;
  if (calendarId === undefined) return false;
  const { entries, calendars } = resources;
  await keepCalendar(event, patch, resources);
  await entries.putInto([event.id], userId, calendarId);
  const before = calendarOfAttendee(event, userId);
  return before !== null && (await calendars.notBusyOf([userId])).has(before);
}

/** Checks the calendar that the patch names, and keeps it as it is until the transaction ends. */
async function keepCalendar(
  event: EventRecord,
  { calendarId, organizerId: userId = event.organizerId, visibility = event.visibility }: EventPatch,
  { calendars }: ChangeResources,
): Promise<void> {
  if (calendarId === undefined) return;
  const named = { calendarId, userId, isPrivate: visibility === 'private' };
  (await calendars.keep([named]))(named);
}

/**
 * The time to book. A handover, or a calendar that counts as busy now, takes time of the organizer only. Another place takes
 * time of rooms only, which decide again.
 */
function bookingOf(
  event: EventRecord,
  patch: EventPatch,
  handedOver: number | null,
  isBusyNow: boolean,
): Pick<WrittenChange, 'policy' | 'bookedUserIds'> {
  const { conflictPolicy: policy = 'allow' } = patch;
  if (mayTakeTime(patch)) return { policy };
  const isTaken = handedOver !== null && takesTimeOfOrganizer(handedOver, event);
  const organizers = isTaken || isBusyNow ? [handedOver ?? event.organizerId] : [];
  const rooms = patch.location === undefined ? [] : event.attendees.filter(isResource);
  const userIds = [...organizers, ...rooms.map(({ userId }) => userId)];
  return userIds.length > 0 ? { policy, bookedUserIds: new Set(userIds) } : { policy: null };
}

async function reschedule(
  event: EventRecord,
  schedule: Schedule,
  patch: EventPatch,
  resources: ChangeResources,
): Promise<CarriedOver> {
  const recorded = event.overrides.length + event.answers.length + event.guestAnswers.length;
  // An event that does not repeat has no records of single occurrences.
  const declines = repeats(event) || recorded > 0 ? await resources.declined.originalStarts(event.id) : [];
  // Most moves take one statement.
  if (recorded + declines.length === 0) {
    refuseDeepOverlap(schedule, [], patch);
    return { overrides: [], keys: new Map() };
  }
  const kept: CarriedOver = carriedOver(event, schedule, declines);
  const { overrides, keys } = kept;
  refuseDeepOverlap(schedule, overrides, patch);
  if (repeats(event) && !repeats(schedule))
    await resources.attendance.keepOnly(event.id, formatCivilTime(seriesStart(event)));
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
    calendarId: _calendarId,
    invitedUserIds: _users,
    invitedRoomIds: _rooms,
    invited: _guests,
    conflictPolicy: _policy,
    ...own
  } = patch;
  const { keepAnswers: _keepAnswers, metadata, ...details } = own;
  if (metadata === undefined) return details;
  return { ...details, metadata: metadataWithin(mergedMetadata(event.metadata, metadata)) };
}
