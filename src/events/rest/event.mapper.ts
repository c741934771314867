import { durationOfLength, endAfter } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { formatTimestamp } from '../../http/values/timestamp.js';
import type { EventTimesRecord } from '../../scheduling/occurrences/series-record.js';
import type { Conference } from '../model/appearance/conference.js';
import type { BookedEventView, CreatedEventView } from '../model/booked-event.js';
import type { DetailedEventView, EventView } from '../model/event.policy.js';
import type { AttendeeRecord, PartialEventRecord } from '../model/event-record.js';
import { attendsOccurrencesOnly, type ParticipationStatus, shownStatus } from '../model/event-words.js';
import { formatEventTime } from '../model/schedule/event-time-text.js';
import { startInstant } from '../model/schedule/event-times.js';
import {
  type AttendeeSelection,
  attendeesShown,
  isGuest,
  organizes,
  type SeenAttendee,
  selectionFor,
} from '../read/attendees-shown.js';
import { toConflictsDto, toSkippedDto, toWarnings } from './conflict.mapper.js';
import type { AttendeeDto } from './dto/attendee.dto.js';
import type { BookedEventDto, BookedPrivateEventDto } from './dto/booked-event.dto.js';
import type { ConferenceDto } from './dto/conference.dto.js';
import type { EventDto } from './dto/event.dto.js';
import type { PrivateEventDto } from './dto/private-event.dto.js';
import { recurrenceLines, rruleText } from './repeat/recurrence-lines.js';
import { toRepeatDto } from './repeat/repeat.mapper.js';

/** @param max the most attendees to show; absent: all */
export function toSeenEventDto(view: EventView, max?: number): EventDto | PrivateEventDto {
  return view.details ? toEventDto(view, selectionFor(view, max)) : toPrivateEventDto(view.event);
}

export function toBookedEventDto(
  { view, warnings, ...booked }: BookedEventView,
  max?: number,
): BookedEventDto | BookedPrivateEventDto {
  return {
    ...toSeenEventDto(view, max),
    ...toConflictsDto(booked),
    ...toSkippedDto(view.event, booked.skipped),
    ...(view.details && toWarnings(warnings)),
  };
}

/** An event as its creator sees it. */
export function toCreatedEventDto(
  { view, warnings, ...booked }: CreatedEventView,
  max?: number,
): BookedEventDto {
  return {
    ...toEventDto(view, selectionFor(view, max)),
    ...toConflictsDto(booked),
    ...toSkippedDto(view.event, booked.skipped),
    ...toWarnings(warnings),
  };
}

/** The times of a private event alone. The form does not depend on the hidden details. */
function toPrivateEventDto(event: EventTimesRecord): PrivateEventDto {
  const start = startInstant(event);
  return {
    redacted: true,
    id: event.id,
    visibility: 'private',
    start_date: formatEventTime(event, start),
    end_date: formatEventTime(event, endInstant(event, start)),
    all_day: event.allDay,
    floating: event.floating,
  };
}

export function toEventDto(
  { event, productData, viewerId }: DetailedEventView,
  selection: AttendeeSelection,
): EventDto {
  const start = startInstant(event);
  const { attendees, omitted } = attendeesShown(event, selection);
  return {
    redacted: false,
    id: event.id,
    title: event.title,
    description: event.description,
    location: event.location,
    start_date: formatEventTime(event, start),
    end_date: formatEventTime(event, endInstant(event, start)),
    duration: durationOfLength(event.length),
    all_day: event.allDay,
    time_zone: event.timeZone,
    end_time_zone: event.endTimeZone,
    floating: event.floating,
    organizer_user_id: event.foreignOrganizer ? null : event.organizerId,
    owner_user_id: event.organizerId,
    calendar_id: calendarOf(event, viewerId),
    visibility: event.visibility,
    show_as: event.showAs,
    status: event.status,
    url: event.url,
    color: event.color,
    categories: [...event.categories],
    conference: event.conference && toConferenceDto(event.conference),
    ...(productData && { external_id: productData.externalId, metadata: { ...productData.metadata } }),
    repeat: toRepeatDto(event),
    rrule: rruleText(event),
    recurrence: recurrenceLines(event),
    attendees: attendees.map(toAttendeeDto),
    attendees_omitted: omitted,
    version: event.version,
    created_at: event.createdAt.toISOString(),
    updated_at: event.updatedAt.toISOString(),
  };
}

/** The calendar of the viewer, if the viewer attends the event, else that of the organizer. */
function calendarOf({ attendees, organizerId }: PartialEventRecord, viewerId: number | null): number | null {
  const attendeeOf = (id: number | null) => attendees.find(({ userId }) => userId === id);
  return (attendeeOf(viewerId) ?? attendeeOf(organizerId))?.calendarId ?? null;
}

function toConferenceDto({ url, provider, phone, pin }: Conference): ConferenceDto {
  return { url, provider, phone, pin };
}

export function toAttendeeDto(attendee: SeenAttendee): AttendeeDto {
  const ofGuest = isGuest(attendee);
  return {
    status: organizes(attendee) ? 'organizer' : shownStatus<ParticipationStatus>(attendee),
    role: attendee.role,
    only_occurrences: attendsOccurrencesOnly(attendee),
    user: ofGuest ? null : toUserSummary(attendee),
    guest: ofGuest ? { email: attendee.email, name: attendee.name } : null,
    invite_id: organizes(attendee) ? null : attendee.inviteId,
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
    kind: attendee.kind,
    created_at: formatTimestamp(attendee.userCreatedAt),
    updated_at: formatTimestamp(attendee.userUpdatedAt),
  };
}

function endInstant(event: EventTimesRecord, start: number): number {
  return endAfter(start, event.length, timeZone(event.timeZone));
}
