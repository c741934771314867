import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { DeliveryRecord, DeliveryStatus } from '../model/reminder-records.js';
import type { DeliveryReference } from '../model/reminder-topics.js';

/** What an attempt of the outbox brought. */
export interface DeliveryAttempt {
  readonly reference: DeliveryReference;
  readonly attempts: number;
  readonly status: DeliveryStatus;
}

const HAS_REFERENCE = `d.tenant_id = $2 AND d.status = 'queued'
          AND (d.notification_id, d.recorded_at) = (row."notificationId", row."recordedAt")`;

/** The deliveries of the current tenant that the outbox sends. */
@Injectable()
export class QueuedDeliveriesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The deliveries that are still queued. */
  async find(references: readonly DeliveryReference[]): Promise<DeliveryRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT d.event_id AS "eventId", d.original_start AS "originalStart", d.user_id AS "userId",
              d.minutes_before AS "minutesBefore", d.method, d.notification_id AS "notificationId", d.status, d.url,
              d.due_at AS "dueAt", d.recorded_at AS "recordedAt", d.attempts
         FROM json_to_recordset($1) AS row ("notificationId" uuid, "recordedAt" timestamptz)
         JOIN reminder_deliveries d ON ${HAS_REFERENCE}`,
      [JSON.stringify(references), this.tenant.id],
    );
  }

  /** Records attempts on deliveries that are still queued. */
  async record(attempts: readonly DeliveryAttempt[], now: Date): Promise<void> {
    const rows = attempts.map(({ reference, ...attempt }) => Object.assign(attempt, reference));
    await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries d
          SET status = row.status, attempts = row.attempts,
              recorded_at = CASE row.status WHEN 'queued' THEN d.recorded_at ELSE $3 END
         FROM json_to_recordset($1) AS row ("notificationId" uuid, "recordedAt" timestamptz, status text,
              attempts integer)
        WHERE ${HAS_REFERENCE}`,
      [JSON.stringify(rows), this.tenant.id, now],
    );
  }
}
