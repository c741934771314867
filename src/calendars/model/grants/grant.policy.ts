import type { Actor } from '../../../access/actor.js';
import { type CalendarAccess } from './calendar-access.js';
import { includesRole } from './calendar-role.js';
import type { GrantRecord } from './grant-record.js';

/** An owner sees all grants of a calendar. Other callers see those from which their own role comes. */
export function seesGrant(
  actor: Actor,
  { role }: CalendarAccess,
  { userId }: Pick<GrantRecord, 'userId'>,
): boolean {
  return role === 'owner' || userId === null || (actor.kind === 'user' && actor.userId === userId);
}

/**
 * Whether a grantee may delete their own grant. Afterwards the grant of the tenant holds, and it must not allow more: a grant that
 * restricts the grantee is not the grantee's to delete.
 * @param tenants the grant of the tenant; null: there is none
 */
export function mayGiveUp(
  actor: Actor,
  { userId, role, seesPrivate }: Pick<GrantRecord, 'userId' | 'role' | 'seesPrivate'>,
  tenants: Pick<GrantRecord, 'role' | 'seesPrivate'> | null,
): boolean {
  if (actor.kind !== 'user' || actor.userId !== userId) return false;
  if (tenants === null) return true;
  return includesRole(role, tenants.role) && (seesPrivate || !tenants.seesPrivate || tenants.role === 'none');
}
