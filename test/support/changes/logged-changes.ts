import { query } from '../database/data-directory.js';

/** A row of the log of changes. */
export interface LoggedRow {
  readonly eventId: number;
  readonly kind: string;
  readonly userId: number | null;
  readonly byKey: boolean;
  /** The number of the previous rows of the event. */
  readonly rows: number;
}

/** Reads what work adds to the log of changes. */
export class LoggedChanges {
  constructor(private readonly databaseUrl: string) {}

  /** The rows that the work added, in their order. */
  async of(work: () => Promise<unknown>): Promise<LoggedRow[]> {
    const [{ last }] = await query<{ last: string }>(
      this.databaseUrl,
      'SELECT coalesce(max(sequence), 0) AS last FROM event_changes',
    );
    await work();
    return query<LoggedRow>(
      this.databaseUrl,
      `SELECT c.event_id AS "eventId", c.kind, c.user_id AS "userId", c.api_key_id IS NOT NULL AS "byKey",
              (SELECT count(*)::integer FROM event_previous_rows p
                WHERE p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid) AS rows
         FROM event_changes c WHERE c.sequence > ${last} ORDER BY c.sequence`,
    );
  }
}
