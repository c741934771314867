import type { ProductData } from '../../platform/values/product-data.js';
import type { Reminder } from '../../users/model/reminder.js';

/** A calendar of a user as the database stores it. */
export interface CalendarRecord extends ProductData {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  /** `#rrggbb`, in lower case; null: the client chooses one. */
  readonly color: string | null;
  /** The IANA name; null: the zone of the user. */
  readonly timeZone: string | null;
  /** Whether the events of the calendar take the time of its user. */
  readonly countsAsBusy: boolean;
  /** The reminders of an event for which the user has set none; null: those of the user. */
  readonly defaultReminders: readonly Reminder[] | null;
  readonly isPrimary: boolean;
  /** Whether the events are those of a calendar elsewhere, which only the subscription to it changes. */
  readonly readOnly: boolean;
  /** The place among the calendars of the user: ascending, those of one place by id. */
  readonly position: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
