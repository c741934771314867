import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { StandingAssignment } from '../model/fair-order.js';

/** A meeting that a round robin gives to a user. */
export interface NewAssignment extends Pick<StandingAssignment, 'userId' | 'startAt' | 'memberIds'> {
  readonly eventId: number;
}

/** The latest assignments, which one read returns. A hundred members have fewer in four weeks. */
const MOST_ASSIGNMENTS = 10_000;

interface Row {
  readonly userId: number;
  readonly startAt: Date;
  /** Milliseconds with their fraction. */
  readonly assignedAt: number;
  readonly memberIds: number[];
}

/** Reads and writes the meetings that round robins have given to users. */
@Injectable()
export class RoundRobinAssignmentsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * The assignments of users that stand: the event is neither deleted nor cancelled, and the user still attends it and has not
   * declined. In the order in which they were made.
   * @param since the earliest start
   */
  async standing(userIds: readonly number[], since: Date): Promise<StandingAssignment[]> {
    if (userIds.length === 0) return [];
    const rows: Row[] = await this.unitOfWork.manager.query(
      `SELECT r.user_id AS "userId", r.start_at AS "startAt", r.member_ids AS "memberIds",
              (extract(epoch FROM r.assigned_at) * 1000)::double precision AS "assignedAt"
         FROM round_robin_assignments r
         JOIN events e ON e.tenant_id = r.tenant_id AND e.id = r.event_id AND e.status = 'confirmed'
         JOIN attendees a ON a.tenant_id = r.tenant_id AND a.event_id = r.event_id AND a.user_id = r.user_id
                         AND a.status <> 'declined'
        WHERE r.tenant_id = $1 AND r.user_id = ANY ($2) AND r.start_at >= $3
        ORDER BY r.assigned_at DESC LIMIT ${MOST_ASSIGNMENTS}`,
      [this.tenant.id, userIds, since],
    );
    return rows.toReversed().map(({ userId, startAt, assignedAt, memberIds }) => ({
      userId,
      startAt: startAt.getTime(),
      assignedAt,
      memberIds,
    }));
  }

  async removeOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'DELETE FROM round_robin_assignments WHERE tenant_id = $1 AND user_id = $2',
      [this.tenant.id, userId],
    );
  }

  async add(assignments: readonly NewAssignment[]): Promise<void> {
    for (const { eventId, userId, memberIds, startAt } of assignments) {
      await this.unitOfWork.manager.query(
        `INSERT INTO round_robin_assignments (tenant_id, event_id, user_id, member_ids, start_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [this.tenant.id, eventId, userId, memberIds, new Date(startAt)],
      );
    }
  }
}
