import type { NewEvent, NewUser } from '../../../clients/typescript/src/schema.js';
import { SCOPES } from '../../../src/access/scope.js';
import { newApiKeyText } from '../../../src/api-keys/model/api-key-text.js';
import { newKeyRow } from '../../../src/api-keys/model/new-key-row.js';
import { ApiKeysRepository } from '../../../src/api-keys/store/api-keys.repository.js';
import { PASSWORD } from '../client/account.js';
import { Client } from '../client/client.js';
import { query } from '../database/data-directory.js';
import type { TestApplication } from '../service/application.js';
import { inTenant } from '../service/callers-context.js';

/** A tenant, with a key that has all scopes. */
export interface TestTenant {
  readonly id: number;
  readonly backend: Client;
}

/** Adds a tenant with its first key. */
export async function addTenant(application: TestApplication, name: string): Promise<TestTenant> {
  const [row] = await query<{ id: number }>(
    application.database.url,
    `INSERT INTO tenants (name) VALUES ('${name}') RETURNING id`,
  );
  const { id } = row;
  return { id, backend: await addKey(application, id) };
}

/** Adds a key with all scopes to a tenant, as the command for the first key does. */
export async function addKey({ app, url }: TestApplication, tenantId: number): Promise<Client> {
  const text = newApiKeyText();
  const key = newKeyRow(text, {
    tenantId,
    name: 'first',
    scopes: SCOPES,
    createdByKeyId: null,
    createdAt: new Date(),
    expiresAt: null,
  });
  await inTenant(app, async () => app.get(ApiKeysRepository, { strict: false }).add(key), tenantId);
  return new Client(url).with(text);
}

/** A kind of object that a request can name by its id. */
export type Kind =
  | 'user'
  | 'guest'
  | 'attendee'
  | 'room'
  | 'other room'
  | 'event'
  | 'invite'
  | 'calendar'
  | 'grant'
  | 'api key'
  | 'webhook subscription'
  | 'feed'
  | 'hold'
  | 'calendar subscription';

/** Objects of one tenant: an organizer, a second calendar of theirs with a grant to another user, their series of 2126, an invite to it, a key, and a webhook subscription with one delivery. */
export type Objects = Readonly<Record<Kind, number>>;

export const SERIES = {
  title: 'Stand-up',
  start_date: '2126-03-04T09:00:00Z',
  duration: 3_600,
  repeat: { frequency: 'daily', count: 5 },
} satisfies Partial<NewEvent>;

/** A window with the occurrences of the series. */
export const SERIES_WINDOW = 'from=2126-03-01T00:00:00Z&to=2126-04-01T00:00:00Z';

let users = 0;

/** Creates a user with a password. */
export async function addPerson(backend: Client, fields: Partial<NewUser> = {}): Promise<Person> {
  return addUser(backend, { password: PASSWORD, ...fields });
}

/** Creates a user without a password. */
export async function addGuest(backend: Client): Promise<Person> {
  return addUser(backend, {});
}

async function addUser(backend: Client, fields: Partial<NewUser>): Promise<Person> {
  users += 1;
  const email = `person${users}@example.com`;
  const { body } = await backend.create('/users', { name: 'person', email, ...fields });
  return { id: body.id, email };
}

async function addRoom(backend: Client): Promise<number> {
  return (await backend.create('/rooms', { name: 'room' })).body.id;
}

export interface Person {
  readonly id: number;
  readonly email: string;
}

