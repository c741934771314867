import type { ParticipationStatus, PendingPolicy, ShowAs } from '../../calendar/availability/free-busy.js';
import type { KindedInterval } from '../../calendar/availability/kinds/kinded-time.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import type { SeriesDefinitionRecord } from '../occurrences/series-record.js';
import type { BusyOverrideRecord } from './attended-event.js';

/**
 * Which time that is not firm counts as busy when calendars are read. `bookable`: none, but the time that a booking would be
 * refused stays busy.
 */
export type ReadPolicy = PendingPolicy | 'bookable';

/** A series in a user's calendar, or floating days in the user's zone. A series that several of the users attend has a row for each of them. */
export interface AttendedSeriesRecord extends SeriesDefinitionRecord {
  readonly id: number;
  readonly userId: number;
  /** Also `declined` for an unanswered invitation of an unwanted inviter. */
  readonly status: ParticipationStatus;
  /** The policy for this user. */
  readonly pending: PendingPolicy;
  readonly showAs: ShowAs;
}

/** An override of one of the series. */
export interface SeriesOverrideRecord extends BusyOverrideRecord {
  readonly eventId: number;
}

/** A user's answer to one occurrence of a series. */
export interface SeriesAnswerRecord {
  readonly eventId: number;
  readonly userId: number;
  readonly originalStart: string;
  readonly status: ParticipationStatus;
}

/** Time at which a user is busy by events of one kind that do not repeat. */
export interface MergedTimeRow extends KindedInterval {
  readonly userId: number;
}

/** Time that an open hold takes of a user. */
export interface HeldTimeRow extends Interval {
  readonly userId: number;
}

/** The calendars of users in a window: the merged busy time, and the series that have yet to be expanded. */
export interface CalendarRows {
  /** The users that exist, in no order. */
  readonly owners: readonly CalendarOwner[];
  readonly merged: readonly MergedTimeRow[];
  /** The holds that are open by the clock of the database. */
  readonly held: readonly HeldTimeRow[];
  readonly series: readonly AttendedSeriesRecord[];
  readonly overrides: readonly SeriesOverrideRecord[];
  readonly answers: readonly SeriesAnswerRecord[];
}

/** A window in the calendar of a user. */
export interface WindowOfUser {
  readonly userId: number;
  readonly window: Interval;
}

/** A user with the times in which the user is away. */
export type AwayUser = Pick<CalendarOwner, 'id' | 'timeZone' | 'away'>;

/** The calendars of users in several windows. */
export interface WindowRows extends Pick<CalendarRows, 'merged' | 'series' | 'overrides' | 'answers'> {
  /** Those of the users who are ever away. */
  readonly away: readonly AwayUser[];
  /** The busy time of the events that do not repeat and are kept apart. `merged` is without these events, and has the open holds. */
  readonly apart: readonly (Omit<MergedTimeRow, 'kind'> & { readonly eventId: number })[];
}

/** Reads the calendars of users. The owner of the events implements it, so that scheduling depends on no event. */
export abstract class CalendarReader {
  /**
   * Reads the calendars of these users in the window, in one round trip. A hold is in no calendar.
   * @param exceptCalendarIds calendars that are left out
   */
  abstract inWindow(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<CalendarRows>;

  /**
   * Reads the calendars in several windows, in one round trip. A series comes once for each user. The end of a window may be
   * infinite.
   * @param apartIds the events that are kept apart @param exceptCalendarIds calendars that are left out
   */
  abstract inWindows(
    windows: readonly WindowOfUser[],
    apartIds: readonly number[],
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<WindowRows>;
}
