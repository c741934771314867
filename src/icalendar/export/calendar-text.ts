import type { CalendarProperties } from '../../calendar/icalendar/write/calendar-writer.js';

/** A calendar as a reader without an account gets it. */
export interface PublishedCalendar {
  readonly calendarId: number;
  /** `busy`: the times of all events alone. */
  readonly detail: 'full' | 'busy';
  /** Whether private events have their details. If not, they are times with the title "Busy". */
  readonly includePrivate: boolean;
  /** Properties of the VCALENDAR besides its name and its colour. */
  readonly properties: Pick<CalendarProperties, 'method' | 'refreshInterval'>;
}

/** Writes calendars as iCalendar text (RFC 5545). */
export abstract class CalendarText {
  /**
   * A calendar for a feed: without cancelled events and occurrences, without events that the user has declined, without people,
   * and without the content that the model lacks. Events that take no time are missing where others have their times alone, and the
   * times of a private series are those in a window of 400 days, which changes once a month. Else the same rows always make the same text. The caller has checked the access.
   * @returns the parts of the text, each of at most some hundred kilobytes
   * @throws {DomainError} not-found `calendar_not_found`
   */
  abstract published(calendar: PublishedCalendar): AsyncGenerator<string, void, undefined>;
}
