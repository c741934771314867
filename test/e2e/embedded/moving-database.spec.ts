import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { Client } from '../../support/client/client.js';
import { newDataDir, query, removeDataDir, serverGone } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { runScript } from '../../support/service/child-process.js';
import { type Service, startService } from '../../support/service/service.js';

const LOGIN = { email: 'ann@example.com', password: 'correct horse battery' };
const WINDOW = 'from=2030-01-01T00:00:00Z&to=2030-02-01T00:00:00Z';

async function lists(client: Client, users: number[], token: string): Promise<unknown[]> {
  const found = await Promise.all(
    users.map(async (user) => client.with(token).get(`/users/${user}/events?expand=true&${WINDOW}`)),
  );
  return found.map(({ body }) => body);
}

/** Two users with a series, an answer, a changed occurrence and a session. @returns the lists of both, and a refresh token */
async function fill(client: Client): Promise<{ lists: unknown[]; refreshToken: string }> {
  const ann = (await client.create('/users', { name: 'Ann', ...LOGIN })).body.id;
  const { access_token, refresh_token } = (await client.post('/auth/login', LOGIN)).body;
  const bob = (await client.create('/users', { name: 'Боб\t\\N', email: 'bob@example.com' })).body.id;
  const asAnn = client.with(access_token);
  const event = await asAnn.post('/events', {
    title: 'Planning "A"\n\\.',
    start_date: '2030-01-07T10:00:00Z',
    duration: 3600,
    organizer_user_id: ann,
    invited_user_ids: [bob],
    repeat: { frequency: 'weekly' },
  });
  expect(event.status).toBe(201);
  const invite = event.body.attendees[1].invite_id;
  expect((await client.post(`/event-invites/${invite}:accept`)).status).toBe(200);
  const occurrence = `/events/${event.body.id}/occurrences/2030-01-14T10:00:00Z`;
  expect((await asAnn.patch(occurrence, { title: 'Moved' })).status).toBe(200);
  return { lists: await lists(client, [ann, bob], access_token), refreshToken: refresh_token };
}

