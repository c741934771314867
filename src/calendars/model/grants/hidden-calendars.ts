/** The calendars of a user that count as busy and that a caller may know nothing about. */
export interface HiddenCalendars {
  readonly userId: number;
  readonly calendarIds: readonly number[];
  /** Whether these are all of the user's calendars that count as busy. */
  readonly all: boolean;
}
