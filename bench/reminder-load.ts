import type { DataSource } from 'typeorm';
import { formatCivilTime, MINUTE, SECOND } from '../src/calendar/time/civil-time.js';

const ATTENDEES = 4;
const USERS = 1_000;

/**
 * Fills the database with endless daily series. Each series has four attendees with one reminder each. All reminders
 * are due at `dueAt`, ten minutes before the start of the next occurrence.
 */
export async function fill(dataSource: DataSource, reminders: number, dueAt: number): Promise<void> {
  const start = Math.floor(dueAt / SECOND) * SECOND + 10 * MINUTE;
  await dataSource.query(
    'TRUNCATE users, events, reminder_deliveries, outbox_messages RESTART IDENTITY CASCADE',
  );
  await dataSource.query(
    `INSERT INTO users (name, email, default_reminders)
     SELECT 'user', i || '@example.com', '[{"minutes_before": 10, "method": "log"}]'
       FROM generate_series(1, $1) AS i`,
    [USERS],
  );
  await dataSource.query(
    `INSERT INTO events (organizer_id, title, time_zone, start, duration, rrule, span)
     SELECT 1 + i % $2::integer, 'Stand-up', 'UTC', $3, 3600, 'FREQ=DAILY', tstzrange($4, NULL)
       FROM generate_series(1, $1) AS i`,
    [reminders / ATTENDEES, USERS, formatCivilTime(start), new Date(start - 24 * 60 * MINUTE)],
  );
  await dataSource.query(
    `INSERT INTO attendees (event_id, user_id, span, status, invite_id)
     SELECT e.id, 1 + (e.id + seat) % $2::integer, e.span,
            CASE seat WHEN 0 THEN 'organizer' ELSE 'accepted' END,
            CASE seat WHEN 0 THEN NULL ELSE nextval('invite_ids') END
       FROM events e, generate_series(0, $1 - 1) AS seat`,
    [ATTENDEES, USERS],
  );
  await dataSource.query(
    `INSERT INTO pending_reminders (event_id, user_id, minutes_before, method, original_start, start_at, end_at, due_at)
     SELECT a.event_id, a.user_id, 10, 'log', e.start, $1::timestamptz, $1::timestamptz + interval '1 hour',
            $1::timestamptz - interval '10 minutes'
       FROM attendees a JOIN events e ON e.id = a.event_id`,
    [new Date(start)],
  );
  await dataSource.query('VACUUM ANALYZE');
}
