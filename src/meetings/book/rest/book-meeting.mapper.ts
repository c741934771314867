import { SECOND } from '../../../calendar/time/civil-time.js';
import { toNewEvent } from '../../../events/rest/event-command.mapper.js';
import { namedIdsOf, toAskedGroups } from '../../groups/rest/meeting-groups.mapper.js';
import { optionalIdsOf } from '../../rest/meeting-search.mapper.js';
import type { MeetingBooking } from '../meeting-booking.service.js';
import type { BookMeetingDto } from './book-meeting.dto.js';

/** @throws {DomainError} invalid, naming the field */
export function toMeetingBooking(input: BookMeetingDto): MeetingBooking {
  const groups = toAskedGroups(input.groups);
  const event = toNewEvent(input);
  const optionalUserIds = optionalIdsOf(input, namedIdsOf(groups)).filter(
    (id) => !event.invitedUserIds.includes(id),
  );
  return {
    groups,
    event: {
      ...event,
      invitedUserIds: [...event.invitedUserIds, ...optionalUserIds],
      optionalUserIds,
    },
    bufferBefore: (input.buffer_before ?? 0) * SECOND,
    bufferAfter: (input.buffer_after ?? 0) * SECOND,
    pending: input.pending ?? 'busy',
    workingHours: input.working_hours ?? true,
  };
}
