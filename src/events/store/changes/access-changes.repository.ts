import { Injectable } from '@nestjs/common';
import { isSince } from '../../../changes/sync/position-check.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { ListOfEntries } from '../../model/changes/entry-history.js';

/**
 * Whether a grant to a viewer changed through which the viewer sees events of a list: one on a calendar of the list, or on
 * one of a present or former organizer of whom the list has, or has lost, an event. A grant of the viewer's own hides that of the tenant. The
 * end of a calendar is no change of a grant.
 */
const CONCERNS_VIEWER = {
  name: 'grant_changes_of_list',
  text: `
  SELECT FROM grant_changes g
   WHERE g.tenant_id = $1 AND ${isSince('g', '$5')} AND g.owner_id IS DISTINCT FROM $4
     AND (g.user_id = $4 OR g.user_id IS NULL AND NOT EXISTS (
           SELECT FROM calendar_grants own
            WHERE own.tenant_id = $1 AND own.calendar_id = g.calendar_id AND own.user_id = $4))
     AND (g.calendar_id = $3 OR $3::integer IS NULL AND g.owner_id = $2
       OR g.owner_id IS DISTINCT FROM $2 AND (
         EXISTS (SELECT FROM attendees mine JOIN events e ON e.tenant_id = mine.tenant_id AND e.id = mine.event_id
                  WHERE mine.tenant_id = $1 AND mine.user_id = $2 AND e.organizer_id = g.owner_id)
         OR EXISTS (SELECT FROM attendees mine JOIN event_previous_rows o
                        ON o.tenant_id = mine.tenant_id AND o.event_id = mine.event_id
                     WHERE mine.tenant_id = $1 AND mine.user_id = $2 AND o.part = 'event' AND ${isSince('o', '$5')}
                       AND (o.previous ->> 'organizer_id')::integer = g.owner_id)
         OR EXISTS (SELECT FROM event_previous_rows p
                     WHERE p.tenant_id = $1 AND p.user_id = $2 AND p.part = 'attendee' AND ${isSince('p', '$5')})))
     AND g.owner_id IS NOT NULL
   LIMIT 1`,
};

/** Whether an account became one for which callers without a token may act no more. */
const PROTECTED = {
  name: 'accounts_protected_since',
  text: `SELECT FROM account_protections p WHERE p.tenant_id = $1 AND ${isSince('p', '$2')} LIMIT 1`,
};

/** Finds changes of the access to events that are no changes of these events. */
@Injectable()
export class AccessChangesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Whether the access of a viewer to the events of a list may have changed. A caller without a token loses access with each
   * account that it may act for no more. Few accounts become so, and any may organize events of the list: each counts.
   * @param viewerId null: a caller without a token
   */
  async concern(
    { userId, calendarId }: ListOfEntries,
    viewerId: number | null,
    since: string,
  ): Promise<boolean> {
    const { id: tenantId } = this.tenant;
    const changed = await this.unitOfWork.prepared(CONCERNS_VIEWER, [
      tenantId,
      userId,
      calendarId,
      viewerId,
      since,
    ]);
    if (changed.length > 0 || viewerId !== null) return changed.length > 0;
    return (await this.unitOfWork.prepared(PROTECTED, [tenantId, since])).length > 0;
  }
}
