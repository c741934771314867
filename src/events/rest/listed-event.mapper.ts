import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import { type ParticipationInSeries, participationOf } from '../model/attendance/participation.js';
import type { PartialEventRecord, RecordedOccurrence } from '../model/event-record.js';
import { formatEventTime } from '../model/schedule/event-time-text.js';
import type { ListedTimeForm, TimeForm } from '../model/schedule/event-times.js';
import type { ListedEvent } from '../read/lists/list-pages.js';
import type { ListedEventDto } from './dto/event.dto.js';
import type { ListedOccurrenceDto } from './dto/occurrence.dto.js';
import type { ListedPrivateEventDto } from './dto/private-event.dto.js';
import { toEventDto } from './event.mapper.js';
import { overriddenTexts, statusOfOccurrence, toOccurrenceDto } from './occurrence.mapper.js';

/** One element of the list of `userId`. @param max the most attendees to show; absent: all */
export function toListedEventDto(
  { view, form, occurrences, truncated }: Omit<ListedEvent, 'kept'>,
  userId: number,
  max?: number,
): ListedEventDto | ListedPrivateEventDto {
  if (!view.details) return toListedPrivateEventDto(form, occurrences, truncated);
  const { event } = view;
  const participation = participationOf(event, userId);
  return {
    ...toEventDto(view, { max: max ?? null, first: userId }),
    occurrences: occurrences.map((occurrence) =>
      toListedOccurrenceDto(event, form, occurrence, participation),
    ),
    occurrences_truncated: truncated,
  };
}

/** The occurrences in the window alone: neither the id of the event nor the first start of its series. */
function toListedPrivateEventDto(
  times: ListedTimeForm,
  occurrences: readonly EventOccurrence[],
  truncated: boolean,
): ListedPrivateEventDto {
  const listed = occurrences.map(({ start, end }) => ({
    start: formatEventTime(times, start),
    end: formatEventTime(times, end),
  }));
  return {
    redacted: true,
    visibility: 'private',
    start_date: listed[0].start,
    end_date: listed[0].end,
    all_day: times.allDay,
    floating: times.floating,
    occurrences: listed,
    occurrences_truncated: truncated,
  };
}

function toListedOccurrenceDto(
  event: PartialEventRecord,
  form: TimeForm,
  occurrence: RecordedOccurrence,
  participation: ParticipationInSeries,
): ListedOccurrenceDto {
  return {
    ...toOccurrenceDto(form, occurrence),
    status: statusOfOccurrence(event, occurrence),
    attendee_status: participation.at(occurrence),
    ...overriddenTexts(occurrence.override),
  };
}
