import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** SQL: raises the floor of the tenant to the newest transaction among `removed`, and counts these. */
const RAISE_FLOOR = `
  raised AS (
    INSERT INTO change_floors (tenant_id, xid) SELECT $1, max(xid) FROM removed HAVING max(xid) IS NOT NULL
    ON CONFLICT (tenant_id) DO UPDATE SET xid = greatest(change_floors.xid, EXCLUDED.xid))
  SELECT count(*)::integer AS count FROM removed`;

/** SQL: removes the rows of the events as they were before the changes in `removed`. */
const PREVIOUS_ROWS = `
  previous AS (
    DELETE FROM event_previous_rows p USING removed r
     WHERE p.tenant_id = $1 AND p.event_id = r.event_id AND p.xid = r.xid)`;

/** Removes old changes from the log of a tenant, a batch at a time. Two instances may do so at the same time. */
@Injectable()
export class ChangePurgeRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The tenants that have changes. */
  async tenants(): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      `SELECT DISTINCT tenant_id AS id FROM event_changes -- all tenants
        UNION SELECT DISTINCT tenant_id FROM grant_changes -- all tenants
        UNION SELECT DISTINCT tenant_id FROM account_protections -- all tenants`,
    );
    return rows.map(({ id }) => id);
  }

  /** Removes the oldest changes from before an instant. @returns how many */
  async removeChanges(before: Date, limit: number): Promise<number> {
    return this.count(
      `WITH oldest AS (
         SELECT sequence, at FROM event_changes WHERE tenant_id = $1 ORDER BY sequence LIMIT $3),
       removed AS (
         DELETE FROM event_changes
          WHERE tenant_id = $1 AND sequence IN (SELECT sequence FROM oldest WHERE at < $2)
         RETURNING event_id, xid),
       ${PREVIOUS_ROWS}, ${RAISE_FLOOR}`,
      [before, limit],
    );
  }

  /** Removes changes of access from before an instant. @returns how many */
  async removeAccessChanges(
    table: 'grant_changes' | 'account_protections',
    before: Date,
    limit: number,
  ): Promise<number> {
    return this.count(
      `WITH oldest AS (
         SELECT sequence, at FROM ${table} WHERE tenant_id = $1 ORDER BY sequence LIMIT $3),
       removed AS (
         DELETE FROM ${table}
          WHERE tenant_id = $1 AND sequence IN (SELECT sequence FROM oldest WHERE at < $2)
         RETURNING xid),
       ${RAISE_FLOOR}`,
      [before, limit],
    );
  }

  /**
   * Removes the previous rows of events that were deleted in the 60 days before an instant: the rows of earlier ones are gone.
   * The changes themselves stay.
   * @returns how many rows
   */
  async removeRowsOfDeleted(before: Date, limit: number): Promise<number> {
    return this.count(
      `WITH removed AS (
         DELETE FROM event_previous_rows p
          WHERE p.tenant_id = $1 AND (p.event_id, p.xid, p.part, p.key) IN (
                SELECT o.event_id, o.xid, o.part, o.key
                  FROM event_changes d
                  JOIN event_previous_rows o ON o.tenant_id = d.tenant_id AND o.event_id = d.event_id
                 WHERE d.tenant_id = $1 AND d.kind = 'deleted' AND d.at < $2 AND d.at > $2::timestamptz - interval '60 days' LIMIT $3)
         RETURNING p.xid),
       ${RAISE_FLOOR}`,
      [before, limit],
    );
  }

  private async count(statement: string, values: readonly unknown[]): Promise<number> {
    const [{ count }] = await this.unitOfWork.manager.query(statement, [this.tenant.id, ...values]);
    return count;
  }
}
