import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { AuthoredChange } from '../../model/changes/event-change-record.js';
import type { ChangeName } from './past-events.repository.js';

/** Finds the changes of single events and of single users. */
@Injectable()
export class EventHistoryRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The newest changes of an event, the newest first. @param before the number before which to begin; null: none */
  async newest(eventId: number, before: number | null, limit: number): Promise<ChangeName[]> {
    return this.unitOfWork.manager.query(
      `SELECT event_id AS "eventId", sequence::float8 AS sequence FROM event_changes
        WHERE tenant_id = $1 AND event_id = $2 AND ($3::bigint IS NULL OR sequence < $3::bigint)
        ORDER BY event_changes.sequence DESC LIMIT $4`,
      [this.tenant.id, eventId, before, limit],
    );
  }

  /** The changes that a user made, the oldest first. @param after the number after which to begin; 0: none */
  async madeBy(userId: number, after: number, limit: number): Promise<AuthoredChange[]> {
    return this.unitOfWork.manager.query(
      `SELECT event_id AS "eventId", sequence::float8 AS sequence, version, kind, api_key_id AS "apiKeyId", at
         FROM event_changes
        WHERE tenant_id = $1 AND user_id = $2 AND event_changes.sequence > $3
        ORDER BY event_changes.sequence LIMIT $4`,
      [this.tenant.id, userId, after, limit],
    );
  }

  /** Whether the event was deleted after an instant. */
  async wasDeletedSince(eventId: number, since: Date): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.manager.query(
      `SELECT FROM event_changes
        WHERE tenant_id = $1 AND event_id = $2 AND kind = 'deleted' AND at > $3`,
      [this.tenant.id, eventId, since],
    );
    return rows.length > 0;
  }
}
