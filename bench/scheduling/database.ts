import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { runMigrations } from '../../src/database/run-migrations.js';
import { type EventRow, USERS, zoneOf } from './dataset.js';

const ROWS_IN_STATEMENT = 20_000;

/** A migrated database with the users, and no events. */
export async function createDatabase(url: string): Promise<Client> {
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
  const client = new Client({ connectionString: url });
  await client.connect();
  const ids = Array.from({ length: USERS }, (_, index) => index + 1);
  await client.query(
    `INSERT INTO users (id, name, email, time_zone, working_hours)
     SELECT id, 'user ' || id, 'user' || id || '@example.com', zone,
            '[{"days_of_week": [1, 2, 3, 4, 5], "from": "09:00", "to": "18:00"}]'
       FROM unnest($1::integer[], $2::text[]) AS t (id, zone)`,
    [ids, ids.map(zoneOf)],
  );
  return client;
}

/** Adds events of all users, those of different users in turn, as they come in life. */
export async function addEvents(
  client: Client,
  calendarOf: (userId: number) => Iterator<EventRow>,
): Promise<void> {
  // The rows are sound by construction, and checking each key of two million takes minutes.
  await client.query('SET session_replication_role = replica');
  let rows: EventRow[] = [];
  for (const row of inTurn(calendarOf)) {
    rows.push(row);
    if (rows.length === ROWS_IN_STATEMENT) {
      await insert(client, rows);
      rows = [];
    }
  }
  await insert(client, rows);
  await client.query('SET session_replication_role = origin');
  await client.query('VACUUM ANALYZE');
}

function* inTurn(calendarOf: (userId: number) => Iterator<EventRow>): Generator<EventRow> {
  const calendars = Array.from({ length: USERS }, (_, index) => calendarOf(index + 1));
  for (;;) {
    for (const calendar of calendars) {
      const next = calendar.next();
      if (next.done) return;
      yield next.value;
    }
  }
}

async function insert(client: Client, rows: readonly EventRow[]): Promise<void> {
  await client.query(
    `WITH added AS (
       INSERT INTO events (organizer_id, title, time_zone, start, duration, rrule, span)
       SELECT organizer_id, 'Planning', time_zone, start, duration, rrule, span::tstzrange
         FROM unnest($1::integer[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[])
              AS t (organizer_id, time_zone, start, duration, rrule, span)
       RETURNING *)
     INSERT INTO attendees (event_id, user_id, span, status)
     SELECT id, organizer_id, span, 'organizer' FROM added`,
    [
      rows.map((row) => row.organizerId),
      rows.map((row) => row.timeZone),
      rows.map((row) => row.start),
      rows.map((row) => row.duration),
      rows.map((row) => row.rrule),
      rows.map((row) => row.span),
    ],
  );
}
