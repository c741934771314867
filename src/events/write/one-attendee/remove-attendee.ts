import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import type { When } from '../../../calendar/time/when.js';
import { DomainError, notFound } from '../../../errors/domain-error.js';
import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import { attendsAt, type MemberRecord, memberOf } from '../../model/attendance/member.js';
import type { EventRecord } from '../../model/event-record.js';
import { findOccurrence } from '../../model/original-start.js';
import type { ChangeResources } from '../change-resources.js';
import type { EventChange, WrittenEvents } from '../event-change.js';

/** Names an attendee: a user by the id, a user or a guest by the invite. */
export type AttendeeName = { readonly userId: number } | { readonly inviteId: number };

/**
 * Removes an attendee from an event, or from one occurrence of a series. An attendee without an occurrence left does not
 * attend the event any more. The decline of a user is remembered.
 * @throws {DomainError} not-found `attendee_not_found`, `invite_not_found`, `occurrence_not_found`; conflict
 * `organizer_attends`
 */
export function removeAttendee(
  name: AttendeeName,
  originalStart: When | undefined,
  occurrences: OccurrencesService,
): EventChange<WrittenEvents> {
  return async (event, resources) => {
    const member = find(event, name);
    if (organizes(member, event)) {
      const detail = 'The organizer attends the event: hand the event over first.';
      throw new DomainError('conflict', 'organizer_attends', detail);
    }
    const occurrence = originalStart && findOccurrence(event, originalStart, occurrences);
    if (occurrence && repeats(event))
      await removeAt(event, member, formatCivilTime(occurrence.originalCivilStart), name, resources);
    else await removeFromAll(event, member, resources);
    await resources.events.change(event.id, {});
    return { eventIds: [event.id] };
  };
}

/** Whether the attendee is the organizer, or the owner of an event whose organizer has no account. */
function organizes({ kind, id, status }: MemberRecord, { organizerId, guests }: EventRecord): boolean {
  if (kind === 'user') return status === 'organizer' || id === organizerId;
  return guests.some(({ inviteId, importedAs }) => inviteId === id && importedAs === 'organizer');
}

function find(event: EventRecord, name: AttendeeName): MemberRecord {
  const member = memberOf(event, ({ kind, id, inviteId }) =>
    'userId' in name ? kind === 'user' && id === name.userId : inviteId === name.inviteId,
  );
  if (!member) throw notAttending(name);
  return member;
}

function notAttending(name: AttendeeName): DomainError {
  return 'userId' in name ? notFound('attendee', name.userId) : notFound('invite', name.inviteId);
}

async function removeAt(
  event: EventRecord,
  member: MemberRecord,
  key: string,
  name: AttendeeName,
  { attendance, declines }: ChangeResources,
): Promise<void> {
  if (!attendsAt(member, key)) throw notAttending(name);
  if (member.kind === 'user') await declines.rememberAt(event.id, member.id, key);
  if (member.onlyOccurrences) await attendance.leaveAt(event.id, member, key);
  else await attendance.removeAt(event.id, member, key);
  await attendance.settle(event.id);
}

async function removeFromAll(
  event: EventRecord,
  member: MemberRecord,
  { attendees, guests, declines }: ChangeResources,
): Promise<void> {
  if (member.kind === 'guest') {
    await guests.remove(event.id, [member.id]);
    return;
  }
  const staying = event.attendees.map(({ userId }) => userId).filter((id) => id !== member.id);
  await declines.remember(event.id, staying);
  await attendees.remove(event.id, member.id);
}
