import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type RandomCreation, randomCreation } from '../../support/changes/random-creations.js';
import { Client } from '../../support/client/client.js';
import { PROPERTY_RUNS, printedSeed } from '../../support/core/seed.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';
import { addKey } from '../../support/tenants/tenant.js';

/** The statements of creations by calendars in memory. */
const STATEMENTS = ['create_events', 'create_events_read_changes', 'create_events_read_conflicts'].flatMap(
  (name) => [name, `${name}_with_reminders`],
);

/** Those that read changes alone are rare: all events behind conflicts have to be in memory. */
const FREQUENT = STATEMENTS.filter((name) => !name.includes('changes'));

/** A nightly run may make more. */
const CREATIONS = PROPERTY_RUNS / 10;

const ENVIRONMENT = { REMINDER_DISPATCH: 'off', WEBHOOK_DISPATCH: 'off' };

const USERS = [
  {},
  { time_zone: 'Europe/Berlin' },
  { time_zone: 'America/New_York' },
  { double_booking: 'reject' },
  {
    time_zone: 'Asia/Tokyo',
    default_reminders: [
      { minutes_before: 10, method: 'log' },
      { minutes_before: 600, method: 'log' },
    ],
  },
  {},
] as const;

const TIMES = /"(created_at|updated_at)":"[^"]*"/g;

/** The rows that a creation writes, without the times and the transactions in them. */
const ROWS = {
  events: `SELECT to_jsonb(e) AS row FROM events e ORDER BY id`,
  attendees: `SELECT to_jsonb(a) AS row FROM attendees a ORDER BY event_id, user_id`,
  event_texts: 'SELECT to_jsonb(t) AS row FROM event_texts t ORDER BY event_id, original_start',
  event_changes: `
    SELECT jsonb_build_object('event', event_id, 'version', version, 'kind', kind, 'user', user_id, 'key', api_key_id) AS row
      FROM event_changes ORDER BY sequence`,
  event_previous_rows: `SELECT to_jsonb(p) - '{xid}'::text[] AS row FROM event_previous_rows p ORDER BY event_id, part, key`,
  pending_reminders: `SELECT to_jsonb(p) - '{due_from}'::text[] AS row FROM pending_reminders p ORDER BY event_id, user_id, minutes_before`,
  calendar_versions: `SELECT jsonb_build_object('user', user_id, 'entries', entries) AS row FROM calendar_versions ORDER BY user_id`,
};

/** A service with a database of its own, and the same users and key as the other ones. */
class World {
  private constructor(
    readonly application: TestApplication,
    readonly anonymous: Client,
    readonly key: Client,
    readonly statements: SentStatements,
  ) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<World> {
    const application = await startTestApplication({ ...ENVIRONMENT, ...environment });
    const statements = new SentStatements(application);
    const anonymous = new Client(application.url);
    for (const [index, fields] of USERS.entries()) {
      const named = { name: `User ${index}`, email: `user${index}@example.com` };
      await anonymous.create('/users', { ...named, ...fields });
    }
    return new World(application, anonymous, await addKey(application, 1), statements);
  }

  /** The response to a creation, without the times in it. */
  async create({ organizer, invited, fields }: RandomCreation, caller: number): Promise<string> {
    const clients = [this.anonymous, this.key, this.key.as(organizer + 1)];
    const { status, body } = await clients[caller % clients.length].send('POST', '/events', {
      organizer_user_id: organizer + 1,
      invited_user_ids: invited.map((place) => place + 1),
      ...fields,
    });
    return `${status} ${withoutTimes(body)}`;
  }

  async send(method: string, path: string, body: object): Promise<string> {
    const response = await this.key.send(method, path, body);
    return `${response.status} ${withoutTimes(response.body)}`;
  }

  async rows(table: keyof typeof ROWS): Promise<string[]> {
    const rows = await query<{ row: object }>(this.application.database.url, ROWS[table]);
    return rows.map(({ row }) => withoutTimes(row));
  }
}

function withoutTimes(value: unknown): string {
  return JSON.stringify(value).replaceAll(TIMES, '"$1":""');
}

/** A change beside the creations. */
type Change = readonly [method: string, path: string, body: object];

function changeOf(value: number): Change {
  const user = 1 + (value % USERS.length);
  const changes: Change[] = [
    ['PATCH', `/users/${user}`, { double_booking: value % 2 === 0 ? 'reject' : 'allow' }],
    ['PATCH', `/users/${user}`, { time_zone: value % 2 === 0 ? 'UTC' : 'Asia/Tokyo', name: `Name ${value}` }],
    ['PATCH', `/calendars/${user}`, { counts_as_busy: value % 5 > 0 }],
    [
      'PATCH',
      `/calendars/${user}`,
      { default_reminders: value % 2 === 0 ? null : [{ minutes_before: 5, method: 'log' }] },
    ],
    [
      'PATCH',
      `/users/${user}`,
      {
        away: value % 3 === 0 ? [] : [{ from: `2126-01-0${1 + (value % 7)}`, to: `2126-01-1${value % 10}` }],
      },
    ],
    ['PATCH', `/events/${1 + value}`, { show_as: 'busy', duration: 3_600 }],
    ['PATCH', `/events/${1 + value}`, { status: 'cancelled' }],
    ['DELETE', `/events/${1 + value}`, {}],
    ['POST', `/event-invites/${1 + value}:accept`, {}],
    ['POST', `/event-invites/${1 + value}:decline`, {}],
  ];
  return changes[value % changes.length];
}

describe('events that are created by calendars in memory', () => {
  let direct: World;
  let general: World;

  beforeAll(async () => {
    direct = await World.start({});
    general = await World.start({ CALENDAR_CACHE_MB: '0' });
  });
  afterAll(async () => {
    await direct.application.close();
    await general.application.close();
  });

  test('have the responses and the rows of those that are created by the database', async () => {
    const seed = printedSeed('equal creations');
    const creations = fc.sample(fc.tuple(randomCreation(USERS.length), fc.nat(400)), {
      seed,
      numRuns: CREATIONS,
    });
    direct.statements.take();
    for (const [creation, value] of creations) {
      const [expected, found] = [await general.create(creation, value), await direct.create(creation, value)];
      expect({ creation, value, found }).toEqual({ creation, value, found: expected });
      if (value % 3 > 0) continue;
      const change = changeOf(value);
      expect({ change, found: await direct.send(...change) }).toEqual({
        change,
        found: await general.send(...change),
      });
    }
    const sent = direct.statements.take();
    for (const name of FREQUENT)
      expect([name, sent.filter((each) => each === name).length > CREATIONS / 50]).toEqual([name, true]);
    for (const name of general.statements.take()) expect(STATEMENTS).not.toContain(name);
    for (const table of Object.keys(ROWS) as (keyof typeof ROWS)[])
      expect({ table, rows: await direct.rows(table) }).toEqual({ table, rows: await general.rows(table) });
  }, 300_000);
});
