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
   * Leases due subscriptions, at most `limit`. Tenants take turns, and those of a tenant that wait longest are first. No other
   * instance gets them before `until`; if this instance is killed, they are due again then.
   * @param running the fetches of each tenant that run here; with the new ones, a tenant has at most `limitOfTenant`
   */
  async lease(
    now: Date,
    until: Date,
    limit: number,
    running: ReadonlyMap<number, number>,
    limitOfTenant: number,
  ): Promise<LeasedSubscription[]> {
    const [rows]: [LeasedSubscription[], number] = await this.unitOfWork.manager.query(
      `WITH due AS (
         SELECT tenant_id, id, coalesce(here.fetches, 0)
                + row_number() OVER (PARTITION BY tenant_id ORDER BY next_fetch_at, id) AS turn
           FROM calendar_subscriptions -- all tenants
           LEFT JOIN unnest($4::integer[], $5::integer[]) AS here (tenant_id, fetches) USING (tenant_id)
          WHERE next_fetch_at <= $1
       ), chosen AS (
         SELECT c.tenant_id, c.id
           FROM calendar_subscriptions c JOIN due ON due.tenant_id = c.tenant_id AND due.id = c.id
          WHERE c.next_fetch_at <= $1 AND due.turn <= $6
          ORDER BY due.turn, c.next_fetch_at LIMIT $3 FOR UPDATE OF c SKIP LOCKED
       )
       UPDATE calendar_subscriptions s SET next_fetch_at = $2, leased_until = $2
         FROM chosen
        WHERE s.tenant_id = chosen.tenant_id AND s.id = chosen.id
       RETURNING s.tenant_id AS "tenantId", s.id, s.user_id AS "userId", s.calendar_id AS "calendarId", s.url, s.etag,
                 s.last_modified AS "lastModified", s.content_digest AS "contentDigest", s.refresh_interval AS "refreshInterval",
                 s.last_success_at AS "lastSuccessAt", s.failures, s.leased_until AS "leasedUntil"`,
      [now, until, limit, [...running.keys()], [...running.values()], limitOfTenant],
    );
    return rows;
  }

  /** When the next subscription of a tenant that is none of these is due; null: there is none. */
  async nextDueAt(exceptTenantIds: readonly number[]): Promise<Date | null> {
    const [row]: { nextFetchAt: Date }[] = await this.unitOfWork.manager.query(
      `SELECT next_fetch_at AS "nextFetchAt" FROM calendar_subscriptions -- all tenants
        WHERE tenant_id <> ALL ($1) ORDER BY next_fetch_at LIMIT 1`,
      [exceptTenantIds],
    );
    return row?.nextFetchAt ?? null;
  }

  /** Makes a lease last until a later moment. @returns whether it still held: the subscription is there, with the same address */
  async renew({ id, leasedUntil, url }: Lease, until: Date): Promise<boolean> {
    const [rows]: [unknown[], number] = await this.unitOfWork.manager.query(
      `UPDATE calendar_subscriptions SET next_fetch_at = $5, leased_until = $5
        WHERE tenant_id = $1 AND id = $2 AND leased_until = $3 AND url = $4
       RETURNING id`,
      [this.tenant.id, id, leasedUntil, url, until],
    );
    return rows.length > 0;
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
}
