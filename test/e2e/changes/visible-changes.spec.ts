import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { syncedList, synchronize, told } from '../../support/client/incremental-list.js';
import {
  addCalendar,
  grantOfTenant,
  primaryCalendarOf,
  share,
  shareWithTenant,
} from '../../support/client/sharing.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey, addPerson, addTenant } from '../../support/tenants/tenant.js';

const START = { start_date: '2126-03-04T09:00:00Z', duration: 3_600 };
const EXPIRED = { status: 410, code: 'sync_token_expired' };
const MISMATCH = { status: 400, code: 'sync_token_mismatch' };

let application: TestApplication;
let anyone: Client;
let key: Client;
let ann: Account;
let bob: Account;
let eve: Account;
let list: string;
let users = 0;

beforeAll(async () => {
  application = await startTestApplication();
  anyone = new Client(application.url);
  key = await addKey(application, 1);
});
afterAll(async () => application.close());

beforeEach(async () => {
  users += 1;
  ann = await signUp(anyone, `ann${users}`);
  bob = await signUp(anyone, `bob${users}`);
  eve = await signUp(anyone, `eve${users}`);
  list = `/users/${ann.id}/events`;
});

async function add(title: string, fields: object = {}, { client, id } = ann): Promise<number> {
  const { body } = await client.create('/events', { title, organizer_user_id: id, ...START, ...fields });
  return body.id;
}

async function keyWith(...scopes: ('changes.read' | 'events.read' | 'act_as')[]): Promise<Client> {
  const { body } = await key.create('/api-keys', { name: 'narrow', scopes });
  return anyone.with(body.key);
}

const since = async (client: Client, token: string, path = list) =>
  told(await syncedList(client, path, token));

