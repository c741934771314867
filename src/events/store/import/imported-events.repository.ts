import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { ImportedSeries } from '../../model/commands.js';
import type { EventFields } from '../../model/event-record.js';

/** An arbitrary number. The number and the id of the user name an advisory lock of the database. */
const LOCK_OF_IMPORTS = 1_764_250;

/** The fields of an event that its overrides and its organizer decide. */
export type FieldsOfParts = Pick<EventFields, 'span' | 'secondPasses' | 'foreignOrganizer'>;

/** Changes the parts of events that files have. */
@Injectable()
export class ImportedEventsRepository {
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

  /** Sets the fields that the overrides and the organizer decide. The version stays. */
  async setFieldsOfParts(
    eventId: number,
    { span, secondPasses, foreignOrganizer }: FieldsOfParts,
  ): Promise<void> {
    await this.run(
      `UPDATE events SET span = $3, second_passes = $4, foreign_organizer = $5 WHERE tenant_id = $1 AND id = $2`,
      [eventId, span, secondPasses && JSON.stringify(secondPasses), foreignOrganizer],
    );
  }

  /** Makes the owner the organizer, or an attendee with this participation. An attendee keeps the invite. */
  async setOwner(eventId: number, userId: number, owner: ImportedSeries['owner']): Promise<void> {
    await this.run(
      `UPDATE attendees
          SET status = $4, role = $5, comment = $6, occurrences_status = NULL, updated_at = now(),
              invite_id = CASE WHEN $4 <> 'organizer' THEN coalesce(invite_id, nextval('invite_ids')) END
        WHERE tenant_id = $1 AND event_id = $2 AND user_id = $3 AND (status, role, comment)
              IS DISTINCT FROM ($4, $5, $6)`,
      [eventId, userId, owner?.status ?? 'organizer', owner?.role ?? 'required', owner?.comment ?? null],
    );
  }

  /** Removes what a file gave an event: the guests that it names, overrides, the answers of the owner, and content. */
  async removeParts(eventId: number, userId: number): Promise<void> {
    await this.run('DELETE FROM guests WHERE tenant_id = $1 AND event_id = $2 AND imported_as IS NOT NULL', [
      eventId,
    ]);
    await this.run('DELETE FROM occurrence_overrides WHERE tenant_id = $1 AND event_id = $2', [eventId]);
    await this.run('DELETE FROM occurrence_answers WHERE tenant_id = $1 AND event_id = $2 AND user_id = $3', [
      eventId,
      userId,
    ]);
    await this.run('DELETE FROM event_contents WHERE tenant_id = $1 AND event_id = $2', [eventId]);
  }

  private async run(sql: string, values: readonly unknown[]): Promise<void> {
    await this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
