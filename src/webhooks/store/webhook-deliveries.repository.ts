import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { DeliveryKey, WebhookDeliveryRecord } from '../model/webhook-delivery-record.js';

const COLUMNS = `d.subscription_id AS "subscriptionId", d.sequence::double precision AS sequence, d.type,
  d.event_id AS "eventId", d.change_sequence::double precision AS "changeSequence", d.details, d.created_at AS "createdAt"`;

const WITH_KEYS = {
  name: 'webhook deliveries with keys',
  text: `SELECT ${COLUMNS}
      FROM unnest($2::integer[], $3::bigint[]) AS named (subscription_id, sequence)
      JOIN webhook_deliveries d
        ON d.tenant_id = $1 AND d.subscription_id = named.subscription_id AND d.sequence = named.sequence`,
};

/** Numbers that a subscription has given to new deliveries. */
export interface TakenSequences {
  /** The user whose subscription it is; null: the tenant. */
  readonly ownerId: number | null;
  readonly last: number;
}

/** Reads and writes deliveries. */
@Injectable()
export class WebhookDeliveriesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Takes the next numbers of subscriptions, and locks their rows until the transaction ends.
   * @param counts how many numbers of each subscription
   * @returns the last number of each; a subscription that is deleted or disabled is left out
   */
  async takeSequences(counts: ReadonlyMap<number, number>): Promise<Map<number, TakenSequences>> {
    const [rows]: [(TakenSequences & { readonly id: number })[], number] =
      await this.unitOfWork.manager.query(
        `UPDATE webhook_subscriptions s SET last_sequence = s.last_sequence + taken.count
         FROM (SELECT l.id, named.count FROM webhook_subscriptions l
                 JOIN unnest($2::integer[], $3::integer[]) AS named (id, count) ON named.id = l.id
                WHERE l.tenant_id = $1 AND l.status = 'active' ORDER BY l.id FOR NO KEY UPDATE OF l) taken
        WHERE s.tenant_id = $1 AND s.id = taken.id
       RETURNING s.id, s.user_id AS "ownerId", s.last_sequence::double precision AS last`,
        [this.tenant.id, [...counts.keys()], [...counts.values()]],
      );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async add(deliveries: readonly WebhookDeliveryRecord[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO webhook_deliveries (tenant_id, subscription_id, sequence, type, event_id, change_sequence, details,
              created_at)
       SELECT $1, row.* FROM unnest($2::integer[], $3::bigint[], $4::text[], $5::integer[], $6::bigint[], $7::jsonb[],
              $8::timestamptz[]) AS row`,
      [
        this.tenant.id,
        deliveries.map(({ subscriptionId }) => subscriptionId),
        deliveries.map(({ sequence }) => sequence),
        deliveries.map(({ type }) => type),
        deliveries.map(({ eventId }) => eventId),
        deliveries.map(({ changeSequence }) => changeSequence),
        deliveries.map(({ details }) => details && JSON.stringify(details)),
        deliveries.map(({ createdAt }) => createdAt),
      ],
    );
  }

  async withKeys(keys: readonly DeliveryKey[]): Promise<WebhookDeliveryRecord[]> {
    return this.unitOfWork.prepared<WebhookDeliveryRecord>(WITH_KEYS, [
      this.tenant.id,
      keys.map(({ subscriptionId }) => subscriptionId),
      keys.map(({ sequence }) => sequence),
    ]);
  }

  /** The deliveries of a subscription, newest first. @param before the number before which to begin; null: the newest */
  async newestOf(
    subscriptionId: number,
    before: number | null,
    limit: number,
  ): Promise<WebhookDeliveryRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM webhook_deliveries d
        WHERE d.tenant_id = $1 AND d.subscription_id = $2 AND ($3::bigint IS NULL OR d.sequence < $3)
        ORDER BY d.sequence DESC LIMIT $4`,
      [this.tenant.id, subscriptionId, before, limit],
    );
  }

  /** Removes deliveries of all tenants that were added before an instant. @returns their number, at most `limit` */
  async removeOld(before: Date, limit: number): Promise<number> {
    const [, count]: [unknown, number] = await this.unitOfWork.manager.query(
      `DELETE FROM webhook_deliveries WHERE (tenant_id, subscription_id, sequence) IN (
              SELECT d.tenant_id, d.subscription_id, d.sequence FROM webhook_deliveries d -- all tenants
               WHERE d.created_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [before, limit],
    );
    return count;
  }

  /**
   * Removes deliveries of all tenants whose subscription is deleted. The search visits each subscription, not each
   * delivery. @returns their number, at most `limit`
   */
  async removeOrphans(limit: number): Promise<number> {
    const [, count]: [unknown, number] = await this.unitOfWork.manager.query(
      `WITH RECURSIVE known AS (
         (SELECT d.tenant_id, d.subscription_id FROM webhook_deliveries d -- all tenants
           ORDER BY d.tenant_id, d.subscription_id LIMIT 1)
         UNION ALL
         SELECT next.* FROM known k CROSS JOIN LATERAL (
           SELECT d.tenant_id, d.subscription_id FROM webhook_deliveries d -- all tenants
            WHERE (d.tenant_id, d.subscription_id) > (k.tenant_id, k.subscription_id)
            ORDER BY d.tenant_id, d.subscription_id LIMIT 1) next)
       DELETE FROM webhook_deliveries WHERE (tenant_id, subscription_id, sequence) IN (
              SELECT d.tenant_id, d.subscription_id, d.sequence FROM known k -- all tenants
                JOIN webhook_deliveries d ON d.tenant_id = k.tenant_id AND d.subscription_id = k.subscription_id
               WHERE NOT EXISTS (
                     SELECT FROM webhook_subscriptions s WHERE s.tenant_id = k.tenant_id AND s.id = k.subscription_id)
               LIMIT $1 FOR UPDATE OF d SKIP LOCKED)`,
      [limit],
    );
    return count;
  }
}
