/** What a mirror has changed of its calendar. */
export interface MirrorOutcome {
  readonly created: number;
  readonly replaced: number;
  readonly unchanged: number;
  readonly deleted: number;
  /** The objects of the file that the service cannot keep. */
  readonly refused: number;
  /** The name that the file gives the calendar; null: none. */
  readonly name: string | null;
  /** The seconds after which the file asks to be fetched again; null: it names none. */
  readonly refreshInterval: number | null;
}

/** Makes the events of a calendar those of a file. */
export abstract class CalendarMirror {
  /**
   * Replaces the events of a calendar by those of a file, in one transaction: the events that the file lacks are deleted.
   * An event of which the file has another `DTSTAMP` alone is unchanged. If UIDs of the file are new, the service finds the
   * events by their content. No event of a mirror invites or reminds anyone. The current actor may act for the user.
   * @param file a whole VCALENDAR; its bytes may be changed @param calendarId a calendar of the user, and a namespace of UIDs of its own
   * @throws {DomainError} invalid `not_icalendar`, with the line: the file is no VCALENDAR, or not all of one; limit-exceeded
   */
  abstract replace(userId: number, calendarId: number, file: Buffer): Promise<MirrorOutcome>;
}
