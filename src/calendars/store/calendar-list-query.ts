import type { Actor } from '../../access/actor.js';
import { calendarAccess, type Viewer } from '../model/grants/calendar-access-query.js';

/** Asks for one page of calendars: by user, by place, by id. */
export interface CalendarListQuery {
  /**
   * The calendars of a user that a viewer sees (null: all of them); or those of all users for whom a caller may act, and
   * those on which the caller has a grant of its own.
   */
  readonly of: { readonly userId: number; readonly viewer: Viewer | null } | { readonly caller: Actor };
  /** The sort keys of the calendar before the page; null: the first page. */
  readonly after: readonly number[] | null;
  readonly limit: number;
}

/** SQL: whether a list has the calendar `c`, and the parameters of the condition beside `tenantId`. */
export function isListed(
  of: CalendarListQuery['of'],
): [condition: string, parameters: Record<string, number>] {
  if ('caller' in of) return isOfCaller(of.caller);
  const { userId, viewer } = of;
  if (viewer === null) return ['c.user_id = :userId', { userId }];
  const viewerInSql = viewer.kind === 'user' ? { userId: ':viewerId' } : 'anonymous';
  const access = calendarAccess('c.id', 'c.user_id', viewerInSql, ':tenantId');
  return [
    `c.user_id = :userId AND EXISTS (SELECT FROM (${access}) AS access WHERE access.role <> 'none')`,
    { userId, ...(viewer.kind === 'user' && { viewerId: viewer.userId }) },
  ];
}

function isOfCaller(caller: Actor): [string, Record<string, number>] {
  if (caller.kind === 'key') return ['TRUE', {}];
  if (caller.kind === 'anonymous') {
    const unprotected =
      'EXISTS (SELECT FROM users u WHERE u.tenant_id = :tenantId AND u.id = c.user_id AND NOT u.protected)';
    return [unprotected, {}];
  }
  return [
    `c.id IN (
       SELECT own.id FROM calendars own WHERE own.tenant_id = :tenantId AND own.user_id = :callerId
        UNION
       SELECT g.calendar_id FROM calendar_grants g
        WHERE g.tenant_id = :tenantId AND g.user_id = :callerId AND g.role <> 'none')`,
    { callerId: caller.userId },
  ];
}
