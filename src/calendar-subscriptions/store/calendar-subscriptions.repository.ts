import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import type { CalendarSubscriptionRecord } from '../model/subscription-record.js';
import { CalendarSubscription } from './calendar-subscription.entity.js';

/** A new subscription, which is due at once. */
export interface NewCalendarSubscriptionRow {
  readonly userId: number;
  readonly calendarId: number;
  readonly url: string;
  readonly createdAt: Date;
}

/** Reads and writes the subscriptions of users. */
@Injectable()
export class CalendarSubscriptionsRepository {
  constructor(
    @InjectRepository(CalendarSubscription) private readonly subscriptions: Repository<CalendarSubscription>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** A page of the subscriptions of a user, by id. @param after the id before the first one; 0: none */
  async page(userId: number, after: number, limit: number): Promise<Page<CalendarSubscriptionRecord>> {
    const found = await this.repository
      .createQueryBuilder('s')
      .where('s.tenant_id = :tenantId AND s.user_id = :userId AND s.id > :after', {
        tenantId: this.tenant.id,
        userId,
        after,
      })
      .orderBy('s.id')
      .limit(limit + 1)
      .getMany();
    return pageOf(found, limit, ({ id }) => [id]);
  }

  async withId(id: number): Promise<CalendarSubscriptionRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, id });
  }

  /** The subscription, locked until the transaction ends. */
  async locked(id: number): Promise<CalendarSubscriptionRecord | null> {
    return this.repository.findOne({
      where: { tenantId: this.tenant.id, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async countOf(userId: number): Promise<number> {
    return this.repository.countBy({ tenantId: this.tenant.id, userId });
  }

  /** @returns the id */
  async add({ userId, calendarId, url, createdAt }: NewCalendarSubscriptionRow): Promise<number> {
    const [{ id }]: [{ id: number }] = await this.unitOfWork.manager.query(
      `INSERT INTO calendar_subscriptions (tenant_id, user_id, calendar_id, url, next_fetch_at, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $5, $5) RETURNING id`,
      [this.tenant.id, userId, calendarId, url, createdAt],
    );
    return id;
  }

  /** Fetches another address from now on: a fetch under way is not recorded, and nothing of the old file is compared. */
  async changeUrl(id: number, url: string, now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE calendar_subscriptions
          SET url = $3, etag = NULL, last_modified = NULL, content_digest = NULL, failures = 0, next_fetch_at = $4,
              leased_until = NULL, updated_at = $4
        WHERE tenant_id = $1 AND id = $2`,
      [this.tenant.id, id, url, now],
    );
  }

  async touch(id: number, now: Date): Promise<void> {
    await this.repository.update({ tenantId: this.tenant.id, id }, { updatedAt: now });
  }

  /**
   * Makes the next fetch due, unless one is under way.
   * @param pauseMs the least milliseconds since the last attempt
   */
  async makeDue(id: number, now: Date, pauseMs: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE calendar_subscriptions
          SET next_fetch_at = greatest($3::timestamptz, last_attempt_at + make_interval(secs => $4::double precision / 1000))
        WHERE tenant_id = $1 AND id = $2 AND (leased_until IS NULL OR leased_until <= $3)`,
      [this.tenant.id, id, now, pauseMs],
    );
  }

  async remove(id: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, id });
  }

  async removeThoseOf(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  private get repository(): Repository<CalendarSubscription> {
    return this.unitOfWork.repository(this.subscriptions);
  }
}
