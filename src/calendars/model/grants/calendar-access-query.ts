import type { Actor } from '../../../access/actor.js';

/** A caller other than an API key, which has all access. */
export type Viewer = Exclude<Actor, { readonly kind: 'key' }>;

/** The caller whose access a statement reads: the parameter with the user's id, or a caller without a token. */
export type ViewerInSql = { readonly userId: string } | 'anonymous';

/**
 * SQL: a query of one row (`role`, `sees_private`) with the access of a caller to a calendar, as `CalendarAccess` defines
 * it. No row: none.
 * @param calendarId an expression with the id of the calendar, qualified by its table
 * @param ownerId the same with the id of its user
 * @param tenantId the parameter with the tenant
 */
export function calendarAccess(
  calendarId: string,
  ownerId: string,
  viewer: ViewerInSql,
  tenantId = '$1',
): string {
  const grants = `FROM calendar_grants g WHERE g.tenant_id = ${tenantId} AND g.calendar_id = ${calendarId}`;
  const choices =
    viewer === 'anonymous'
      ? [
          `SELECT 'owner' AS role, false AS sees_private, 1 AS place
             FROM users u WHERE u.tenant_id = ${tenantId} AND u.id = ${ownerId} AND NOT u.protected`,
          `SELECT CASE WHEN g.role IN ('writer', 'owner') THEN 'reader' ELSE g.role END, false, 2
             ${grants} AND g.user_id IS NULL`,
        ]
      : [
          `SELECT 'owner' AS role, true AS sees_private, 1 AS place WHERE ${ownerId} = ${viewer.userId}`,
          `SELECT g.role, g.sees_private OR g.role = 'owner', 2 ${grants} AND g.user_id = ${viewer.userId}`,
          `SELECT g.role, g.sees_private OR g.role = 'owner', 3 ${grants} AND g.user_id IS NULL`,
        ];
  return `SELECT choice.role, choice.sees_private FROM (${choices.join(' UNION ALL ')}) AS choice
           ORDER BY choice.place LIMIT 1`;
}

/**
 * SQL: whether a caller who does not attend an event sees it in full by the organizer's calendar: the same rule as
 * `visiblePart`.
 * @param isPrivate an expression
 */
export function showsDetails(access: string, isPrivate: string): string {
  return `EXISTS (SELECT FROM (${access}) AS access
                   WHERE access.role IN ('reader', 'writer', 'owner') AND (NOT (${isPrivate}) OR access.sees_private))`;
}
