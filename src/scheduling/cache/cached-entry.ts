import type { ShowAs } from '../../calendar/availability/free-busy.js';
import { type Interval, overlaps } from '../../calendar/intervals/interval.js';
import { visitRunsIn } from '../../calendar/recurrence/series/recurrence-set.js';
import {
  type AttendedEvent,
  type AttendeeInZone,
  type AttendeeStatuses,
  type BusyOverrideRecord,
  statusAtOccurrence,
} from '../calendars/attended-event.js';
import { byEvent, grouped } from '../calendars/by-event.js';
import { inZoneOfReader } from '../occurrences/floating-days.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { repeats, type SeriesRecord } from '../occurrences/series-record.js';
import { busyCodeOf, type CachedOccurrence } from './busy-chunk.js';
import type { EntryRows, SingleEntryRecord } from './calendar-entry-reader.js';

/** No calendar of the user has the event. */
const NO_CALENDAR = 0;

/** An entry of a series. */
export interface SeriesEntry
  extends SeriesRecord<BusyOverrideRecord>,
    Pick<AttendeeStatuses, 'status' | 'answers'> {
  readonly calendarId: number | null;
  readonly showAs: ShowAs;
}

/** The part of a user in an event that may take time of the user. */
export type CachedEntry = SingleEntryRecord | SeriesEntry;

/** The entries of rows, by user. */
export function entriesByUser(rows: EntryRows): ReadonlyMap<number, readonly CachedEntry[]> {
  const overrides = byEvent(rows.overrides);
  const answers = byEvent(rows.answers);
  const series = rows.series.map((row) => ({
    ...row,
    overrides: overrides.get(row.id) ?? [],
    answers: answers.get(row.id)?.filter(({ userId }) => userId === row.userId) ?? [],
  }));
  return grouped<CachedEntry & { readonly userId: number }, number>(
    [...rows.singles, ...series],
    ({ userId }) => userId,
  );
}

/** The occurrences of an entry that overlap a window, and at which the user may be busy. */
export function occurrencesOf(
  entry: CachedEntry,
  window: Interval,
  occurrences: OccurrencesService,
): CachedOccurrence[] {
  const eventId = entry.id;
  const calendarId = entry.calendarId ?? NO_CALENDAR;
  if (isSingle(entry)) {
    const { start, end, showAs, status } = entry;
    const code = busyCodeOf(showAs, status);
    return overlaps(entry, window) ? [{ eventId, calendarId, start, end, code }] : [];
  }
  const found: CachedOccurrence[] = [];
  const statusAt = statusAtOccurrence(entry);
  visitRunsIn(
    occurrences.seriesOf(entry),
    window,
    ({ starts, ends, originalCivilStarts, override, from, to }) => {
      const showAs = override?.record.showAs ?? entry.showAs;
      for (let index = from; index < to; index += 1) {
        const status = statusAt({ originalCivilStart: originalCivilStarts[index] });
        const code = busyCodeOf(showAs, status);
        found.push({ eventId, calendarId, start: starts[index], end: ends[index], code });
      }
    },
  );
  return found;
}

/**
 * The entry that an attendee has of an event. The caller leaves out cancelled events, and attendees whose calendar of the event
 * does not count as busy.
 * @returns null: an event that does not repeat takes no time of the attendee
 */
export function entryOf(
  event: AttendedEvent,
  { userId, calendarId, status, timeZone, answers }: AttendeeInZone & { readonly calendarId: number | null },
): CachedEntry | null {
  const { id, showAs } = event;
  if (repeats(event) || event.floating) {
    const { overrides, ...series } = inZoneOfReader(event, timeZone);
    return { ...series, overrides, status, answers, calendarId, showAs };
  }
  if (event.endAt === null || showAs === 'free' || status === 'declined') return null;
  const [start, end] = [event.startAt.getTime(), event.endAt.getTime()];
  return { id, userId, calendarId, status, showAs, start, end };
}

function isSingle(entry: CachedEntry): entry is SingleEntryRecord {
  return 'end' in entry;
}