describe('a reader of a calendar', () => {
  let calendar: number;

  beforeEach(async () => {
    calendar = await primaryCalendarOf(ann);
    await shareWithTenant(ann.client, calendar, 'free_busy_reader');
    await share(ann.client, calendar, bob.id, 'reader');
  });

  test('gets what the reader sees in full, and neither private nor busy-only events', async () => {
    await add('Public');
    await add('Private', { visibility: 'private' });
    expect(told(await syncedList(bob.client, list))).toEqual(['Public 1']);
    const { token } = await syncedList(eve.client, list);
    expect(told(await syncedList(eve.client, list))).toEqual([]);
    await add('Another');
    expect(await since(eve.client, token)).toEqual([]);
  });

  test('loses an event that is private now, and never hears of one that was never public', async () => {
    const [turned, hidden] = [await add('Turned'), await add('Hidden', { visibility: 'private' })];
    const { token } = await syncedList(bob.client, list);
    await ann.client.patch(`/events/${turned}`, { visibility: 'private' });
    await ann.client.patch(`/events/${hidden}`, { title: 'Still hidden' });
    const unseen = await add('Unseen', { visibility: 'private' });
    const removed = await syncedList(bob.client, list, token);
    expect(told(removed)).toEqual([`${turned} removed`]);
    for (const id of [turned, hidden, unseen]) await ann.client.delete(`/events/${id}`);
    expect(await since(bob.client, removed.token)).toEqual([]);
    expect(await since(bob.client, token)).toEqual([`${turned} removed`]);
  });

  test('gets an event that is public now, and one that was public for a moment as removed', async () => {
    const [opened, flashed] = [
      await add('Opened', { visibility: 'private' }),
      await add('Flashed', { visibility: 'private' }),
    ];
    const { token } = await syncedList(bob.client, list);
    await ann.client.patch(`/events/${opened}`, { visibility: 'public' });
    await ann.client.patch(`/events/${flashed}`, { visibility: 'public' });
    await ann.client.patch(`/events/${flashed}`, { visibility: 'private' });
    expect(await since(bob.client, token)).toEqual(['Opened 2', `${flashed} removed`]);
  });

  test('loses an event that moved into a hidden calendar', async () => {
    const hidden = await addCalendar(ann, 'Hidden');
    await shareWithTenant(ann.client, hidden, 'none');
    const id = await add('Moved');
    const { token } = await syncedList(bob.client, list);
    await ann.client.patch(`/users/${ann.id}/events/${id}`, { calendar_id: hidden });
    expect(await since(bob.client, token)).toEqual([`${id} removed`]);
  });

  test('has to begin again after a change of the grant, and no other viewer has to', async () => {
    await add('Public');
    const path = `/calendars/${calendar}/events`;
    const viewers = [ann, eve].map(({ client }) => client);
    const tokens = await Promise.all(viewers.map(async (client) => (await syncedList(client, list)).token));
    const ofUser = (await syncedList(bob.client, list)).token;
    const ofCalendar = (await syncedList(bob.client, path)).token;
    const { body: grants } = await ann.client.get(`/calendars/${calendar}/grants`);
    const grant = grants.find(({ grantee }) => grantee.user_id === bob.id)?.id as number;
    await ann.client.patch(`/calendars/${calendar}/grants/${grant}`, { role: 'writer' });
    expect(await synchronize(bob.client, list, ofUser)).toMatchObject(EXPIRED);
    expect(await synchronize(bob.client, path, ofCalendar)).toMatchObject(EXPIRED);
    for (const [index, client] of viewers.entries())
      expect(await synchronize(client, list, tokens[index])).toMatchObject({ status: 200 });
    expect((await syncedList(bob.client, list)).items).toHaveLength(1);
  });

  test('has to begin again after the grant of the tenant changed, unless a grant of their own hides it', async () => {
    const [ofBob, ofEve] = [await syncedList(bob.client, list), await syncedList(eve.client, list)];
    await ann.client.patch(`/calendars/${calendar}/grants/${await grantOfTenant(ann.client, calendar)}`, {
      role: 'reader',
    });
    expect(await synchronize(bob.client, list, ofBob.token)).toMatchObject({ status: 200 });
    expect(await synchronize(eve.client, list, ofEve.token)).toMatchObject(EXPIRED);
  });

  test('has to begin again after the grant ended, also if the calendar is hidden then', async () => {
    await shareWithTenant(ann.client, calendar, 'none');
    const path = `/calendars/${calendar}/events`;
    const { token } = await syncedList(bob.client, path);
    const { body: grants } = await ann.client.get(`/calendars/${calendar}/grants`);
    const grant = grants.find(({ grantee }) => grantee.user_id === bob.id)?.id as number;
    await ann.client.delete(`/calendars/${calendar}/grants/${grant}`);
    expect(await synchronize(bob.client, path, token)).toMatchObject(EXPIRED);
    expect((await synchronize(bob.client, path)).status).toBe(404);
  });

  test('may continue after a change of a grant on a calendar without events of the list', async () => {
    await add('Public');
    const { token } = await syncedList(bob.client, list);
    const other = await primaryCalendarOf(eve);
    await share(eve.client, other, bob.id, 'reader');
    expect(await synchronize(bob.client, list, token)).toMatchObject({ status: 200 });
  });

  test.each(['delete', 'move'])(
    'loses the events of a deleted calendar that is emptied by %s, and its token holds',
    async (events) => {
      const second = await addCalendar(ann, 'Second');
      await share(ann.client, second, eve.id, 'reader');
      const id = await add('Shared', { calendar_id: second });
      const { token } = await syncedList(eve.client, list);
      const own = await syncedList(ann.client, list);
      const { status } = await ann.client.send('DELETE', `/calendars/${second}?events=${events}`);
      expect(status).toBe(204);
      expect(await since(eve.client, token)).toEqual([`${id} removed`]);
      expect(await since(ann.client, own.token)).toEqual([
        events === 'delete' ? `${id} removed` : 'Shared 2',
      ]);
    },
  );

  test('no more sees an event of an organizer who left, but attends what the reader is invited to', async () => {
    const id = await add('Private', { visibility: 'private', invited_user_ids: [bob.id] });
    const { token, items } = await syncedList(bob.client, list);
    expect(told({ items })).toEqual(['Private 1']);
    await ann.client.patch(`/events/${id}`, { invited_user_ids: [] });
    expect(await since(bob.client, token)).toEqual([`${id} removed`]);
  });
});

