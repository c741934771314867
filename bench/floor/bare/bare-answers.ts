import type { Pool } from 'pg';
import { DAY, HOUR, type Instant } from '../../../src/calendar/time/civil-time.js';

/** No occurrence is longer: five days, of which one may have 25 hours. So the index finds those that began before a window. */
export const LONGEST = 5 * DAY + HOUR;

/** The lengths of the windows that a search reads, one after the other. */
const SEARCHED_DAYS = [1, 7, 28, 365];

export interface Listed {
  readonly id: number;
  readonly title: string;
  readonly all_day: boolean;
  readonly start: Instant;
  readonly end: Instant;
}

export interface BareInterval {
  start: Instant;
  end: Instant;
}

export interface BareFreeBusy {
  readonly user_id: number;
  readonly busy: readonly BareInterval[];
}

export interface NewBareEvent {
  readonly title: string;
  readonly description: string;
  readonly organizer: number;
  readonly invited: readonly number[];
  readonly start: Instant;
  readonly end: Instant;
  readonly busy: boolean;
}

/** One prepared statement for each answer: the least work of a service that stores occurrences. */
export class BareAnswers {
  constructor(private readonly pool: Pool) {}

  async list(userId: number, from: Instant, to: Instant): Promise<Listed[]> {
    const { rows } = await this.pool.query<Listed>({
      name: 'list',
      text: `
        SELECT e.id, e.title, e.all_day, o.start_at AS start, o.end_at AS "end"
          FROM occurrences o JOIN events e ON e.id = o.event_id
         WHERE o.user_id = $1 AND o.start_at >= $2 AND o.start_at < $4 AND o.end_at > $3
         ORDER BY o.start_at`,
      values: [userId, from - LONGEST, from, to],
    });
    return rows;
  }

  async freeBusy(userIds: readonly number[], from: Instant, to: Instant): Promise<BareFreeBusy[]> {
    const { rows } = await this.pool.query<[user: number, start: Instant, end: Instant]>({
      name: 'free-busy',
      rowMode: 'array',
      text: `
        SELECT user_id, start_at, end_at FROM occurrences
         WHERE user_id = ANY ($1) AND start_at >= $2 AND start_at < $4 AND end_at > $3 AND busy
         ORDER BY user_id, start_at`,
      values: [userIds, from - LONGEST, from, to],
    });
    const busyOf = new Map<number, BareInterval[]>(userIds.map((id) => [id, []]));
    for (const [user, start, end] of rows)
      addTo(busyOf.get(user) ?? [], Math.max(start, from), Math.min(end, to));
    return [...busyOf].map(([user_id, busy]) => ({ user_id, busy }));
  }

  /** PostgreSQL finds the first gap that is long enough between the busy times of all users. */
  async nearest(userIds: readonly number[], from: Instant, length: number): Promise<BareInterval | null> {
    for (const days of SEARCHED_DAYS) {
      const { rows } = await this.pool.query<[start: Instant]>({
        name: 'nearest',
        rowMode: 'array',
        text: `
          SELECT free_from
            FROM (SELECT start_at AS free_until,
                         greatest($3::bigint, max(end_at) OVER (
                           ORDER BY start_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS free_from
                    FROM (SELECT start_at, end_at FROM occurrences
                           WHERE user_id = ANY ($1) AND start_at >= $2 AND start_at < $4 AND end_at > $3 AND busy
                           UNION ALL SELECT $4, $4) AS taken) AS gaps
           WHERE free_until - free_from >= $5
           ORDER BY free_from LIMIT 1`,
        values: [userIds, from - LONGEST, from, from + days * DAY, length],
      });
      if (rows.length > 0) return { start: rows[0][0], end: rows[0][0] + length };
    }
    return null;
  }

  /** One statement is one transaction. */
  async create({ title, description, organizer, invited, start, end, busy }: NewBareEvent): Promise<number> {
    const { rows } = await this.pool.query<[id: number]>({
      name: 'create',
      rowMode: 'array',
      text: `
        WITH event AS (
          INSERT INTO events (organizer_id, title, description, all_day) VALUES ($1, $2, $3, false) RETURNING id),
        attendee AS (
          INSERT INTO attendees (event_id, user_id, status)
          SELECT id, user_id, CASE WHEN user_id = $1 THEN 'organizer' ELSE 'needs_action' END
            FROM event, unnest($4::integer[]) AS user_id)
        INSERT INTO occurrences (user_id, start_at, end_at, event_id, busy)
        SELECT user_id, $5, $6, id, $7 FROM event, unnest($4::integer[]) AS user_id
        RETURNING event_id`,
      values: [organizer, title, description, [organizer, ...invited], start, end, busy],
    });
    return rows[0][0];
  }
}

/** Adds an interval that does not start before those there. Intervals that touch become one. */
function addTo(busy: BareInterval[], start: Instant, end: Instant): void {
  const last = busy.at(-1);
  if (last && start <= last.end) last.end = Math.max(last.end, end);
  else busy.push({ start, end });
}
