/**
 * Reads relations between users from the events that they share. Two users are acquainted if they share an event that
 * each of them organizes or has accepted. The owner of the events implements it, so that users depend on no event.
 */
export abstract class AcquaintanceReader {
  /** Those of `ids` with whom the user is acquainted. */
  abstract acquaintancesAmong(userId: number, ids: readonly number[]): Promise<number[]>;

  /** Those of `ids` whose unanswered invitations do not make the user busy, by the user's `invitations`. */
  abstract unwantedInvitersAmong(userId: number, ids: readonly number[]): Promise<number[]>;

  /** Those of `ids` whom an unanswered invitation of the inviter does not make busy, by their `invitations`. */
  abstract notMadeBusyBy(inviterId: number, ids: readonly number[]): Promise<number[]>;

  /**
   * Those of `ids` who are persons and organize or have accepted an event that the user attends, with any status, and those
   * persons and rooms with whom the user shares a grant on a calendar.
   */
  abstract visibleAmong(userId: number, ids: readonly number[]): Promise<number[]>;
}