describe('a token is bound', () => {
  test('to its list, its parameters and its viewer', async () => {
    await add('Public');
    const { token } = await syncedList(ann.client, list, '', '&max_attendees=1');
    const calendar = `/calendars/${await primaryCalendarOf(ann)}/events`;
    expect(await synchronize(ann.client, list, token, '&max_attendees=1')).toMatchObject({ status: 200 });
    expect(await synchronize(ann.client, list, token, '&max_attendees=1&limit=7')).toMatchObject({
      status: 200,
    });
    expect(await synchronize(ann.client, list, token)).toMatchObject(MISMATCH);
    expect(await synchronize(ann.client, list, token, '&max_attendees=2')).toMatchObject(MISMATCH);
    expect(await synchronize(ann.client, calendar, token, '&max_attendees=1')).toMatchObject(MISMATCH);
    const ofBob = `/users/${bob.id}/events`;
    expect(await synchronize(ann.client, ofBob, token, '&max_attendees=1')).toMatchObject(MISMATCH);
    for (const other of [bob.client, anyone, key])
      expect(await synchronize(other, list, token, '&max_attendees=1')).toMatchObject(MISMATCH);
  });

  test('to the tenant, but not to the key of its viewer', async () => {
    const other = await addTenant(application, `tenant ${users}`);
    const { token } = await syncedList(key, '/changes');
    expect(await synchronize(other.backend, '/changes', token)).toMatchObject(MISMATCH);
    expect(await synchronize(await addKey(application, 1), '/changes', token)).toMatchObject({ status: 200 });
  });

  test('to the user as whom a key acts', async () => {
    const { token } = await syncedList(key.as(ann.id), list);
    expect(await synchronize(ann.client, list, token)).toMatchObject({ status: 200 });
    expect(await synchronize(key.as(bob.id), list, token)).toMatchObject(MISMATCH);
  });
});

describe('the changes of a tenant', () => {
  test('have every event, for keys', async () => {
    const { token } = await syncedList(key, '/changes');
    const ids = [await add('Public'), await add('Private', { visibility: 'private' })];
    expect(await since(key, token, '/changes')).toEqual(['Public 1', 'Private 1']);
    await ann.client.delete(`/events/${ids[1]}`);
    expect(await since(key, token, '/changes')).toEqual(['Public 1', `${ids[1]} removed`]);
  });

  test('have nothing of another tenant', async () => {
    const other = await addTenant(application, `tenant ${users}`);
    const { token } = await syncedList(other.backend, '/changes');
    const { id } = await addPerson(other.backend);
    await add('Ours');
    const { body } = await other.backend.create('/events', {
      title: 'Theirs',
      organizer_user_id: id,
      ...START,
    });
    expect(await since(other.backend, token, '/changes')).toEqual(['Theirs 1']);
    expect((await syncedList(key, '/changes')).items.map((item) => item.id)).not.toContain(body.id);
  });

  test('are not for persons, and need a token of the list', async () => {
    for (const client of [ann.client, key.as(ann.id)])
      expect((await client.send('GET', '/changes?sync_token=')).status).toBe(403);
    const { status, body } = await key.send('GET', '/changes');
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'sync_token' }] });
  });
});

test('a caller without a token follows a user without a password', async () => {
  const [id] = await createUsers(anyone, 1);
  const path = `/users/${id}/events`;
  const open = { client: anyone, id } as Account;
  const second = await addCalendar(open, 'Second');
  const first = await add('Open', { calendar_id: second }, open);
  const { token, items } = await syncedList(anyone, path);
  expect(told({ items })).toEqual(['Open 1']);
  const hidden = await add('Private', { visibility: 'private' }, open);
  expect(await since(anyone, token, path)).toEqual([]);
  await anyone.delete(`/events/${hidden}`);
  await anyone.delete(`/calendars/${second}?events=delete`);
  expect(await since(anyone, token, path)).toEqual([`${first} removed`]);
});

test('a key needs the scope of changes, beside that of a list', async () => {
  const [changes, events] = [await keyWith('changes.read'), await keyWith('events.read', 'act_as')];
  expect((await synchronize(changes, '/changes')).status).toBe(200);
  expect((await synchronize(await keyWith('changes.read', 'events.read'), list)).status).toBe(200);
  for (const [client, path] of [
    [changes, list],
    [events, '/changes'],
    [events, list],
    [events.as(ann.id), list],
  ] as const)
    expect(await synchronize(client, path)).toMatchObject({ status: 403, code: 'scope_missing' });
});
