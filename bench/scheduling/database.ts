import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source-options.js';
import { runMigrations } from '../../src/database/run-migrations.js';
import { type EventRow, USER_IDS, zoneOf } from './dataset.js';

const ROWS_IN_STATEMENT = 20_000;

/** Creates a database on the server, empty or as a copy. @returns its address */
export async function newDatabase(serverUrl: string, name: string, template = 'template1'): Promise<string> {
  const client = await connected(serverUrl);
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Migrates the database, and creates users who work from nine to six. @param calendarsEach the primary one included */
export async function createUsers(url: string, calendarsEach = 1): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  await runMigrations(dataSource);
  await dataSource.query(
    `INSERT INTO users (id, name, email, time_zone, working_hours)
     SELECT id, 'user ' || id, 'user' || id || '@example.com', zone,
            '[{"days_of_week": [1, 2, 3, 4, 5], "from": "09:00", "to": "18:00"}]'
       FROM unnest($1::integer[], $2::text[]) AS t (id, zone)`,
    [USER_IDS, USER_IDS.map(zoneOf)],
  );
  // The service may create users, too.
  await dataSource.query(`SELECT setval(pg_get_serial_sequence('users', 'id'), $1)`, [USER_IDS.at(-1)]);
  await dataSource.query(
    `INSERT INTO calendars (user_id, name, position) SELECT id, 'Calendar ' || n, n
       FROM users, generate_series(2, $1::integer) AS n`,
    [calendarsEach],
  );
  await dataSource.destroy();
}

/** Adds events of all users, in turn to their calendars. Events of different users alternate, as in a real database. */
export async function addEvents(
  url: string,
  calendarOf: (userId: number) => Iterator<EventRow>,
): Promise<void> {
  const client = await connected(url);
  // The rows are valid by construction, and checking two million foreign keys takes minutes.
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
  await client.query('VACUUM ANALYZE');
  await client.end();
}

function* inTurn(calendarOf: (userId: number) => Iterator<EventRow>): Generator<EventRow> {
  const calendars = USER_IDS.map((id) => calendarOf(id));
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
     INSERT INTO attendees (event_id, user_id, span, status, calendar_id)
     SELECT id, organizer_id, span, 'organizer', owned.ids[1 + id / $7 % cardinality(owned.ids)]
       FROM added JOIN (SELECT user_id, array_agg(id ORDER BY id) AS ids FROM calendars GROUP BY user_id) AS owned
         ON owned.user_id = added.organizer_id`,
    [
      rows.map((row) => row.organizerId),
      rows.map((row) => row.timeZone),
      rows.map((row) => row.start),
      rows.map((row) => row.duration),
      rows.map((row) => row.rrule),
      rows.map((row) => row.span),
      USER_IDS.length,
    ],
  );
}
