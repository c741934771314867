import { PRESENT_EPOCH } from '../store/change-epochs.repository.js';

/** SQL: whether a row of the log was written since a snapshot. @param snapshot a parameter */
export function isSince(table: string, snapshot: string): string {
  return `(${table}.xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
     AND NOT pg_visible_in_snapshot(${table}.xid::text::xid8, ${snapshot}::pg_snapshot))`;
}

/** The parameters of `positionCheck`. Null: there is no position, or no witness. */
interface PositionParameters {
  readonly snapshot: string;
  readonly witness: string;
  readonly witnessAt: string;
  readonly mark: string;
  readonly markAt: string;
}

/** SQL of a row of `PositionCheck`. `$1` is the tenant. */
export function positionCheck({ snapshot, witness, witnessAt, mark, markAt }: PositionParameters): string {
  return `
    SELECT ${PRESENT_EPOCH} AS epoch, pg_current_snapshot()::text AS snapshot,
           (SELECT json_build_object('sequence', sequence, 'at', (extract(epoch FROM at) * 1000)::bigint)
              FROM event_changes WHERE tenant_id = $1 ORDER BY sequence DESC LIMIT 1) AS newest,
           (SELECT json_build_object('sequence', sequence, 'at', (extract(epoch FROM at) * 1000)::bigint)
              FROM change_marks ORDER BY sequence DESC LIMIT 1) AS mark,
           EXISTS (SELECT FROM change_floors
                    WHERE tenant_id = $1 AND xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint) AS purged,
           coalesce(pg_snapshot_xmax(${snapshot}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()), false) AS ahead,
           (${mark}::bigint IS NOT NULL AND NOT EXISTS (
             SELECT FROM change_marks WHERE sequence = ${mark} AND at = to_timestamp(${markAt}::bigint / 1000.0))
            OR ${witness}::bigint IS NOT NULL AND NOT EXISTS (
             SELECT FROM event_changes
              WHERE tenant_id = $1 AND sequence = ${witness} AND at = to_timestamp(${witnessAt}::bigint / 1000.0))) AS unwitnessed`;
}