/** Creates an event of the organizer, with an invite of another user, and a key. */
export async function addObjects(backend: Client, organizerId: number, invitedId: number): Promise<Objects> {
  const { body: event } = await backend.create('/events', {
    ...SERIES,
    organizer_user_id: organizerId,
    invited_user_ids: [invitedId],
  });
  const { body: key } = await backend.create('/api-keys', { name: 'second', scopes: ['events.read'] });
  const invite = event.attendees[1]?.invite_id as number;
  const guest = await addGuest(backend);
  const { body: calendar } = await backend.create(`/users/${organizerId}/calendars`, { name: 'Second' });
  const { body: grant } = await backend.create(`/calendars/${calendar.id}/grants`, {
    grantee: { type: 'user', user_id: invitedId },
    role: 'reader',
  });
  const subscription = await addSubscription(backend, organizerId);
  const { body: feed } = await backend.create(`/calendars/${calendar.id}/feeds`, { detail: 'busy' });
  const [room, other] = [await addRoom(backend), await addRoom(backend)];
  return {
    user: organizerId,
    guest: guest.id,
    room,
    'other room': other,
    attendee: invitedId,
    event: event.id,
    invite,
    calendar: calendar.id,
    grant: grant.id,
    'api key': key.id,
    'webhook subscription': subscription,
    feed: feed.id,
    hold: await addHold(backend, [organizerId, invitedId], room),
    'calendar subscription': await addCalendarSubscription(backend, organizerId),
  };
}

/** Adds a webhook subscription with one delivery. Of the former ones of the user, only the first stays, since a user has few. */
async function addSubscription(backend: Client, userId: number): Promise<number> {
  const { body: known } = await backend.get('/webhook-subscriptions?limit=1000');
  const own = (known as { id: number; user_id: number | null }[]).filter(({ user_id: id }) => id === userId);
  for (const { id } of own.slice(1)) await backend.delete(`/webhook-subscriptions/${id}`);
  const { body } = await backend.create('/webhook-subscriptions', {
    url: 'https://93.184.216.34/hook',
    types: ['event.created'],
    user_id: userId,
  });
  await backend.post(`/webhook-subscriptions/${body.id}:test`);
  return body.id;
}

/** Each hold is of an hour of its own. */
let heldHours = 0;

async function addHold(backend: Client, userIds: readonly number[], roomId: number): Promise<number> {
  heldHours += 1;
  const start = new Date(Date.UTC(2127, 0, 1, heldHours)).toISOString();
  const members = { user_ids: [...userIds], room_ids: [roomId] };
  const { body } = await backend.create('/holds', {
    start_date: start,
    duration: '1h',
    expires_in: '1h',
    ...members,
  });
  return body.id;
}

/** Adds a calendar subscription. Of the former ones of the user, only the first stays, since a user has few. */
async function addCalendarSubscription(backend: Client, userId: number): Promise<number> {
  const path = `/users/${userId}/calendar-subscriptions` as const;
  const { body: known } = await backend.get(path);
  for (const { id } of known.slice(1)) await backend.delete(`/calendar-subscriptions/${id}`);
  return (await backend.create(path, { url: 'https://93.184.216.34/calendar.ics' })).body.id;
}

/**
 * Every row of a tenant as text, after the name of its table. Without the time of the last use of a key, and without
 * attempts, which count for a network address in all tenants.
 */
export async function rowsOf({ database }: TestApplication, tenantId: number): Promise<string[]> {
  const tables = await query<{ name: string }>(
    database.url,
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_name <> 'login_attempts'`,
  );
  const rows = tables.map(
    ({ name }) =>
      `SELECT '${name} ' || (to_jsonb(t) - 'last_used_at')::text AS row FROM ${name} t WHERE tenant_id = ${tenantId}`,
  );
  const found = await query<{ row: string }>(database.url, `${rows.join(' UNION ALL ')} ORDER BY 1`);
  return found.map(({ row }) => row);
}

/** Lets the ids of each kind begin at a large number of its own, so that no other number of a response looks like one. */
export async function beginIdsAt({ database }: TestApplication, first: number): Promise<void> {
  const sequences = [
    'users_id_seq',
    'events_id_seq',
    'invite_ids',
    'api_keys_id_seq',
    'calendars_id_seq',
    'calendar_grants_id_seq',
    'webhook_subscriptions_id_seq',
    'calendar_feeds_id_seq',
    'holds_id_seq',
    'calendar_subscriptions_id_seq',
  ];
  const restarts = sequences.map(
    (name, index) => `ALTER SEQUENCE ${name} RESTART WITH ${first + index * IDS_OF_KIND};`,
  );
  await query(database.url, restarts.join(''));
}

const IDS_OF_KIND = 1_000_000;
