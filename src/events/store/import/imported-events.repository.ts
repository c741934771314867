import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { ImportedSeries } from '../../model/commands.js';

/** An arbitrary number. The number and the id of the user name an advisory lock of the database. */
const LOCK_OF_IMPORTS = 1_764_250;

/** PostgreSQL has never looked at the content of the table. */
const IS_UNKNOWN = `
  SELECT reltuples < 0 AS "isUnknown" FROM pg_catalog.pg_class WHERE oid = 'events'::pg_catalog.regclass`;

/**
 * A table that PostgreSQL looks at just then is left out. The statement has no effect for a role that does not own the tables.
 */
const ANALYSE = 'ANALYZE (SKIP_LOCKED) events, attendees, event_texts, event_contents';

/** Changes the parts of events that files have. */
@Injectable()
export class ImportedEventsRepository {
  private isAnalysed = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Makes other imports of the user wait until the transaction ends, so that they find each other's UIDs. */
  async lockImportsOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query('SELECT pg_catalog.pg_advisory_xact_lock($1::integer, $2::integer)', [
      LOCK_OF_IMPORTS,
      userId,
    ]);
  }

  /**
   * Lets PostgreSQL look at the tables of events, if it has never done so. In a new database, autovacuum does so after a
   * minute. Until then, PostgreSQL knows no difference between the indexes of `events`, and looks for the event of each new
   * row in the whole of an index. The running transaction has added some hundred events.
   */
  async analyseNewTables(): Promise<void> {
    if (this.isAnalysed) return;
    const [{ isUnknown }]: { isUnknown: boolean }[] = await this.unitOfWork.manager.query(IS_UNKNOWN);
    if (isUnknown) await this.unitOfWork.manager.query(ANALYSE);
    this.isAnalysed = !isUnknown;
  }

  /**
   * Makes the owner of each event the organizer, or an attendee with this participation. An attendee keeps the invite. One
   * statement for all events.
   */
  async setOwners(
    userId: number,
    owners: readonly { readonly eventId: number; readonly owner: ImportedSeries['owner'] }[],
  ): Promise<void> {
    await this.run(
      `UPDATE attendees a
          SET status = given.status, role = given.role, comment = given.comment, occurrences_status = NULL,
              updated_at = now(),
              invite_id = CASE WHEN given.status <> 'organizer' THEN coalesce(a.invite_id, nextval('invite_ids')) END
         FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[]) AS given (event_id, status, role, comment)
        WHERE a.tenant_id = $1 AND a.event_id = given.event_id AND a.user_id = $2
          AND (a.status, a.role, a.comment) IS DISTINCT FROM (given.status, given.role, given.comment)`,
      [
        userId,
        owners.map(({ eventId }) => eventId),
        owners.map(({ owner }) => owner?.status ?? 'organizer'),
        owners.map(({ owner }) => owner?.role ?? 'required'),
        owners.map(({ owner }) => owner?.comment ?? null),
      ],
    );
  }

  /** Removes what a file gave events: the guests that it names, overrides, the answers of the owner, and content. */
  async removeParts(eventIds: readonly number[], userId: number): Promise<void> {
    const ofEvents = 'WHERE tenant_id = $1 AND event_id = ANY ($2)';
    await this.run(`DELETE FROM guests ${ofEvents} AND imported_as IS NOT NULL`, [eventIds]);
    await this.run(`DELETE FROM occurrence_overrides ${ofEvents}`, [eventIds]);
    await this.run(`DELETE FROM occurrence_answers ${ofEvents} AND user_id = $3`, [eventIds, userId]);
    await this.run(`DELETE FROM event_contents ${ofEvents}`, [eventIds]);
  }

  private async run(sql: string, values: readonly unknown[]): Promise<void> {
    await this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
