import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import type { FeedRecord, NewFeed } from '../model/feed-record.js';
import { CalendarFeed } from './calendar-feed.entity.js';

/** A new feed, with the hash of its token. */
export interface NewFeedRow extends NewFeed {
  readonly calendarId: number;
  readonly tokenHash: string;
  readonly createdByKeyId: number | null;
  readonly createdAt: Date;
}

/** Reads and writes the feeds of calendars. */
@Injectable()
export class CalendarFeedsRepository {
  constructor(
    @InjectRepository(CalendarFeed) private readonly feeds: Repository<CalendarFeed>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** A page of the feeds of a calendar, by id. @param after the id of the feed before the first one; 0: none */
  async page(calendarId: number, after: number, limit: number): Promise<Page<FeedRecord>> {
    const found = await this.repository
      .createQueryBuilder('f')
      .where('f.tenant_id = :tenantId AND f.calendar_id = :calendarId AND f.id > :after', {
        tenantId: this.tenant.id,
        calendarId,
        after,
      })
      .orderBy('f.id')
      .limit(limit + 1)
      .getMany();
    return pageOf(found, limit, ({ id }) => [id]);
  }

  /** The feeds of all calendars of a user, by id. */
  async ofUser(userId: number, after: number, limit: number): Promise<FeedRecord[]> {
    return this.repository
      .createQueryBuilder('f')
      .innerJoin('f.calendar', 'c')
      .where('f.tenant_id = :tenantId AND c.user_id = :userId AND f.id > :after', {
        tenantId: this.tenant.id,
        userId,
        after,
      })
      .orderBy('f.id')
      .limit(limit)
      .getMany();
  }

  async withId(calendarId: number, id: number): Promise<FeedRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, calendarId, id });
  }

  /** The feed with this hash of its token, of any tenant. */
  async withTokenHash(tokenHash: string): Promise<(FeedRecord & { readonly tenantId: number }) | null> {
    const rows: (FeedRecord & { readonly tenantId: number })[] = await this.unitOfWork.manager.query(
      `SELECT tenant_id AS "tenantId", id, calendar_id AS "calendarId", detail, include_private AS "includePrivate",
              created_by_key_id AS "createdByKeyId", created_at AS "createdAt"
         FROM calendar_feeds -- all tenants
        WHERE token_hash = $1`,
      [tokenHash],
    );
    return rows.at(0) ?? null;
  }

  async countOf(calendarId: number): Promise<number> {
    return this.repository.countBy({ tenantId: this.tenant.id, calendarId });
  }

  /** @returns the id */
  async add(row: NewFeedRow): Promise<number> {
    const { calendarId, detail, includePrivate, tokenHash, createdByKeyId, createdAt } = row;
    const [{ id }]: [{ id: number }] = await this.unitOfWork.manager.query(
      `INSERT INTO calendar_feeds (tenant_id, calendar_id, detail, include_private, token_hash, created_by_key_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [this.tenant.id, calendarId, detail, includePrivate, tokenHash, createdByKeyId, createdAt],
    );
    return id;
  }

  async remove(id: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, id });
  }

  /** Removes the feeds of all calendars of a user. */
  async removeThoseOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM calendar_feeds f USING calendars c
        WHERE f.tenant_id = $1 AND c.tenant_id = $1 AND c.id = f.calendar_id AND c.user_id = $2`,
      [this.tenant.id, userId],
    );
  }

  private get repository(): Repository<CalendarFeed> {
    return this.unitOfWork.repository(this.feeds);
  }
}
