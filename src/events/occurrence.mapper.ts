import { formatCivilTime } from '../calendar/civil-time.js';
import type { EventOccurrence } from '../scheduling/occurrences.service.js';
import type { EventTimesRow, OverrideRow } from '../scheduling/series.js';
import { toConflictDto } from './conflict.mapper.js';
import type { BookedOccurrenceDto, BookedPrivateOccurrenceDto } from './dto/booked-event.dto.js';
import type { ListedEventDto } from './dto/event.dto.js';
import type { EventOccurrenceDto, ListedOccurrenceDto, OccurrenceDto } from './dto/occurrence.dto.js';
import type { ListedPrivateEventDto, PrivateOccurrenceDto } from './dto/private-event.dto.js';
import { toEventDto, toPrivateEventDto } from './event.mapper.js';
import type { EventView } from './event.policy.js';
import type { EventRecord } from './event-record.js';
import { formatEventTime } from './event-times.js';
import type { AttendeeStatus } from './event-words.js';
import type { BookedOccurrence } from './occurrence-changes.service.js';

/** An event in the list of `userId`, with its occurrences in a window. */
export function toListedEventDto(
  { details, event }: EventView,
  occurrences: readonly EventOccurrence[],
  userId: number,
): ListedEventDto | ListedPrivateEventDto {
  if (!details) {
    return {
      ...toPrivateEventDto(event),
      occurrences: occurrences.map((occurrence) => toOccurrenceDto(event, occurrence)),
    };
  }
  return {
    ...toEventDto(event),
    occurrences: occurrences.map((occurrence) => toListedOccurrenceDto(event, occurrence, userId)),
  };
}

function toListedOccurrenceDto(
  event: EventRecord,
  occurrence: EventOccurrence,
  userId: number,
): ListedOccurrenceDto {
  const listed = {
    start: formatEventTime(event, occurrence.start),
    end: formatEventTime(event, occurrence.end),
    original_start: formatEventTime(event, occurrence.originalStart),
    attendee_status: attendeeStatus(event, occurrence, userId),
  };
  return occurrence.override === null ? listed : { ...listed, ...overriddenTexts(occurrence.override) };
}

export function toEventOccurrenceDto(
  { details, event }: EventView,
  occurrence: EventOccurrence,
): EventOccurrenceDto | PrivateOccurrenceDto {
  if (!details) {
    return { event_id: event.id, visibility: 'private', ...toOccurrenceDto(event, occurrence) };
  }
  return {
    event_id: event.id,
    ...toOccurrenceDto(event, occurrence),
    status: occurrence.override?.cancelled ? 'cancelled' : event.status,
    title: event.title,
    description: event.description,
    location: event.location,
    show_as: event.showAs,
    ...overriddenTexts(occurrence.override),
    answers: answersTo(event, occurrence).map(({ userId, status, comment }) => ({
      user_id: userId,
      status,
      comment,
    })),
  };
}

export function toBookedOccurrenceDto({
  view,
  occurrence,
  conflicts,
}: BookedOccurrence): BookedOccurrenceDto | BookedPrivateOccurrenceDto {
  return { ...toEventOccurrenceDto(view, occurrence), conflicts: conflicts.map(toConflictDto) };
}

function toOccurrenceDto(event: EventTimesRow, occurrence: EventOccurrence): OccurrenceDto {
  return {
    start: formatEventTime(event, occurrence.start),
    end: formatEventTime(event, occurrence.end),
    original_start: formatEventTime(event, occurrence.originalStart),
  };
}

/** What an override says of its own; an empty text in it stands for none. */
function overriddenTexts(
  override: OverrideRow | null,
): Partial<Pick<EventOccurrenceDto, 'title' | 'description' | 'location' | 'show_as'>> {
  if (override === null) return {};
  const { title, description, location, showAs } = override;
  return {
    ...(title !== null && { title }),
    ...(description !== null && { description: description || null }),
    ...(location !== null && { location: location || null }),
    ...(showAs !== null && { show_as: showAs }),
  };
}

function attendeeStatus(event: EventRecord, occurrence: EventOccurrence, userId: number): AttendeeStatus {
  const answer = answersTo(event, occurrence).find((candidate) => candidate.userId === userId);
  const attendee = event.attendees.find((candidate) => candidate.userId === userId);
  return answer?.status ?? attendee?.status ?? 'needs_action';
}

function answersTo(
  { answers }: EventRecord,
  { originalCivilStart }: EventOccurrence,
): EventRecord['answers'] {
  if (answers.length === 0) return [];
  const key = formatCivilTime(originalCivilStart);
  return answers.filter(({ originalStart }) => originalStart === key);
}
