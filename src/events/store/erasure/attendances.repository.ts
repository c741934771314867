import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

/** The attendee is not the owner of the event. */
const IS_OF_OTHERS = `a.status <> 'organizer' AND NOT EXISTS (
  SELECT FROM events e WHERE e.tenant_id = $1 AND e.id = a.event_id AND e.organizer_id = a.user_id)`;

/** The event is of another user, and not over at `$3`. */
const MUST_GO = `${IS_OF_OTHERS} AND (upper_inf(a.span) OR upper(a.span) > $3)`;

/** The attendance is that of before the deletion: the event has not changed since, so copies of it name the user. */
const NAMES_USER = `${IS_OF_OTHERS}
  AND a.updated_at < (SELECT deleted_at FROM users WHERE tenant_id = $1 AND id = $2)`;

/** Ends the attendance of a deleted user in the events of others, many at a time. */
@Injectable()
export class AttendancesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * The events that the user attends, and that are not over, or have not changed since the deletion, or in which the user has
   * left a comment, by id.
   * @param after the id before the first one; 0: none
   */
  async eventIdsLeft(userId: number, now: Date, after: number, limit: number): Promise<number[]> {
    return this.eventIds(
      `SELECT a.event_id FROM attendees a
        WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.event_id > $4
          AND (${MUST_GO} OR ${NAMES_USER} OR a.comment IS NOT NULL OR EXISTS (
               SELECT FROM occurrence_answers x
                WHERE x.tenant_id = a.tenant_id AND x.event_id = a.event_id AND x.user_id = a.user_id
                  AND x.comment IS NOT NULL))
        ORDER BY a.event_id LIMIT $5`,
      [userId, now, after, limit],
    );
  }

  /** Locks the events, in the order of their ids. */
  async lockEvents(eventIds: readonly number[]): Promise<void> {
    await this.run('SELECT FROM events WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE', [
      eventIds,
    ]);
  }

  /**
   * Removes the user from those of the events that are not over, and erases the comments of the user in the others. Each
   * event gets a new version, so that copies of it lose the name of the user.
   * @returns the changed events
   */
  async leave(eventIds: readonly number[], userId: number, now: Date): Promise<number[]> {
    const [left] = await this.run<[{ id: number }[], number]>(
      `DELETE FROM attendees a
        WHERE a.tenant_id = $1 AND a.user_id = $2 AND ${MUST_GO} AND a.event_id = ANY ($4)
        RETURNING a.event_id AS id`,
      [userId, now, eventIds],
    );
    const [erased] = await this.run<[{ id: number }[], number]>(
      `UPDATE attendees a SET comment = NULL, updated_at = now()
        WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.event_id = ANY ($3)
          AND (a.comment IS NOT NULL OR ${NAMES_USER})
        RETURNING a.event_id AS id`,
      [userId, eventIds],
    );
    const [erasedAtOccurrences] = await this.run<[{ id: number }[], number]>(
      `UPDATE occurrence_answers SET comment = NULL, updated_at = now()
        WHERE tenant_id = $1 AND user_id = $2 AND event_id = ANY ($3) AND comment IS NOT NULL
        RETURNING event_id AS id`,
      [userId, eventIds],
    );
    const changed = [...new Set([...left, ...erased, ...erasedAtOccurrences].map(({ id }) => id))];
    await this.run(
      `UPDATE events SET version = version + 1, updated_at = now() WHERE tenant_id = $1 AND id = ANY ($2)`,
      [changed],
    );
    return changed;
  }

  async removeDeclinesOf(userId: number): Promise<void> {
    await this.run('DELETE FROM remembered_declines WHERE tenant_id = $1 AND user_id = $2', [userId]);
  }

  /** Whether the user organizes or attends an event. */
  async hasAny(userId: number): Promise<boolean> {
    const [row] = await this.run<{ found: boolean }[]>(
      `SELECT EXISTS (SELECT FROM attendees WHERE tenant_id = $1 AND user_id = $2)
           OR EXISTS (SELECT FROM events WHERE tenant_id = $1 AND organizer_id = $2) AS found`,
      [userId],
    );
    return row?.found ?? false;
  }

  private async eventIds(sql: string, values: readonly unknown[]): Promise<number[]> {
    return (await this.run<{ event_id: number }[]>(sql, values)).map(({ event_id: id }) => id);
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
