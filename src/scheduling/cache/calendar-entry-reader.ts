import type { ParticipationStatus, ShowAs } from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { ReportedChanges } from '../../calendars/read/known/reported-changes.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import type { DoubleBooking } from '../../users/model/double-booking.js';
import type { Invitations } from '../../users/model/invitations.js';
import type { Reminder } from '../../users/model/reminder.js';
import type { HeldTimeRow, SeriesAnswerRecord, SeriesOverrideRecord } from '../calendars/calendar-reader.js';
import type { SeriesDefinitionRecord } from '../occurrences/series-record.js';

/** The versions of a user's calendars. Each rises with a change, within the transaction of the change. */
export interface CalendarVersions {
  readonly userId: number;
  /** Another one after a restore of the database or a restart of its server, which may have changed the rows. */
  readonly life: string;
  /** Of the busy time by events. */
  readonly entries: number;
  /** Of the user and the calendars. */
  readonly settings: number;
}

/** What one look-up has found before calendars are read. */
export interface LookedUpVersions extends ReportedChanges {
  /** The versions of those of the users who have any. */
  readonly versions: readonly CalendarVersions[];
  /** The time of the open holds on the users in the window, by the clock of the database. */
  readonly held: readonly HeldTimeRow[];
  /** Whether one of the users has an open hold at any time. */
  readonly hasHolds: boolean;
}

/** The calendar of a user that gets the events that name no other. */
export interface PrimaryCalendar {
  readonly id: number;
  readonly countsAsBusy: boolean;
  /** Null: those of the user hold. */
  readonly defaultReminders: readonly Reminder[] | null;
}

/** A user whose calendars are read. While the version `settings` is the same, all of this is the present. */
export interface CachedOwner extends CalendarOwner {
  readonly doubleBooking: DoubleBooking;
  readonly invitations: Invitations;
  readonly protected: boolean;
  readonly name: string;
  readonly email: string;
  readonly defaultReminders: readonly Reminder[];
  /** Null: the user has none. */
  readonly primary: PrimaryCalendar | null;
  /** As PostgreSQL writes it within JSON. */
  readonly userCreatedAt: string;
  /** Likewise. */
  readonly userUpdatedAt: string;
}

/** An entry of a calendar that counts as busy: the part of a user in a confirmed event. */
interface EntryRecord {
  readonly userId: number;
  readonly calendarId: number | null;
  /** An invitation takes the time of a room as `accepted`. */
  readonly status: ParticipationStatus;
  readonly showAs: ShowAs;
}

/** An entry of an event that does not repeat. */
export interface SingleEntryRecord extends EntryRecord, Interval {
  readonly id: number;
}

/** An entry of a series, or of floating days, which are in the zone of the user. */
export interface SeriesEntryRecord extends EntryRecord, SeriesDefinitionRecord {
  readonly id: number;
}

/** Entries of the calendars of users. */
export interface EntryRows {
  readonly versions: readonly CalendarVersions[];
  /** The snapshot of the statement, in the form of PostgreSQL. */
  readonly snapshot: string;
  readonly singles: readonly SingleEntryRecord[];
  readonly series: readonly SeriesEntryRecord[];
  readonly overrides: readonly SeriesOverrideRecord[];
  readonly answers: readonly SeriesAnswerRecord[];
}

/** The calendars of users with their entries in a window. */
export interface LoadedCalendars extends EntryRows {
  /** The users that exist. */
  readonly owners: readonly CachedOwner[];
}

/** The entries that a user has now of the events that changed since a snapshot. */
export interface ChangedEntries extends EntryRows {
  /** A user and an event that changed; a user with more than the limit has one more. */
  readonly changed: readonly { readonly userId: number; readonly eventId: number }[];
  /** The users since whose snapshots the tenant has too many changes: `changed` may lack some of theirs. */
  readonly behind: readonly number[];
}

/** A user whose entries of a window are known from a snapshot. */
export interface KnownEntries {
  readonly userId: number;
  readonly snapshot: string;
  readonly window: Interval;
}

/** Reads the entries of calendars for the cache. Each method is one statement, so its rows are of one snapshot. */
export abstract class CalendarEntryReader {
  /** @param since the snapshot since which changes are reported; null: none are @param window that of the holds; null: none is read */
  abstract versionsOf(
    userIds: readonly number[],
    since: string | null,
    window: Interval | null,
  ): Promise<LookedUpVersions>;

  abstract load(userIds: readonly number[], window: Interval): Promise<LoadedCalendars>;

  /** @param limit the number of changed events of a user above which it is cheaper to load the user anew */
  abstract changedSince(known: readonly KnownEntries[], limit: number): Promise<ChangedEntries>;
}
