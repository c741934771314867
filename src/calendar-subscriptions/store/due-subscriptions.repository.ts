import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { FetchFailure, LeasedSubscription } from '../model/subscription-record.js';

/** What a successful fetch leaves for the next one. */
export interface FetchedFile {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentDigest: string | null;
  /** Seconds. */
  readonly refreshInterval: number | null;
}

/** The end of a fetch. */
export interface RecordedFetch {
  readonly at: Date;
  readonly nextFetchAt: Date;
}

/** A lease ends early if the address changes. */
type Lease = Pick<LeasedSubscription, 'id' | 'leasedUntil' | 'url'>;

/** Leases due subscriptions of all tenants to this instance, and records their fetches. */
@Injectable()
export class DueSubscriptionsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Leases due subscriptions, at most `limit`, those that wait longest first. No other instance gets them before
   * `until`; if this instance is killed, they are due again then.
   */
  async lease(now: Date, until: Date, limit: number): Promise<LeasedSubscription[]> {
    const [rows]: [LeasedSubscription[], number] = await this.unitOfWork.manager.query(
      `UPDATE calendar_subscriptions s SET next_fetch_at = $2, leased_until = $2
         FROM (SELECT tenant_id, id FROM calendar_subscriptions -- all tenants
                WHERE next_fetch_at <= $1 ORDER BY next_fetch_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
        WHERE s.tenant_id = due.tenant_id AND s.id = due.id
       RETURNING s.tenant_id AS "tenantId", s.id, s.user_id AS "userId", s.calendar_id AS "calendarId", s.url, s.etag,
                 s.last_modified AS "lastModified", s.content_digest AS "contentDigest", s.refresh_interval AS "refreshInterval",
                 s.last_success_at AS "lastSuccessAt", s.failures, s.leased_until AS "leasedUntil"`,
      [now, until, limit],
    );
    return rows;
  }

  /** When the next subscription is due; null: there is none. */
  async nextDueAt(): Promise<Date | null> {
    const [row]: { nextFetchAt: Date }[] = await this.unitOfWork.manager.query(
      `SELECT next_fetch_at AS "nextFetchAt" FROM calendar_subscriptions -- all tenants
        ORDER BY next_fetch_at LIMIT 1`,
    );
    return row?.nextFetchAt ?? null;
  }

  /** Records a success, if the lease still holds. */
  async succeeded(
    { id, leasedUntil, url }: Lease,
    file: FetchedFile,
    { at, nextFetchAt }: RecordedFetch,
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE calendar_subscriptions
          SET etag = $5, last_modified = $6, content_digest = $7, refresh_interval = $10, last_attempt_at = $8, last_success_at = $8,
              failing_since = NULL, failures = 0, last_error = NULL, last_error_code = NULL, next_fetch_at = $9,
              leased_until = NULL
        WHERE tenant_id = $1 AND id = $2 AND leased_until = $3 AND url = $4`,
      [
        this.tenant.id,
        id,
        leasedUntil,
        url,
        file.etag,
        file.lastModified,
        file.contentDigest,
        at,
        nextFetchAt,
        file.refreshInterval,
      ],
    );
  }

  /** Records a failure, if the lease still holds. */
  async failed(
    { id, leasedUntil, url }: Lease,
    failure: FetchFailure,
    { at, nextFetchAt }: RecordedFetch,
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE calendar_subscriptions
          SET last_attempt_at = $5, failing_since = coalesce(failing_since, $5), failures = failures + 1,
              last_error_code = $6, last_error = $7, next_fetch_at = $8, leased_until = NULL
        WHERE tenant_id = $1 AND id = $2 AND leased_until = $3 AND url = $4`,
      [this.tenant.id, id, leasedUntil, url, at, failure.code, failure.text, nextFetchAt],
    );
  }

  /** Whether the lease still holds: the subscription is there, and its address is the same. */
  async holds({ id, leasedUntil, url }: Lease): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.manager.query(
      `SELECT FROM calendar_subscriptions
        WHERE tenant_id = $1 AND id = $2 AND leased_until = $3 AND url = $4`,
      [this.tenant.id, id, leasedUntil, url],
    );
    return rows.length > 0;
  }
}