/** The steps of the README's section "Moving to your own server". */
describe('moving from the embedded server to another one', () => {
  let dataDir: string;
  let target: TestDatabase;
  let service: Service | null;

  beforeEach(async () => {
    dataDir = await newDataDir();
    target = await createTestDatabase();
    service = null;
  });
  afterEach(async () => {
    await service?.process.end('SIGKILL');
    await serverGone(dataDir);
    await removeDataDir(dataDir);
    await target.drop();
  });

  async function start(environment: NodeJS.ProcessEnv = {}): Promise<Client> {
    service = await startService({ DATA_DIR: dataDir, ...environment });
    return new Client(service.url);
  }

  async function stop(): Promise<void> {
    await service?.process.end('SIGTERM');
    service = null;
    await serverGone(dataDir);
  }

  async function run(
    script: string,
    ...args: string[]
  ): Promise<{ code: number | null; said: string; complaint: string }> {
    const process = runScript(`scripts/${script}.js`, args, { DATA_DIR: dataDir });
    const code = await process.ended;
    return { code, said: process.output(), complaint: process.complaint() };
  }

  test('copies every row, keeps sessions and goes on with the ids', async () => {
    const before = await fill(await start());
    const url = (await run('database-url')).said.trim();
    const counts = await query<{ count: string }>(url, 'SELECT count(*) FROM attendees');
    await stop();

    const { code, said, complaint } = await run('copy-database', '--to', target.url);
    expect([code, complaint]).toEqual([0, '']);
    expect(said).toContain(`attendees: ${counts[0]?.count}\n`);
    expect(said).toMatch(/^users: 2$/m);
    expect(said).toMatch(/^events: 1$/m);
    expect(said).toMatch(
      /All rows are copied\. Set DATABASE_URL to the new address, and start the service\.\n$/,
    );

    const client = await start({ DATABASE_URL: target.url });
    const session = await client.post('/auth/refresh', { refresh_token: before.refreshToken });
    expect(session.status).toBe(200);
    expect(await lists(client, [1, 2], session.body.access_token)).toEqual(before.lists);
    const next = await client.post('/users', { name: 'Eve', email: 'eve@example.com' });
    expect([next.status, next.body.id]).toEqual([201, 3]);
  });

  test('prints the address while the service runs, and copies nothing then', async () => {
    await start();
    const { code, said } = await run('database-url');
    expect([code, (await query<{ one: number }>(said.trim(), 'SELECT 1 AS one'))[0]?.one]).toEqual([0, 1]);
    expect(await run('copy-database', '--to', target.url)).toEqual({
      code: 1,
      said: '',
      complaint: `The service uses ${dataDir}: stop it first, so that the copy misses no change.\n`,
    });
    await stop();
    expect(await run('database-url')).toEqual({
      code: 1,
      said: '',
      complaint: `No embedded PostgreSQL runs on ${dataDir}: start the service, or set DATA_DIR.\n`,
    });
  });

  test('refuses a database with rows, and leaves it as it is', async () => {
    await fill(await start());
    await stop();
    // No service runs on this database.
    await query(
      target.url,
      `INSERT INTO users (name, email, time_zone) VALUES ('Zoe', 'zoe@example.com', 'UTC')`,
    );
    const { code, complaint } = await run('copy-database', '--to', target.url);
    expect([code, complaint]).toEqual([
      1,
      'The database is not empty: users, calendars, calendar_grants, calendar_versions. Name a database without data.\n',
    ]);
    expect(await query(target.url, 'SELECT name FROM users')).toEqual([{ name: 'Zoe' }]);
    expect(await query(target.url, 'SELECT FROM events')).toEqual([]);
  });

  test('copies nothing if a row cannot be written', async () => {
    await fill(await start());
    await stop();
    const connection = new Connection({ connectionString: target.url });
    await connection.connect();
    await connection.query(`ALTER TABLE attendees ADD CONSTRAINT none CHECK (user_id < 2)`);
    await connection.end();
    expect((await run('copy-database', '--to', target.url)).code).toBe(1);
    expect(await query(target.url, 'SELECT FROM users')).toEqual([]);
  });

  test.each([
    [[], 'Name the empty database: npm run db:copy -- --to postgres://user:password@host/database\n'],
    [['--to', 'mysql://x'], '--to must have the form postgres://'],
    [['--from', 'x'], "Unknown option '--from'"],
  ])('says what is wrong with %j', async (args, complaint) => {
    const result = await run('copy-database', ...args);
    expect([result.code, result.said]).toEqual([1, '']);
    expect(result.complaint).toContain(complaint);
    expect(result.complaint).not.toMatch(/^ +at /m);
  });

  test('copies to another schema, and creates none in the source', async () => {
    await fill(await start());
    await stop();
    const variables = { DATA_DIR: dataDir, DATABASE_SCHEMA: 'other' };
    const copy = runScript('scripts/copy-database.js', ['--to', target.url], variables);
    expect(await copy.ended).toBe(0);
    expect(copy.output()).toMatch(/^users: 2$/m);
    expect(await query(target.url, 'SELECT FROM other.users')).toHaveLength(2);
    expect(await query(target.url, 'SELECT FROM public.users')).toEqual([]);
    await start();
    const { said } = await run('database-url');
    expect(await query(said.trim(), "SELECT FROM pg_namespace WHERE nspname = 'other'")).toEqual([]);
  });

  test('says so if the server cannot be reached', async () => {
    await start();
    await stop();
    const port = await bindablePort(0, '127.0.0.1');
    const { code, complaint } = await run(
      'copy-database',
      '--to',
      `postgres://a:b@127.0.0.1:${port}/calendar`,
    );
    expect([code, complaint]).toEqual([
      1,
      `The server of --to cannot be reached (connect ECONNREFUSED 127.0.0.1:${port}): check the host and the port.\n`,
    ]);
  });

  test('says so if there are no data', async () => {
    const result = await run('copy-database', '--to', target.url);
    expect(result).toEqual({
      code: 1,
      said: '',
      complaint: `${dataDir} has no data of the embedded PostgreSQL: set DATA_DIR.\n`,
    });
  });
});
