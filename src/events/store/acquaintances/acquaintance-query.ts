const TAKES_PART = `IN ('organizer', 'accepted')`;

/**
 * SQL: whether two users are acquainted, which means that they share an event that each of them organizes or has
 * accepted. The index attendees_taking_part_idx serves the query.
 * @param userId an expression with a user's id, qualified by its table
 * @param otherId the same of the other user
 */
export function areAcquainted(userId: string, otherId: string): string {
  return `EXISTS (
    SELECT FROM attendees ones JOIN attendees others ON others.event_id = ones.event_id
     WHERE ones.user_id = ${userId} AND ones.status ${TAKES_PART}
       AND others.user_id = ${otherId} AND others.status ${TAKES_PART})`;
}
