import { type CivilTime, formatCivilDate } from '../../calendar/time/civil-time.js';
import { formatInstant } from '../../calendar/time/instant.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { ExplainedConflict, ExplainedConflicts } from '../model/booked-event.js';
import type { RoomWarning } from '../model/room-warning.js';
import { formatEventTime } from '../model/schedule/event-time-text.js';
import type { TimeForm } from '../model/schedule/event-times.js';
import type { BookedConflictsDto, ConflictDto } from './dto/conflict.dto.js';
import type { RoomWarningDto } from './rooms/room-warning.dto.js';

/** The members of a response about the conflicts of a booking. */
export function toConflictsDto({ conflicts, conflictsCheckedUntil }: ExplainedConflicts): BookedConflictsDto {
  return {
    conflicts: conflicts.map(toConflictDto),
    conflicts_checked_until: conflictsCheckedUntil === null ? null : formatInstant(conflictsCheckedUntil),
  };
}

/** The member `skipped` of a response; none if the request leaves out no occurrences. */
export function toSkippedDto(event: TimeForm, skipped: readonly CivilTime[] | null): { skipped?: string[] } {
  if (skipped === null) return {};
  return {
    skipped: skipped.map((civil) =>
      event.allDay
        ? formatCivilDate(civil)
        : formatEventTime(event, timeZone(event.timeZone).toInstant(civil)),
    ),
  };
}

function toConflictDto({ userId, start, end, events }: ExplainedConflict): ConflictDto {
  return {
    user_id: userId,
    start: formatInstant(start),
    end: formatInstant(end),
    events: events.map(({ id, title }) => ({ id, title })),
  };
}

/** The member `warnings` of a response; none without a warning. */
export function toWarnings(warnings: readonly RoomWarning[]): { warnings?: RoomWarningDto[] } {
  if (warnings.length === 0) return {};
  return {
    warnings: warnings.map(({ code, roomId, capacity, attendees }) => ({
      code,
      room_id: roomId,
      capacity,
      attendees,
    })),
  };
}
