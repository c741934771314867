import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { ActiveSubscription } from '../model/deliveries-of-change.js';

const COLUMNS = `s.tenant_id AS "tenantId", s.id, s.types, s.user_id AS "userId", s.calendar_id AS "calendarId",
  s.active_from AS "activeFrom"`;

const IS_ANY_ACTIVE = {
  name: 'is any webhook subscription active',
  text: `SELECT EXISTS (
           SELECT FROM webhook_subscriptions s -- all tenants
            WHERE s.status = 'active') AS found`,
};

/** A subscription that will get no further change. */
export type EndedSubscription = Pick<ActiveSubscription, 'tenantId' | 'id'>;

/** The active subscriptions of all tenants, and the changes whose deliveries exist. */
@Injectable()
export class FanOutRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async isAnyActive(): Promise<boolean> {
    const [{ found }] = await this.unitOfWork.prepared<{ found: boolean }>(IS_ANY_ACTIVE, []);
    return found;
  }

  /** The cursor, locked until the transaction ends; null: another instance has locked it. */
  async tryLock(): Promise<{ readonly cursor: string | null } | null> {
    const rows: { cursor: string | null }[] = await this.unitOfWork.manager.query(
      'SELECT cursor FROM webhook_fan_out FOR UPDATE SKIP LOCKED',
    );
    return rows[0] ?? null;
  }

  /** The same, but waits for another instance. */
  async lock(): Promise<void> {
    await this.unitOfWork.manager.query('SELECT FROM webhook_fan_out FOR UPDATE');
  }

  async moveTo(cursor: string): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE webhook_fan_out SET cursor = $1', [cursor]);
  }

  /** The active subscriptions of these tenants, by id. */
  async activeOf(tenantIds: readonly number[]): Promise<ActiveSubscription[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM webhook_subscriptions s -- all tenants
        WHERE s.tenant_id = ANY ($1) AND s.status = 'active'
        ORDER BY s.id`,
      [tenantIds],
    );
  }

  /** The active subscriptions of all tenants to calendars that are deleted and have no event any more, by tenant. */
  async activeOfDeletedCalendars(): Promise<EndedSubscription[]> {
    return this.unitOfWork.manager.query(
      `SELECT s.tenant_id AS "tenantId", s.id FROM webhook_subscriptions s -- all tenants
        WHERE s.status = 'active' AND s.calendar_id IS NOT NULL AND NOT EXISTS (
              SELECT FROM calendars c WHERE c.tenant_id = s.tenant_id AND c.id = s.calendar_id)
        ORDER BY s.tenant_id, s.id`,
    );
  }

  /** Makes all active subscriptions of all tenants begin at the present. @returns them */
  async restartAll(): Promise<ActiveSubscription[]> {
    const [rows]: [ActiveSubscription[], number] = await this.unitOfWork.manager.query(
      `UPDATE webhook_subscriptions s -- all tenants
          SET active_from = pg_current_snapshot() WHERE s.status = 'active' RETURNING ${COLUMNS}`,
    );
    return rows;
  }
}
