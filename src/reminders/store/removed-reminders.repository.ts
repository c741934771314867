import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { DeliveryReference } from '../model/reminder-topics.js';

/** Removes the reminders of deleted users. */
@Injectable()
export class RemovedRemindersRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Removes the settings, the plans and the deliveries of the user. @returns the deliveries that were queued */
  async removeAllOf(userId: number): Promise<DeliveryReference[]> {
    for (const table of ['pending_reminders', 'event_reminders']) {
      await this.unitOfWork.manager.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND user_id = $2`, [
        this.tenant.id,
        userId,
      ]);
    }
    const [removed]: [(DeliveryReference & { readonly isQueued: boolean })[], number] =
      await this.unitOfWork.manager.query(
        `DELETE FROM reminder_deliveries WHERE tenant_id = $1 AND user_id = $2
         RETURNING notification_id AS "notificationId", recorded_at AS "recordedAt", status = 'queued' AS "isQueued"`,
        [this.tenant.id, userId],
      );
    return removed.filter(({ isQueued }) => isQueued);
  }
}
