/** Changes of either kind that one look-up reports. With more, the process forgets all that it keeps of the tenant. */
export const CHANGES_OF_ONE_LOOK_UP = 500;

/**
 * Attendees of a changed event that a look-up reports, so that answers to a large event make no look-up large. With more, the
 * events of any user may be others.
 */
export const ATTENDEES_OF_REPORT = 100;

/**
 * The part of a look-up that reports what changed in the tenant since the snapshot that the process gave. All of it is of the
 * snapshot of the look-up. Nothing is reported if the process gave no snapshot.
 */
export interface ReportedChanges {
  /** Another one after a restore of the database or a restart of its server, which may have changed the rows. */
  readonly life: string;
  /** The snapshot of the look-up, in the form of PostgreSQL. */
  readonly snapshot: string;
  /** Whether the log has lost changes since the given snapshot. */
  readonly purged: boolean;
  /**
   * The users whose settings changed, each with the present version of the settings: a change of the user, of a calendar of
   * the user, or of a grant on one. More than `CHANGES_OF_ONE_LOOK_UP`: there may be others.
   */
  readonly changedUsers: readonly (readonly [userId: number, settings: number])[];
  /**
   * The events that changed, each with the transactions that changed it, ascending, and its present attendees: all of them,
   * or `ATTENDEES_OF_REPORT` and one. More than `CHANGES_OF_ONE_LOOK_UP` transactions of all events: there may be others.
   */
  readonly changedEvents: readonly (readonly [
    eventId: number,
    xids: readonly number[],
    userIds: readonly number[],
  ])[];
}
