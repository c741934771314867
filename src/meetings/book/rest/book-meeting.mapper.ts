import { SECOND } from '../../../calendar/time/civil-time.js';
import { toNewEvent } from '../../../events/rest/event-command.mapper.js';
import { toAskedGroups } from '../../groups/rest/meeting-groups.mapper.js';
import type { MeetingBooking } from '../meeting-booking.service.js';
import type { BookMeetingDto } from './book-meeting.dto.js';

/** @throws {DomainError} invalid, naming the field */
export function toMeetingBooking(input: BookMeetingDto): MeetingBooking {
  return {
    groups: toAskedGroups(input.groups),
    event: toNewEvent(input),
    bufferBefore: (input.buffer_before ?? 0) * SECOND,
    bufferAfter: (input.buffer_after ?? 0) * SECOND,
    pending: input.pending ?? 'busy',
    workingHours: input.working_hours ?? true,
  };
}
