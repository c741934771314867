import { formatCivilDate, formatCivilTime } from '../../calendar/time/civil-time.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { BookedOccurrenceView } from '../model/booked-event.js';
import type { EventView } from '../model/event.policy.js';
import type { OverrideRecord, PartialEventRecord, RecordedOccurrence } from '../model/event-record.js';
import type { EventStatus } from '../model/event-words.js';
import { formatEventTime } from '../model/schedule/event-time-text.js';
import type { TimeForm } from '../model/schedule/event-times.js';
import { type AttendeeSelection, attendeesShown, isGuest, selectionFor } from '../read/attendees-shown.js';
import { toConflictsDto, toSkippedDto, toWarnings } from './conflict.mapper.js';
import type { BookedOccurrenceDto, BookedPrivateOccurrenceDto } from './dto/booked-event.dto.js';
import type { EventOccurrenceDto, OccurrenceDto } from './dto/occurrence.dto.js';
import type { PrivateOccurrenceDto } from './dto/private-event.dto.js';

/**
 * @param max the most attendees to show answers of; absent: all
 * @param form the form of the times: of floating days in the zone in which the occurrence was found
 */
export function toEventOccurrenceDto(
  view: EventView,
  occurrence: RecordedOccurrence,
  max?: number,
  form: TimeForm = view.event,
): EventOccurrenceDto | PrivateOccurrenceDto {
  if (!view.details) {
    const { event } = view;
    return {
      redacted: true,
      event_id: event.id,
      visibility: 'private',
      ...toOccurrenceDto(form, occurrence),
    };
  }
  const { event } = view;
  return {
    redacted: false,
    event_id: event.id,
    ...toOccurrenceDto(form, occurrence),
    status: statusOfOccurrence(event, occurrence),
    title: event.title,
    description: event.description,
    location: event.location,
    show_as: event.showAs,
    ...overriddenTexts(occurrence.override),
    ...answersTo(event, occurrence, selectionFor(view, max)),
  };
}

export function toBookedOccurrenceDto(
  { view, occurrence, warnings, ...booked }: BookedOccurrenceView,
  max?: number,
): BookedOccurrenceDto | BookedPrivateOccurrenceDto {
  return {
    ...toEventOccurrenceDto(view, occurrence, max),
    ...toConflictsDto(booked),
    ...toSkippedDto(view.event, booked.skipped),
    ...(view.details && toWarnings(warnings)),
  };
}

export function toOccurrenceDto(event: TimeForm, occurrence: EventOccurrence): OccurrenceDto {
  return {
    start: formatEventTime(event, occurrence.start),
    end: formatEventTime(event, occurrence.end),
    // Two occurrences may start together where a zone has skipped a day, so the date is that of the series.
    original_start: event.allDay
      ? formatCivilDate(occurrence.originalCivilStart)
      : formatEventTime(event, occurrence.originalStart),
  };
}

export function statusOfOccurrence(event: PartialEventRecord, { override }: EventOccurrence): EventStatus {
  return override?.cancelled ? 'cancelled' : event.status;
}

/** The fields that an override changes. An empty text in an override means no text. */
export function overriddenTexts(
  override: OverrideRecord | null,
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

/** The answers to an occurrence, of those attendees alone that the response shows. */
export function answersTo(
  event: PartialEventRecord,
  { originalCivilStart }: EventOccurrence,
  selection: AttendeeSelection,
): Pick<EventOccurrenceDto, 'answers' | 'attendees_omitted'> {
  const { attendees, omitted } = attendeesShown(event, selection);
  const key = formatCivilTime(originalCivilStart);
  const answers = event.answers.filter(({ originalStart }) => originalStart === key);
  const ofGuests = event.guestAnswers.filter(({ originalStart }) => originalStart === key);
  return {
    answers: attendees.flatMap((attendee) => {
      const answer = isGuest(attendee)
        ? ofGuests.find(({ inviteId }) => inviteId === attendee.inviteId)
        : answers.find(({ userId }) => userId === attendee.userId);
      if (answer === undefined) return [];
      const { status, removed, comment } = answer;
      const userId = isGuest(attendee) ? null : attendee.userId;
      return [{ user_id: userId, invite_id: attendee.inviteId, status, removed, comment }];
    }),
    attendees_omitted: omitted,
  };
}
