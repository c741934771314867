import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { DisabledReason, SubscriptionStatus } from '../model/subscription-record.js';

/** Where, how and for whom a subscription gets its deliveries. The secrets are sealed. */
export interface DeliveryTargetRow {
  readonly id: number;
  readonly url: string;
  readonly userId: number | null;
  readonly status: SubscriptionStatus;
  readonly disabledReason: DisabledReason | null;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretEndsAt: Date | null;
}

/** A subscription of any tenant, with its sealed secrets. */
export interface SealedRow {
  readonly tenantId: number;
  readonly id: number;
  readonly secret: string;
  readonly previousSecret: string | null;
}

const TARGETS = {
  name: 'targets of webhook deliveries',
  text: `SELECT id, url, user_id AS "userId", status, disabled_reason AS "disabledReason", secret,
                previous_secret AS "previousSecret", previous_secret_ends_at AS "previousSecretEndsAt"
           FROM webhook_subscriptions WHERE tenant_id = $1 AND id = ANY ($2)`,
};

/** The subscriptions of the current tenant, for deliveries. */
@Injectable()
export class DeliveryTargetsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async withIds(ids: readonly number[]): Promise<DeliveryTargetRow[]> {
    return this.unitOfWork.prepared<DeliveryTargetRow>(TARGETS, [this.tenant.id, ids]);
  }

  /** Notes that attempts succeeded. */
  async succeeded(ids: readonly number[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE webhook_subscriptions SET failing_since = NULL
        WHERE tenant_id = $1 AND id = ANY ($2) AND failing_since IS NOT NULL`,
      [this.tenant.id, ids],
    );
  }

  /** Notes that attempts failed. @returns those whose attempts have failed since `cutOff` at the latest, and none succeeded */
  async failed(ids: readonly number[], now: Date, cutOff: Date): Promise<number[]> {
    const [rows]: [{ id: number }[], number] = await this.unitOfWork.manager.query(
      `UPDATE webhook_subscriptions SET failing_since = $3
        WHERE tenant_id = $1 AND id = ANY ($2) AND failing_since IS NULL RETURNING id`,
      [this.tenant.id, ids, now],
    );
    const fresh = new Set(rows.map(({ id }) => id));
    const older = ids.filter((id) => !fresh.has(id));
    if (older.length === 0) return [];
    const failing: { id: number }[] = await this.unitOfWork.manager.query(
      `SELECT id FROM webhook_subscriptions
        WHERE tenant_id = $1 AND id = ANY ($2) AND status = 'active' AND failing_since <= $3`,
      [this.tenant.id, older, cutOff],
    );
    return failing.map(({ id }) => id);
  }

  /** Subscriptions of all tenants with a secret that another key has sealed, at most `limit`. */
  async sealedByOthers(presentPrefix: string, afterId: number, limit: number): Promise<SealedRow[]> {
    return this.unitOfWork.manager.query(
      `SELECT s.tenant_id AS "tenantId", s.id, s.secret, s.previous_secret AS "previousSecret"
         FROM webhook_subscriptions s -- all tenants
        WHERE s.id > $2 AND NOT (starts_with(s.secret, $1) AND starts_with(coalesce(s.previous_secret, $1), $1))
        ORDER BY s.id LIMIT $3`,
      [presentPrefix, afterId, limit],
    );
  }

  /** Replaces the sealed secrets, unless they have changed. */
  async seal(
    { id, secret, previousSecret }: SealedRow,
    now: Omit<SealedRow, 'tenantId' | 'id'>,
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE webhook_subscriptions SET secret = $5, previous_secret = $6
        WHERE tenant_id = $1 AND id = $2 AND secret = $3 AND previous_secret IS NOT DISTINCT FROM $4`,
      [this.tenant.id, id, secret, previousSecret, now.secret, now.previousSecret],
    );
  }
}
