const TAKES_PART = `IN ('organizer', 'accepted')`;

/**
 * SQL: whether two users know each other, which means that they share an event that each of the two organizes or has
 * accepted. The index attendees_taking_part_idx answers it.
 * @param one an expression of a user's id, qualified by its table
 * @param other the same of the other user
 */
export function knowEachOther(one: string, other: string): string {
  return `EXISTS (
    SELECT FROM attendees ones JOIN attendees others ON others.event_id = ones.event_id
     WHERE ones.user_id = ${one} AND ones.status ${TAKES_PART}
       AND others.user_id = ${other} AND others.status ${TAKES_PART})`;
}
