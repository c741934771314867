/**
 * Reads whose busy time the current actor sees. The owner of the grants on calendars implements it, so that users depend
 * on no calendar.
 */
export abstract class SharedTimeReader {
  /** Those of the users who hide all calendars that count as busy from the current actor, so that free/busy is null. */
  abstract hidingAmong(userIds: readonly number[]): Promise<ReadonlySet<number>>;
}
