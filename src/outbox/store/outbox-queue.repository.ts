import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { MessageStatus, OutboxMessage } from '../model/outbox-message.js';
import type { Blocked, DueMessage } from '../model/runs.js';

/** The due messages that a worker may take. */
export interface DueSearch {
  readonly topic: string;
  readonly now: Date;
  /** The search begins with the first lane after this one. */
  readonly afterLane: string;
  readonly limit: number;
  /** The messages under way in each lane. */
  readonly busy: Readonly<Record<string, number>>;
  readonly atOnceOfLane: number;
  readonly run: number;
  readonly fullSecondLanes: readonly string[];
}

/** The state of a leased message, to be stored. */
export interface StoredAttempt {
  readonly message: Pick<OutboxMessage, 'tenantId' | 'id'>;
  readonly leasedUntil: Date;
  readonly status: MessageStatus;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly endedAt: Date | null;
  /** What the attempt brought; null: no attempt was made. */
  readonly outcome: { readonly statusCode: number | null; readonly error: string | null } | null;
}

/** `m`: a message that no attempt has ended. */
const PENDING = `m.topic = $1 AND m.status = 'pending'`;

/** The condition of the index by lanes, as well. */
const IN_LANE = `${PENDING} AND m.lane <> ''`;

/**
 * The search visits the lanes in the order of the index, so that a lane with many messages costs no more than one with
 * few. PostgreSQL visits no further lane once it has found enough messages.
 */
const LOCK_DUE = `WITH RECURSIVE lanes (lane) AS (
      (SELECT m.lane FROM outbox_messages m -- all tenants
        WHERE ${IN_LANE} AND m.lane > $3 ORDER BY m.lane LIMIT 1)
      UNION ALL
      SELECT (SELECT m.lane FROM outbox_messages m -- all tenants
               WHERE ${IN_LANE} AND m.lane > lanes.lane ORDER BY m.lane LIMIT 1)
        FROM lanes WHERE lanes.lane IS NOT NULL)
    SELECT due.tenant_id AS "tenantId", due.id::double precision AS id, due.key, due.group_key AS "groupKey", due.lane,
           due.second_lane AS "secondLane", due.payload, due.attempts + 1 AS attempts, due.created_at AS "createdAt",
           previous.id::double precision AS "previousId", previous.due_at AS "previousDueAt"
      FROM lanes
     CROSS JOIN LATERAL (
           SELECT m.* FROM outbox_messages m -- all tenants
            WHERE ${IN_LANE} AND m.lane = lanes.lane AND m.next_attempt_at <= $2
              AND (m.second_lane IS NULL OR m.second_lane <> ALL ($8::text[]))
            ORDER BY m.next_attempt_at, m.id
            LIMIT greatest(0, $6::integer - coalesce(($5::jsonb ->> lanes.lane)::integer, 0)) * $7::integer
              FOR UPDATE SKIP LOCKED) due
      LEFT JOIN LATERAL (
           SELECT m.id, CASE WHEN m.leased_until IS NULL AND m.next_attempt_at > $2 THEN m.next_attempt_at END AS due_at
             FROM outbox_messages m
            WHERE ${PENDING} AND m.tenant_id = due.tenant_id AND m.group_key = due.group_key AND m.id < due.id
            ORDER BY m.id DESC LIMIT 1) previous ON true
     WHERE lanes.lane IS NOT NULL LIMIT $4`;

const LEASE = `UPDATE outbox_messages m SET attempts = m.attempts + 1, next_attempt_at = $3, leased_until = $3
      FROM unnest($1::integer[], $2::bigint[]) AS row (tenant_id, id)
     WHERE m.tenant_id = row.tenant_id AND m.id = row.id`;

const RECORD = `UPDATE outbox_messages m
       SET status = row.status, attempts = row.attempts, next_attempt_at = row.next_attempt_at, leased_until = NULL,
           ended_at = row.ended_at,
           last_status_code = CASE WHEN row.attempted THEN row.status_code ELSE m.last_status_code END,
           last_error = CASE WHEN row.attempted THEN row.error ELSE m.last_error END
      FROM unnest($1::integer[], $2::bigint[], $3::timestamptz[], $4::text[], $5::integer[], $6::timestamptz[],
                  $7::timestamptz[], $8::boolean[], $9::integer[], $10::text[])
           AS row (tenant_id, id, leased_until, status, attempts, next_attempt_at, ended_at, attempted, status_code, error)
     WHERE m.tenant_id = row.tenant_id AND m.id = row.id AND m.leased_until = row.leased_until
    RETURNING m.id::double precision AS id`;

