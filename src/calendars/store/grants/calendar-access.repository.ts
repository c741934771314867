import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { type PreparedStatement, UnitOfWork } from '../../../database/unit-of-work.js';
import type { CalendarAccess } from '../../model/grants/calendar-access.js';
import { calendarAccess, type Viewer, type ViewerInSql } from '../../model/grants/calendar-access-query.js';
import type { HiddenCalendars } from '../../model/grants/hidden-calendars.js';

const USER: ViewerInSql = { userId: '$3' };

function accessOf(viewer: ViewerInSql): string {
  return `
  SELECT c.id, access.role, access.sees_private AS "seesPrivate"
    FROM calendars c CROSS JOIN LATERAL (${calendarAccess('c.id', 'c.user_id', viewer)}) AS access
   WHERE c.tenant_id = $1 AND c.id = ANY ($2)`;
}

function hiddenOf(viewer: ViewerInSql): string {
  return `
  SELECT user_id AS "userId", array_agg(id) FILTER (WHERE hidden) AS "calendarIds", bool_and(hidden) AS all
    FROM (SELECT c.user_id, c.id, coalesce(access.role, 'none') = 'none' AS hidden
            FROM calendars c LEFT JOIN LATERAL (${calendarAccess('c.id', 'c.user_id', viewer)}) AS access ON true
           WHERE c.tenant_id = $1 AND c.user_id = ANY ($2) AND c.counts_as_busy) AS calendar
   GROUP BY user_id HAVING bool_or(hidden)`;
}

const STATEMENTS = {
  access: {
    user: { name: 'calendar_access_of_user', text: accessOf(USER) },
    anonymous: { name: 'calendar_access_of_anyone', text: accessOf('anonymous') },
  },
  hidden: {
    user: { name: 'calendars_hidden_from_user', text: hiddenOf(USER) },
    anonymous: { name: 'calendars_hidden_from_anyone', text: hiddenOf('anonymous') },
  },
} as const satisfies Record<string, Record<Viewer['kind'], PreparedStatement>>;

/** Reads the access of callers to calendars. The primary answers, so that a changed grant holds at once. */
@Injectable()
export class CalendarAccessRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The access of a caller to those of the calendars to which the caller has any. */
  async ofCalendars(
    viewer: Viewer,
    ids: readonly number[],
  ): Promise<(CalendarAccess & { readonly id: number })[]> {
    return this.unitOfWork.prepared(STATEMENTS.access[viewer.kind], this.valuesOf(viewer, ids));
  }

  /** The hidden calendars of those of the users who have one. */
  async hiddenOf(viewer: Viewer, userIds: readonly number[]): Promise<HiddenCalendars[]> {
    return this.unitOfWork.prepared(STATEMENTS.hidden[viewer.kind], this.valuesOf(viewer, userIds));
  }

  private valuesOf(viewer: Viewer, ids: readonly number[]): unknown[] {
    return [this.tenant.id, ids, ...(viewer.kind === 'user' ? [viewer.userId] : [])];
  }
}
