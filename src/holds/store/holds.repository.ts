import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { HoldCreator } from '../model/hold.policy.js';
import { type HoldRecord, heldIdsOf } from '../model/hold-record.js';

/** An arbitrary number. The number and the creator of holds name an advisory lock of the database. */
const LOCK_OF_CREATOR = 1_764_261;

const COLUMNS = `
  id, user_ids AS "userIds", room_ids AS "roomIds", start_at AS "startAt", end_at AS "endAt",
  created_by_user_id AS "createdByUserId", created_by_key_id AS "createdByKeyId", event_id AS "eventId",
  created_at AS "createdAt", expires_at AS "expiresAt",
  event_id IS NULL AND expires_at > statement_timestamp() AS "isOpen"`;

/** SQL of a condition: the hold was open at the begin of the statement. */
const IS_OPEN = 'event_id IS NULL AND expires_at > statement_timestamp()';

/** SQL of a condition: `$2` and `$3` created the hold, a person, a key or neither. */
const IS_OF_CREATOR =
  'created_by_user_id IS NOT DISTINCT FROM $2::integer AND created_by_key_id IS NOT DISTINCT FROM $3::integer';

/** A hold to create. */
export interface NewHoldRow
  extends HoldCreator,
    Pick<HoldRecord, 'userIds' | 'roomIds' | 'startAt' | 'endAt'> {
  /** Seconds. */
  readonly expiresIn: number;
}

/** Which holds a caller sees. */
export interface HoldsShown {
  /** Those of this person; null: of nobody. */
  readonly userId: number | null;
  /** Whether the list has those of the keys. */
  readonly ofKeys: boolean;
}

