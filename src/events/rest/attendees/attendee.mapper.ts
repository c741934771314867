import { formatTimestamp } from '../../../http/values/timestamp.js';
import { attendsOccurrencesOnly, shownStatus } from '../../model/attendance/occurrence-attendance.js';
import type { AttendeeRecord } from '../../model/event-record.js';
import type { ParticipationStatus } from '../../model/event-words.js';
import { isGuest, type SeenAttendee } from '../../read/attendees-shown.js';
import type { AttendeeDto } from '../dto/attendee.dto.js';

export function toAttendeeDto(attendee: SeenAttendee): AttendeeDto {
  const ofGuest = isGuest(attendee);
  return {
    status: shownStatus<ParticipationStatus>(attendee),
    role: attendee.role,
    only_occurrences: attendsOccurrencesOnly(attendee),
    user: ofGuest ? null : toUserSummary(attendee),
    guest: ofGuest ? { email: attendee.email, name: attendee.name } : null,
    invite_id: attendee.inviteId,
    comment: attendee.comment,
    created_at: formatTimestamp(attendee.createdAt),
    updated_at: formatTimestamp(attendee.updatedAt),
  };
}

function toUserSummary(attendee: AttendeeRecord): NonNullable<AttendeeDto['user']> {
  return {
    id: attendee.userId,
    name: attendee.name,
    email: attendee.email,
    created_at: formatTimestamp(attendee.userCreatedAt),
    updated_at: formatTimestamp(attendee.userUpdatedAt),
  };
}
