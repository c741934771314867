const TAKES_PART = `IN ('organizer', 'accepted')`;

/**
 * SQL: whether two users are acquainted, which means that they share an event that each of them organizes or has
 * accepted. The index attendees_taking_part_idx serves the query.
 * @param tenantId an expression with the tenant of both users, qualified by its table
 * @param userId the same of a user's id
 * @param otherId the same of the other user
 */
export function areAcquainted(tenantId: string, userId: string, otherId: string): string {
  return `EXISTS (
    SELECT FROM attendees ones
      JOIN attendees others ON others.tenant_id = ones.tenant_id AND others.event_id = ones.event_id
     WHERE ones.tenant_id = ${tenantId} AND ones.user_id = ${userId} AND ones.status ${TAKES_PART}
       AND others.user_id = ${otherId} AND others.status ${TAKES_PART})`;
}
