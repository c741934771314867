import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source-options.js';
import { runMigrations } from '../../src/database/run-migrations.js';
import { copyLines } from '../bulk/copy-lines.js';
import { withoutKeys } from '../bulk/without-keys.js';
import { type EventRow, USER_IDS, zoneOf } from './dataset.js';

const ROWS_IN_STATEMENT = 20_000;

interface NewRow extends EventRow {
  readonly id: number;
  readonly calendarId: number;
}

/** Creates a database on the server, empty or as a copy. @returns its address */
export async function newDatabase(serverUrl: string, name: string, template = 'template1'): Promise<string> {
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Executes statements, each in a transaction of its own. */
export async function execute(url: string, ...statements: readonly string[]): Promise<void> {
  const client = await connected(url);
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
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
  await client.query(`SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'`);
  await withoutKeys(client, ['events', 'attendees'], async () => {
    // The log and the texts of the events take no part.
    await client.query('SET session_replication_role = replica');
    const calendars = await calendarsOfUsers(client);
    const { rows: last } = await client.query<{ id: number }>(
      'SELECT coalesce(max(id), 0) AS id FROM events',
    );
    let { id } = last[0];
    let rows: NewRow[] = [];
    for (const event of inTurn(calendarOf)) {
      id += 1;
      const own = calendars.get(event.organizerId) ?? [];
      rows.push({ ...event, id, calendarId: own[Math.floor(id / USER_IDS.length) % own.length] });
      if (rows.length === ROWS_IN_STATEMENT) {
        await copy(client, rows);
        rows = [];
      }
    }
    await copy(client, rows);
    await client.query(`SELECT setval(pg_get_serial_sequence('events', 'id'), $1)`, [id]);
    await client.query('SET session_replication_role = origin');
  });
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

async function calendarsOfUsers(client: Client): Promise<Map<number, readonly number[]>> {
  const { rows } = await client.query<{ userId: number; ids: number[] }>(
    'SELECT user_id AS "userId", array_agg(id ORDER BY id) AS ids FROM calendars GROUP BY user_id',
  );
  return new Map(rows.map(({ userId, ids }) => [userId, ids]));
}

async function copy(client: Client, rows: readonly NewRow[]): Promise<void> {
  await copyLines(
    client,
    'events (id, organizer_id, title, time_zone, start, duration, rrule, span)',
    rows.map(({ id, organizerId, timeZone, start, duration, rrule, span }) => {
      return [id, organizerId, 'Planning', timeZone, start, duration, rrule, span];
    }),
  );
  await copyLines(
    client,
    'attendees (event_id, user_id, span, status, calendar_id)',
    rows.map(({ id, organizerId, span, calendarId }) => [id, organizerId, span, 'organizer', calendarId]),
  );
}
