import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { CalendarDeletionRecord, EventsAtDeletion } from '../model/calendar-deletion.js';

const COLUMNS = 'tenant_id AS "tenantId", id, user_id AS "userId", events_at_deletion AS events';

/** Keeps deleted calendars until all their events have ended or moved. */
@Injectable()
export class CalendarDeletionsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Deletes the calendar for all queries but those of this repository. Its external id is free again. */
  async mark(id: number, events: EventsAtDeletion): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE calendars SET deleted_at = now(), events_at_deletion = $3, external_id = NULL
        WHERE tenant_id = $1 AND id = $2`,
      [this.tenant.id, id, events],
    );
  }

  /** The deletions of all tenants. @param after the deletion before the first one; null: none */
  async due(
    after: Pick<CalendarDeletionRecord, 'tenantId' | 'id'> | null,
    limit: number,
  ): Promise<CalendarDeletionRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM calendars -- all tenants
        WHERE deleted_at IS NOT NULL AND (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT $3`,
      [after?.tenantId ?? 0, after?.id ?? 0, limit],
    );
  }

  /** Locks the deletion until the transaction ends. @returns false if it is done, or another instance has the lock */
  async lock(id: number): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.manager.query(
      `SELECT FROM calendars WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NOT NULL FOR UPDATE SKIP LOCKED`,
      [this.tenant.id, id],
    );
    return rows.length > 0;
  }

  /** Removes the calendar, which has no events. */
  async remove(id: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'DELETE FROM calendars WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NOT NULL',
      [this.tenant.id, id],
    );
  }
}