/** Reads and writes holds. The clock of the database alone decides which are open. */
@Injectable()
export class HoldsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** @param lock whether other transactions that lock the hold wait until this one ends */
  async withId(id: number, lock = false): Promise<HoldRecord | null> {
    const rows = await this.query<HoldRecord>(
      `SELECT ${COLUMNS} FROM holds WHERE tenant_id = $1 AND id = $2 ${lock ? 'FOR UPDATE' : ''}`,
      [id],
    );
    return rows.at(0) ?? null;
  }

  /** Open holds, by id. @param after the id before the first one; 0: none */
  async open({ userId, ofKeys }: HoldsShown, after: number, limit: number): Promise<HoldRecord[]> {
    return this.query<HoldRecord>(
      `SELECT ${COLUMNS} FROM holds
        WHERE tenant_id = $1 AND ${IS_OPEN} AND id > $4
          AND (created_by_user_id = $2::integer OR created_by_user_id IS NULL AND ($3 OR created_by_key_id IS NULL))
        ORDER BY id LIMIT $5`,
      [userId, ofKeys, after, limit],
    );
  }

  /** All kept holds that a user created, by id. */
  async createdBy(userId: number, after: number, limit: number): Promise<HoldRecord[]> {
    return this.query<HoldRecord>(
      `SELECT ${COLUMNS} FROM holds
        WHERE tenant_id = $1 AND created_by_user_id = $2 AND id > $3 ORDER BY id LIMIT $4`,
      [userId, after, limit],
    );
  }

  /** Makes other transactions that lock the holds of this creator wait until this one ends. */
  async lockCreator({ createdByUserId, createdByKeyId }: HoldCreator): Promise<void> {
    // Persons and keys have ids of their own sequences; a negative number is a key.
    const creator = createdByUserId ?? -(createdByKeyId ?? 0);
    await this.unitOfWork.manager.query('SELECT pg_catalog.pg_advisory_xact_lock($1::integer, $2::integer)', [
      LOCK_OF_CREATOR,
      creator,
    ]);
  }

  /** The open holds of a creator. */
  async countOpen({ createdByUserId, createdByKeyId }: HoldCreator): Promise<number> {
    const [{ count }] = await this.query<{ readonly count: number }>(
      `SELECT count(*)::integer AS count FROM holds WHERE tenant_id = $1 AND ${IS_OF_CREATOR} AND ${IS_OPEN}`,
      [createdByUserId, createdByKeyId],
    );
    return count;
  }

  /** Adds a hold that takes the time of all its users and rooms from now on. */
  async add(row: NewHoldRow): Promise<HoldRecord> {
    const [hold] = await this.query<HoldRecord>(
      `INSERT INTO holds (tenant_id, created_by_user_id, created_by_key_id, user_ids, room_ids, start_at, end_at,
                          created_at, expires_at)
       SELECT $1, $2, $3, $4::integer[], $5::integer[], $6, $7, moment, moment + make_interval(secs => $8)
         FROM statement_timestamp() AS moment
       RETURNING ${COLUMNS}`,
      [
        row.createdByUserId,
        row.createdByKeyId,
        row.userIds,
        row.roomIds,
        row.startAt,
        row.endAt,
        row.expiresIn,
      ],
    );
    await this.takeTime(hold.id);
    return hold;
  }

  /** Lets a hold end a number of seconds from now, unless it ends later, or the hold would last too long. */
  async extend(id: number, expiresIn: number, maxSeconds: number): Promise<HoldRecord | null> {
    const [rows] = await this.unitOfWork.manager.query<[HoldRecord[], number]>(
      `UPDATE holds SET expires_at = greatest(expires_at, statement_timestamp() + make_interval(secs => $3))
        WHERE tenant_id = $1 AND id = $2
          AND statement_timestamp() + make_interval(secs => $3) <= created_at + make_interval(secs => $4)
        RETURNING ${COLUMNS}`,
      [this.tenant.id, id, expiresIn, maxSeconds],
    );
    const hold = rows.at(0);
    if (hold === undefined) return null;
    await this.takeTime(id);
    return hold;
  }

  /** Ends the time that a hold takes in the running transaction, so that the hold is in no conflict with the event of its creator. */
  async release(id: number): Promise<void> {
    await this.query('DELETE FROM hold_members WHERE tenant_id = $1 AND hold_id = $2', [id]);
  }

  /** Notes the event that confirmed a hold, after `release`. */
  async confirm(hold: HoldRecord, eventId: number): Promise<void> {
    await this.query('UPDATE holds SET event_id = $3 WHERE tenant_id = $1 AND id = $2', [hold.id, eventId]);
    await this.noteEnd(hold);
  }

  async remove(hold: HoldRecord): Promise<void> {
    await this.query('DELETE FROM holds WHERE tenant_id = $1 AND id = $2', [hold.id]);
    await this.noteEnd(hold);
  }

  /** Removes the holds that a user created, and those that take time of the user. */
  async removeThoseOf(userId: number): Promise<void> {
    await this.query(
      `DELETE FROM holds
        WHERE tenant_id = $1
          AND (created_by_user_id = $2 OR id IN (SELECT hold_id FROM hold_members WHERE tenant_id = $1 AND user_id = $2))`,
      [userId],
    );
  }

  /** Takes the time of all users and rooms of a hold until its end. The removal of expired holds may have the rows of one that is extended. */
  private async takeTime(id: number): Promise<void> {
    await this.query(
      `INSERT INTO hold_members (tenant_id, user_id, hold_id, span, expires_at)
       SELECT DISTINCT tenant_id, unnest(user_ids || room_ids) AS user_id, id, tstzrange(start_at, end_at), expires_at
         FROM holds WHERE tenant_id = $1 AND id = $2 ORDER BY user_id
       ON CONFLICT (tenant_id, user_id, hold_id) DO UPDATE SET expires_at = EXCLUDED.expires_at`,
      [id],
    );
  }

  /** Spares reads the look for the hold that has ended. At the end of a transaction, since it locks rows for which others wait. */
  private async noteEnd(hold: HoldRecord): Promise<void> {
    // The first parameter is the tenant.
    await this.query('SELECT lower_held_until($1, $2) -- tenant_id', [heldIdsOf(hold)]);
  }

  private async query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
