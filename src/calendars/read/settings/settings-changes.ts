/** Users whose changes one look-up reports. With more, the process forgets all that it keeps of the tenant. */
export const USERS_OF_ONE_LOOK_UP = 500;

/**
 * The part of a look-up that reports changes of the settings of users: of a user, of a calendar of the user, or of a grant on
 * one. All of it is of the snapshot of the look-up.
 */
export interface SettingsChanges {
  /** Another one after a restore of the database or a restart of its server, which may have changed the rows. */
  readonly life: string;
  /** The snapshot of the look-up, in the form of PostgreSQL. */
  readonly snapshot: string;
  /**
   * The users whose settings changed since the snapshot that the process gave, each with the present version of the settings.
   * Empty if the process gave none; more than `USERS_OF_ONE_LOOK_UP` if there may be others.
   */
  readonly changed: readonly (readonly [userId: number, settings: number])[];
}
