/**
 * SQL: a query of the ids (`id`) of the users with whom a user shares a grant: those who have granted the user access,
 * those to whom the user has, and other grantees of the same calendar. The tenant's grant and the role `none` do not count. The
 * parameter `$1` is the tenant.
 * @param user the parameter with the user's id
 */
export function usersSharingGrantsWith(user: string): string {
  return `
  SELECT c.user_id AS id FROM calendar_grants g
    JOIN calendars c ON c.tenant_id = g.tenant_id AND c.id = g.calendar_id
   WHERE g.tenant_id = $1 AND g.user_id = ${user} AND g.role <> 'none'
   UNION
  SELECT g.user_id FROM calendars c
    JOIN calendar_grants g ON g.tenant_id = c.tenant_id AND g.calendar_id = c.id
   WHERE c.tenant_id = $1 AND c.user_id = ${user} AND g.user_id IS NOT NULL AND g.role <> 'none'
   UNION
  SELECT other.user_id FROM calendar_grants mine
    JOIN calendar_grants other ON other.tenant_id = mine.tenant_id AND other.calendar_id = mine.calendar_id
   WHERE mine.tenant_id = $1 AND mine.user_id = ${user} AND mine.role <> 'none'
     AND other.user_id IS NOT NULL AND other.role <> 'none'`;
}
