import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { DeliveryRecord } from '../model/reminder-records.js';

/** A delivery that the version before sends: the outbox has the others, whose `next_attempt_at` is null. */
const OF_VERSION_BEFORE = `d.status = 'queued' AND d.next_attempt_at <= $1`;

/** Due rows that the search for their tenants reads. */
const LONGEST_DUE = 1_000;

const TAKEN_AT_ONCE = 250;

/**
 * The deliveries that an instance of the version before has queued. That version leases a delivery by its
 * `next_attempt_at`: while an attempt is under way, the delivery is not due.
 */
@Injectable()
export class DeliveriesOfVersionBeforeRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The tenants with due deliveries. */
  async tenantsWithDue(now: Date): Promise<number[]> {
    const rows: { tenantId: number }[] = await this.unitOfWork.manager.query(
      `SELECT DISTINCT tenant_id AS "tenantId"
         FROM (SELECT d.tenant_id, d.next_attempt_at FROM reminder_deliveries d -- all tenants
                WHERE ${OF_VERSION_BEFORE} ORDER BY d.next_attempt_at LIMIT ${LONGEST_DUE}) AS due`,
      [now],
    );
    return rows.map(({ tenantId }) => tenantId);
  }

  /** Takes due deliveries of the tenant over: no instance of the version before finds them any more. */
  async takeDue(now: Date): Promise<DeliveryRecord[]> {
    const [taken]: [DeliveryRecord[], number] = await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries SET next_attempt_at = NULL
        WHERE tenant_id = $2 AND ctid = ANY (ARRAY (
              SELECT d.ctid FROM reminder_deliveries d WHERE d.tenant_id = $2 AND ${OF_VERSION_BEFORE}
               ORDER BY d.next_attempt_at LIMIT ${TAKEN_AT_ONCE} FOR UPDATE SKIP LOCKED))
       RETURNING event_id AS "eventId", original_start AS "originalStart", user_id AS "userId",
              minutes_before AS "minutesBefore", method, notification_id AS "notificationId", status, url,
              due_at AS "dueAt", recorded_at AS "recordedAt", attempts`,
      [now, this.tenant.id],
    );
    return taken;
  }

  /** When the next attempt of the version before is due; null: it has queued none. */
  async nextDueAt(): Promise<Date | null> {
    const rows: { nextAttemptAt: Date }[] = await this.unitOfWork.manager.query(
      `SELECT d.next_attempt_at AS "nextAttemptAt" FROM reminder_deliveries d -- all tenants
        WHERE d.status = 'queued' AND d.next_attempt_at IS NOT NULL ORDER BY d.next_attempt_at LIMIT 1`,
    );
    return rows[0]?.nextAttemptAt ?? null;
  }
}
