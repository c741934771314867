import type { Interval } from '../../calendar/intervals/interval.js';
import { endAfter } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { type FieldError, refuseFaults } from '../../errors/domain-error.js';
import type { NewEvent } from '../../events/model/commands.js';
import { newSchedule } from '../../events/model/schedule/schedule-change.js';
import type { HoldRecord } from './hold-record.js';

/**
 * Refuses an event that is not the one for which the time was held.
 * @param organizerZone the zone of the organizer, for civil times without a zone
 * @throws {DomainError} invalid, naming each field
 */
export function refuseOtherEvent(event: NewEvent, hold: HoldRecord, organizerZone: string): void {
  refuseFaults([...attendeeFaults(event, hold), ...timeFaults(event, hold, organizerZone)]);
}

function attendeeFaults(event: NewEvent, { userIds, roomIds, createdByUserId }: HoldRecord): FieldError[] {
  const { organizerId } = event;
  // A caller that is no person may create the event of any organizer, and holds rooms alone for one.
  const isOfHold =
    userIds.includes(organizerId) ||
    organizerId === createdByUserId ||
    (userIds.length === 0 && createdByUserId === null);
  const others = userIds.filter((id) => id !== organizerId);
  const invited = event.invitedUserIds.filter((id) => id !== organizerId);
  return [
    ...(isOfHold ? [] : [{ field: 'organizer', message: 'must be a user of the hold, or its creator' }]),
    ...(areSame(invited, others) ? [] : [differs('invitedUsers')]),
    ...(areSame(event.invitedRoomIds, roomIds) ? [] : [differs('invitedRooms')]),
  ];
}

function timeFaults({ schedule }: NewEvent, { startAt, endAt }: HoldRecord, zone: string): FieldError[] {
  if (schedule.allDay) return [{ field: 'allDay', message: 'must be false: the hold is of a part of a day' }];
  const held: Interval = { start: startAt.getTime(), end: endAt.getTime() };
  const { startAt: start, length, timeZone: name } = newSchedule({ ...schedule, repeat: null }, zone);
  if (start !== held.start) return [differs('start')];
  if (endAfter(start, length, timeZone(name)) !== held.end)
    return [differs(schedule.endOrLength && 'end' in schedule.endOrLength ? 'end' : 'length')];
  const first = schedule.repeat ? newSchedule(schedule, zone).startAt : start;
  return first === start
    ? []
    : [{ field: 'repeat', message: 'must have an occurrence at the start of the hold' }];
}

function differs(field: string): FieldError {
  return { field, message: 'must be absent or that of the hold' };
}

function areSame(one: readonly number[], other: readonly number[]): boolean {
  const [ids, others] = [new Set(one), new Set(other)];
  return ids.size === others.size && [...ids].every((id) => others.has(id));
}
