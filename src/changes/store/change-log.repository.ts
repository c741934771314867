import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { LoggedChange } from '../model/logged-change.js';
import { PRESENT_EPOCH } from './change-epochs.repository.js';

/** The changes that `to` shows and `from` does not. Both are snapshots of PostgreSQL in its form. */
export interface ChangesBetween {
  readonly from: string;
  /** Null: the present. */
  readonly to: string | null;
  /** The sequence after which to begin. */
  readonly after: number;
  readonly limit: number;
}

/** A reading of the log. */
interface ReadChanges {
  /** Null: a new life of the database has begun, and its epoch has not. */
  readonly epoch: string | null;
  readonly to: string;
  /** Whether the log of a tenant has lost changes that `from` does not show. */
  readonly purged: boolean;
  readonly changes: readonly LoggedRow[];
}

/** A row of the log within JSON. */
type LoggedRow = Omit<LoggedChange, 'at'> & { readonly at: string };

const PRESENT = {
  name: 'present_of_change_log',
  text: `SELECT ${PRESENT_EPOCH} AS epoch, pg_current_snapshot()::text AS "to"`,
};

/**
 * One statement has one snapshot, so `to` shows exactly the rows that the statement sees. In the order of `sequence`, the
 * changes of one event are in the order of their commits, since they lock the row of the event.
 */
const CHANGES_BETWEEN = {
  name: 'changes_of_all_tenants',
  text: `
  WITH present AS MATERIALIZED (
    SELECT ${PRESENT_EPOCH} AS epoch, coalesce($2::pg_snapshot, pg_current_snapshot()) AS upto),
  found AS MATERIALIZED (
    SELECT c.tenant_id AS "tenantId", c.sequence, c.xid, c.event_id AS "eventId", c.kind, c.version,
           c.user_id AS "userId", c.api_key_id AS "apiKeyId", c.at
      FROM event_changes c -- all tenants
     WHERE c.xid >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint AND c.sequence > $3
       AND NOT pg_visible_in_snapshot(c.xid::text::xid8, $1::pg_snapshot)
       AND pg_visible_in_snapshot(c.xid::text::xid8, (SELECT upto FROM present))
     ORDER BY c.sequence LIMIT $4)
  SELECT present.epoch, present.upto::text AS "to",
         EXISTS (SELECT FROM change_floors -- all tenants
                  WHERE xid >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint) AS purged,
         (SELECT coalesce(json_agg(found ORDER BY found.sequence), '[]') FROM found) AS changes
    FROM present`,
};

/** Reads the log of changes of all tenants. */
@Injectable()
export class ChangeLogRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The present epoch, and a snapshot that shows all changes committed so far. */
  async present(): Promise<Pick<ReadChanges, 'epoch' | 'to'>> {
    const [present] = await this.unitOfWork.prepared<Pick<ReadChanges, 'epoch' | 'to'>>(PRESENT, []);
    return present;
  }

  async between({ from, to, after, limit }: ChangesBetween): Promise<ReadChanges> {
    const [read] = await this.unitOfWork.prepared<ReadChanges>(CHANGES_BETWEEN, [from, to, after, limit]);
    return read;
  }
}
