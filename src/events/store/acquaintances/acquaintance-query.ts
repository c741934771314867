const TAKES_PART_IN_ALL = (table: string) => `${table}.status IN ('organizer', 'accepted')`;
const TAKES_PART_AT_OCCURRENCES = (table: string) =>
  `${table}.status = 'declined' AND ${table}.occurrences_status = 'accepted'`;

/** SQL: whether the attendee of a table organizes the event, or has accepted it, or the occurrences that the attendee attends. */
export function takesPart(table: string): string {
  return `(${TAKES_PART_IN_ALL(table)} OR ${TAKES_PART_AT_OCCURRENCES(table)})`;
}

/**
 * SQL: whether two users are acquainted, which means that they share an event that each of them organizes or has
 * accepted, or of which each has accepted the occurrences they attend. The indexes attendees_taking_part_idx and
 * attendees_taking_part_at_occurrences_idx serve the query, one for each kind of attendance.
 * @param tenantId an expression with the tenant of both users, qualified by its table
 * @param userId the same of a user's id
 * @param otherId the same of the other user
 */
export function areAcquainted(tenantId: string, userId: string, otherId: string): string {
  const shared = (ownPart: string) => `EXISTS (
    SELECT FROM attendees ones
      JOIN attendees others ON others.tenant_id = ones.tenant_id AND others.event_id = ones.event_id
     WHERE ones.tenant_id = ${tenantId} AND ones.user_id = ${userId} AND ${ownPart}
       AND others.user_id = ${otherId} AND ${takesPart('others')})`;
  return `(${shared(TAKES_PART_IN_ALL('ones'))} OR ${shared(TAKES_PART_AT_OCCURRENCES('ones'))})`;
}
