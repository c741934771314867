import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Actor } from '../../access/actor.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import type { DisabledReason, SubscriptionRecord, SubscriptionScope } from '../model/subscription-record.js';
import type { SubscribedType } from '../model/webhook-type.js';
import { WebhookSubscription } from './webhook-subscription.entity.js';

/** An arbitrary number. The number, the tenant and the owner name an advisory lock of the database. */
const LOCK_OF_OWNER = 1_764_232;

/** A new subscription, whose secret is sealed. */
export interface NewSubscriptionRow extends SubscriptionScope {
  readonly url: string;
  readonly types: readonly SubscribedType[];
  readonly secret: string;
  readonly createdByKeyId: number | null;
  readonly createdAt: Date;
}

/** Reads and writes subscriptions. */
@Injectable()
export class SubscriptionsRepository {
  constructor(
    @InjectRepository(WebhookSubscription) private readonly subscriptions: Repository<WebhookSubscription>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** A page of the subscriptions that a caller reaches, by id. */
  async page(
    caller: Actor,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<Page<SubscriptionRecord>> {
    const found = await this.repository
      .createQueryBuilder('s')
      .where('s.tenant_id = :tenantId AND s.id > :after', { tenantId: this.tenant.id, after })
      .andWhere(...isReachedBy(caller))
      .orderBy('s.id')
      .limit(limit + 1)
      .getMany();
    return pageOf(found, limit, ({ id }) => [id]);
  }

  /** All subscriptions of a user, by id. */
  async ofUser(userId: number): Promise<SubscriptionRecord[]> {
    return this.repository.find({ where: { tenantId: this.tenant.id, userId }, order: { id: 'ASC' } });
  }

  async withId(id: number): Promise<SubscriptionRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, id });
  }

  /** The active subscriptions to reminders, of the tenant itself and of these users. */
  async toRemindersOf(userIds: readonly number[]): Promise<(SubscriptionScope & { readonly id: number })[]> {
    return this.unitOfWork.manager.query(
      `SELECT id, user_id AS "userId", calendar_id AS "calendarId" FROM webhook_subscriptions
        WHERE tenant_id = $1 AND status = 'active' AND 'reminder.fired' = ANY (types) AND calendar_id IS NULL
          AND (user_id IS NULL OR user_id = ANY ($2)) ORDER BY id`,
      [this.tenant.id, userIds],
    );
  }

  /** The subscription, locked until the transaction ends. */
  async locked(id: number): Promise<SubscriptionRecord | null> {
    return this.repository.findOne({
      where: { tenantId: this.tenant.id, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Makes other transactions that lock the subscriptions of this owner wait until this one ends. Null: the tenant. */
  async lockOwner(userId: number | null): Promise<void> {
    const owner = `${LOCK_OF_OWNER} ${this.tenant.id} ${userId ?? ''}`;
    await this.unitOfWork.manager.query(
      'SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1::text, 0))',
      [owner],
    );
  }

  /** The number of subscriptions of a user; null: of the tenant itself. */
  async countOf(userId: number | null): Promise<number> {
    const [{ count }]: [{ count: number }] = await this.unitOfWork.manager.query(
      `SELECT count(*)::integer AS count FROM webhook_subscriptions
        WHERE tenant_id = $1 AND user_id IS NOT DISTINCT FROM $2::integer`,
      [this.tenant.id, userId],
    );
    return count;
  }

  /** @returns the id */
  async add(row: NewSubscriptionRow): Promise<number> {
    const { url, types, userId, calendarId, secret, createdByKeyId, createdAt } = row;
    const [{ id }]: [{ id: number }] = await this.unitOfWork.manager.query(
      `INSERT INTO webhook_subscriptions (tenant_id, url, types, user_id, calendar_id, secret, active_from,
              created_by_key_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, pg_current_snapshot(), $7, $8, $8) RETURNING id`,
      [this.tenant.id, url, types, userId, calendarId, secret, createdByKeyId, createdAt],
    );
    return id;
  }

  /** Makes a disabled subscription active for the changes from now on. */
  async enable(id: number, now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE webhook_subscriptions
          SET status = 'active', disabled_reason = NULL, failing_since = NULL, active_from = pg_current_snapshot(),
              updated_at = $3
        WHERE tenant_id = $1 AND id = $2`,
      [this.tenant.id, id, now],
    );
  }

  async disable(id: number, disabledReason: DisabledReason, updatedAt: Date): Promise<void> {
    await this.repository.update(
      { tenantId: this.tenant.id, id, status: 'active' },
      { status: 'disabled', disabledReason, updatedAt },
    );
  }

  /** @param secret sealed; the present one becomes the previous one until `previousEndsAt` */
  async replaceSecret(id: number, secret: string, previousEndsAt: Date, now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE webhook_subscriptions
          SET previous_secret = secret, previous_secret_ends_at = $4, secret = $3, updated_at = $5
        WHERE tenant_id = $1 AND id = $2`,
      [this.tenant.id, id, secret, previousEndsAt, now],
    );
  }

  async remove(id: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, id });
  }

  async removeThoseOf(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  private get repository(): Repository<WebhookSubscription> {
    return this.unitOfWork.repository(this.subscriptions);
  }
}

/** SQL: whether a caller reaches the subscription `s`, and the parameters of the condition. */
function isReachedBy(caller: Actor): [condition: string, parameters: Record<string, number>] {
  if (caller.kind === 'key') return ['TRUE', {}];
  if (caller.kind === 'user') return ['s.user_id = :callerId', { callerId: caller.userId }];
  return [
    'EXISTS (SELECT FROM users u WHERE u.tenant_id = :tenantId AND u.id = s.user_id AND NOT u.protected)',
    {},
  ];
}
