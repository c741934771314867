import { areAcquainted } from './acquaintance-query.js';

/** SQL: whether a user with these `invitations` may have unwanted inviters. With the default `all`, no user has one. */
export function mayHaveUnwantedInviters(invitations: string): string {
  return `${invitations} <> 'all'`;
}

/**
 * SQL: whether the unanswered invitations of an organizer leave a user free, by the user's `invitations`.
 * @param user the alias of the user's row in `users`
 * @param organizerId an expression with the organizer's id, qualified by its table
 */
export function isUnwantedInviter(user: string, organizerId: string): string {
  return `CASE ${user}.invitations WHEN 'all' THEN false WHEN 'none' THEN true
          ELSE NOT ${areAcquainted(`${user}.tenant_id`, `${user}.id`, organizerId)} END`;
}
