import type { Interval } from '../../calendar/intervals/interval.js';
import { type CachedCalendar, chunksOf } from './cached-calendar.js';
import type { CachedOwner, CalendarVersions } from './calendar-entry-reader.js';

/**
 * The calendars of users as the cache had them at one moment. The versions of each say which state of the database this
 * is.
 */
export class KnownCalendars {
  constructor(readonly byUser: ReadonlyMap<number, CachedCalendar>) {}

  get owners(): CachedOwner[] {
    return [...this.byUser.values()].map(({ known }) => known.owner);
  }

  get versions(): CalendarVersions[] {
    return [...this.byUser.values()].map(({ known }) => known.versions);
  }

  /**
   * The events that make a user busy during an interval, if unanswered and tentative time counts, by id.
   * @param exceptCalendarIds calendars that are left out
   */
  eventsDuring(userId: number, interval: Interval, exceptCalendarIds: readonly number[] = []): number[] {
    const calendar = this.byUser.get(userId);
    const found = chunksOf(interval).flatMap(
      (chunk) =>
        calendar?.chunks(chunk).flatMap((part) => part.eventsDuring(interval, 'busy', exceptCalendarIds)) ??
        [],
    );
    return [...new Set(found)].toSorted((a, b) => a - b);
  }

  /** Whether the calendars have all entries in a window. */
  covers(window: Interval): boolean {
    const chunks = chunksOf(window);
    return [...this.byUser.values()].every((calendar) => chunks.every((chunk) => calendar.hasChunk(chunk)));
  }
}
