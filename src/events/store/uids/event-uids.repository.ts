import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

/** An event that a user has, and its UID. */
export interface EventWithUid {
  readonly id: number;
  /** Null: that which follows from the id. */
  readonly uid: string | null;
  readonly ownerId: number;
}

/**
 * The events of a user by UID: those that the user owns, and those that the user attends. `$2` is the user, `$3` the
 * calendar within which UIDs are unique, and `$4` the UIDs.
 */
const BY_UID = `
  SELECT e.id, e.uid, e.organizer_id AS "ownerId" FROM events e
   WHERE e.tenant_id = $1 AND e.uid = ANY ($4::text[]) AND e.uid_namespace = $3
     AND (e.organizer_id = $2 OR EXISTS (
           SELECT FROM attendees a WHERE a.tenant_id = $1 AND a.event_id = e.id AND a.user_id = $2))`;

/** The same by id, for events without a UID of a file: `$5` are the ids. They are in no calendar of a subscription. */
const BY_ID = `
  SELECT e.id, e.uid, e.organizer_id AS "ownerId" FROM attendees a
    JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id AND e.uid IS NULL
   WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.event_id = ANY ($5::integer[]) AND $3 = 0`;

/** Finds events by their UIDs. */
@Injectable()
export class EventUidsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The key of the UIDs of events that no file has named. */
  async installationId(): Promise<string> {
    const [{ id }] = await this.unitOfWork.manager.query('SELECT id FROM installation_ids');
    return id as string;
  }

  /** The events of a user that have one of the UIDs, or one of the ids and no UID of a file. */
  async eventsOf(
    userId: number,
    namespace: number,
    uids: readonly string[],
    ids: readonly number[],
  ): Promise<EventWithUid[]> {
    return this.unitOfWork.manager.query(`${BY_UID} UNION ALL ${BY_ID}`, [
      this.tenant.id,
      userId,
      namespace,
      uids,
      ids,
    ]);
  }

  /** The ids of the events of a namespace of UIDs. */
  async idsIn(userId: number, namespace: number): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      `SELECT e.id FROM attendees a JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
        WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.calendar_id = $3 AND e.uid_namespace = $3 ORDER BY e.id`,
      [this.tenant.id, userId, namespace],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether a user has an event with the UID of one of these events. */
  async hasUidsOf(userId: number, eventIds: readonly number[]): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.manager.query(
      `SELECT FROM events given JOIN events own ON own.tenant_id = $1 AND own.uid = given.uid
          AND own.organizer_id = $2 AND own.uid_namespace = given.uid_namespace
        WHERE given.tenant_id = $1 AND given.id = ANY ($3) AND given.uid IS NOT NULL LIMIT 1`,
      [this.tenant.id, userId, eventIds],
    );
    return rows.length > 0;
  }
}
