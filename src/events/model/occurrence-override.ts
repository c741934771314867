import { type CivilTime, formatCivilTime } from '../../calendar/time/civil-time.js';
import { durationOfLength, isSameLength, lengthOfDuration } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { invalidInput } from '../../errors/domain-error.js';
import { type SeriesOverride, seriesOverride } from '../../scheduling/occurrences/series-row.js';
import { describedIn } from '../rest/description.js';
import type { UpdateEventDto } from '../rest/dto/update-event.dto.js';
import { scheduleOf } from '../rest/schedule-input.js';
import type { EventRecord, OverrideRecord, RecordedOccurrence } from './event-record.js';

/** What only a series as a whole can change. */
const OF_THE_SERIES = [
  'repeat',
  'time_zone',
  'all_day',
  'visibility',
  'invited_user_ids',
] as const satisfies readonly (keyof UpdateEventDto)[];

/**
 * The override of one occurrence, changed by what a client says; what is absent stays as it was.
 * @throws {DomainError} invalid, naming the field
 */
export function overrideOf(
  event: EventRecord,
  occurrence: RecordedOccurrence,
  input: UpdateEventDto,
): SeriesOverride<OverrideRecord> {
  const wrong = OF_THE_SERIES.find((field) => input[field] !== undefined);
  if (wrong !== undefined) {
    throw invalidInput({
      field: wrong,
      message: 'belongs to the series: use scope=following, or change the event',
    });
  }
  const before = occurrence.override;
  const description = describedIn(input);
  const { start, duration } = timesOf(event, occurrence, input);
  const row = {
    originalStart: formatCivilTime(occurrence.originalCivilStart),
    cancelled: input.status === undefined ? (before?.cancelled ?? false) : input.status === 'cancelled',
    start: start === null ? null : formatCivilTime(start),
    duration,
    title: input.title ?? before?.title ?? null,
    description: description === undefined ? (before?.description ?? null) : (description ?? ''),
    location: input.location === undefined ? (before?.location ?? null) : (input.location ?? ''),
    showAs: input.show_as ?? before?.showAs ?? null,
  };
  return seriesOverride(row, occurrence.originalCivilStart, start, event.allDay);
}

/** The override of an occurrence without the fields that a client names for it and all later occurrences. */
export function withoutNamedFields(override: OverrideRecord, input: UpdateEventDto): OverrideRecord {
  const isNamed = (...fields: (keyof UpdateEventDto)[]) => fields.some((field) => input[field] !== undefined);
  return {
    ...override,
    ...(isNamed('status') && { cancelled: false }),
    ...(isNamed('start_date') && { start: null }),
    ...(isNamed('duration', 'end_date') && { duration: null }),
    ...(isNamed('title') && { title: null }),
    ...(describedIn(input) !== undefined && { description: null }),
    ...(isNamed('location') && { location: null }),
    ...(isNamed('show_as') && { showAs: null }),
  };
}

/** Its own start and length, where they differ from what the series gives it. */
function timesOf(
  event: EventRecord,
  { start, originalCivilStart, override }: RecordedOccurrence,
  { start_date, end_date, duration }: UpdateEventDto,
): { readonly start: CivilTime | null; readonly duration: number | null } {
  const length = lengthOfDuration(event.duration, event.allDay);
  const ownLength = override?.duration == null ? length : lengthOfDuration(override.duration, event.allDay);
  const placed = scheduleOf({ start_date, end_date, duration }, event.timeZone, {
    allDay: event.allDay,
    timeZone: event.timeZone,
    start: timeZone(event.timeZone).toExactCivil(start),
    startAt: start,
    length: ownLength,
    rule: null,
    rdates: [],
    exdates: [],
  });
  return {
    start: placed.start === originalCivilStart ? null : placed.start,
    duration: isSameLength(placed.length, length) ? null : durationOfLength(placed.length),
  };
}
