import type { Interval } from '../../calendar/intervals/interval.js';
import type { ReadPolicy } from './calendar-reader.js';
import type { CalendarsInWindow } from './calendars-in-window.js';

/** The calendars that the process keeps in memory. The cache of the calendars implements it. */
export abstract class KeptCalendars {
  /**
   * The calendars of users in a window, as the database has them at present; null: the process cannot serve them.
   * @param exceptCalendarIds calendars that are left out
   */
  abstract read(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<CalendarsInWindow | null>;
}