/**
 * The messages of all tenants, for workers. PostgreSQL makes a new plan for each statement: a plan for an outbox that is
 * empty would read all of one that has filled since.
 */
@Injectable()
export class OutboxQueueRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Locks due messages. Other instances skip them until the transaction ends. */
  async lockDue(search: DueSearch): Promise<DueMessage[]> {
    const { topic, now, afterLane, limit, busy, atOnceOfLane, run, fullSecondLanes } = search;
    // The statistics of a queue are those of its usual, empty state. With them, PostgreSQL would read and sort all
    // messages for each message.
    await this.unitOfWork.manager.query('SET LOCAL enable_sort = off');
    const values = [topic, now, afterLane, limit, JSON.stringify(busy), atOnceOfLane, run, fullSecondLanes];
    return this.unitOfWork.manager.query(LOCK_DUE, values);
  }

  /** Leases locked messages. A message whose attempt is not recorded is due again at `until`. Counts as an attempt. */
  async lease(messages: readonly OutboxMessage[], until: Date): Promise<void> {
    const [tenantIds, ids] = [messages.map(({ tenantId }) => tenantId), messages.map(({ id }) => id)];
    await this.unitOfWork.manager.query(LEASE, [tenantIds, ids, until]);
  }

  /** Makes locked messages due later. */
  async defer(blocked: readonly Blocked[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE outbox_messages m SET next_attempt_at = row.until
         FROM unnest($1::integer[], $2::bigint[], $3::timestamptz[]) AS row (tenant_id, id, until)
        WHERE m.tenant_id = row.tenant_id AND m.id = row.id`,
      [
        blocked.map(({ message }) => message.tenantId),
        blocked.map(({ message }) => message.id),
        blocked.map(({ until }) => until),
      ],
    );
  }

  /** Records attempts on messages whose lease is still the one of the attempt. @returns the ids of these messages */
  async record(attempts: readonly StoredAttempt[]): Promise<Set<number>> {
    const [rows]: [{ id: number }[], number] = await this.unitOfWork.manager.query(RECORD, [
      attempts.map(({ message }) => message.tenantId),
      attempts.map(({ message }) => message.id),
      attempts.map(({ leasedUntil }) => leasedUntil),
      attempts.map(({ status }) => status),
      attempts.map((attempt) => attempt.attempts),
      attempts.map(({ nextAttemptAt }) => nextAttemptAt),
      attempts.map(({ endedAt }) => endedAt),
      attempts.map(({ outcome }) => outcome !== null),
      attempts.map(({ outcome }) => outcome?.statusCode ?? null),
      attempts.map(({ outcome }) => outcome?.error ?? null),
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** When the next message that is not due yet is due; null: there is none. */
  async nextDueAfter(topic: string, now: Date): Promise<Date | null> {
    const rows: { nextAttemptAt: Date }[] = await this.unitOfWork.manager.query(
      `SELECT m.next_attempt_at AS "nextAttemptAt" FROM outbox_messages m -- all tenants
        WHERE ${PENDING} AND m.next_attempt_at > $2 ORDER BY m.next_attempt_at LIMIT 1`,
      [topic, now],
    );
    return rows[0]?.nextAttemptAt ?? null;
  }

  /** Removes at most `limit` messages that ended before an instant, but those that another instance removes. @returns their number */
  async removeEnded(topic: string, before: Date, limit: number): Promise<number> {
    const [, count]: [unknown, number] = await this.unitOfWork.manager.query(
      `DELETE FROM outbox_messages WHERE (tenant_id, id) IN (
              SELECT m.tenant_id, m.id FROM outbox_messages m -- all tenants
               WHERE m.topic = $1 AND m.status <> 'pending' AND m.ended_at < $2
               ORDER BY m.ended_at LIMIT $3 FOR UPDATE SKIP LOCKED)`,
      [topic, before, limit],
    );
    return count;
  }
}
