import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ChangePurge } from '../../../src/changes/purge/change-purge.js';
import { settledTransactions } from '../../support/changes/settled-transactions.js';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { syncedList, synchronize, told } from '../../support/client/incremental-list.js';
import { addCalendar, primaryCalendarOf, shareWithTenant } from '../../support/client/sharing.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const START = { start_date: '2126-03-04T09:00:00Z', duration: 3_600 };
const EXPIRED = { status: 410, code: 'sync_token_expired' };

let application: TestApplication;
let anyone: Client;
let key: Client;
let users = 0;

beforeAll(async () => {
  application = await startTestApplication({ AUTH_MODE: 'optional' });
  anyone = new Client(application.url);
  key = await addKey(application, 1);
});
afterAll(async () => application.close());
beforeEach(() => {
  users += 1;
});

/** A user without a password, for whom a caller without a token acts. */
async function open(): Promise<Account> {
  const [id] = await createUsers(anyone, 1);
  return { client: anyone, id } as Account;
}

async function invite({ client, id }: Account, invited: Account, fields: object): Promise<number> {
  const event = { title: 'Meeting', organizer_user_id: id, invited_user_ids: [invited.id], ...START };
  return (await client.create('/events', { ...event, ...fields })).body.id;
}

const listOf = ({ id }: Account): string => `/users/${id}/events`;
const titles = async (path: string): Promise<string[]> => told(await syncedList(anyone, path));
const since = async (path: string, token: string): Promise<string[]> =>
  told(await syncedList(anyone, path, token));

async function setPassword({ id }: Account, fields: object = { password: PASSWORD }): Promise<void> {
  const { status } = await anyone.send('PATCH', `/users/${id}`, fields);
  expect(status).toBe(200);
}

/** Deletes a second calendar of the organizer, which has an event with the user of the list. The tenant sees nothing of it. */
async function afterDeletion(organizer: Account, invited: Account): Promise<{ id: number; told: string[] }> {
  const calendar = await addCalendar(organizer, 'Second');
  await shareWithTenant(organizer.client, calendar, 'none');
  const id = await invite(organizer, invited, { calendar_id: calendar });
  const { token } = await syncedList(anyone, listOf(invited));
  const { status } = await organizer.client.send('DELETE', `/calendars/${calendar}?events=delete`);
  expect(status).toBe(204);
  return { id, told: await since(listOf(invited), token) };
}

describe('the copy of a caller without a token', () => {
  let ann: Account;
  let bob: Account;

  /** Ann has an event with Bob, in a calendar of which the tenant sees nothing. */
  beforeEach(async () => {
    [ann, bob] = [await open(), await open()];
    const calendar = await primaryCalendarOf(ann);
    await shareWithTenant(anyone, calendar, 'none');
    await invite(ann, bob, { metadata: { case: '42' } });
  });

  test.each<[string, (user: Account) => Promise<unknown>]>([
    ['gets a first password', async (user) => setPassword(user)],
    ['is deleted', async ({ id }) => anyone.delete(`/users/${id}`)],
    [
      'gets a first password from an instance of the version before',
      async ({ id }) =>
        query(
          application.database.url,
          `UPDATE users SET password_hash = 'a hash', protected = true WHERE id = ${id}`,
        ),
    ],
  ])('begins again after the organizer of an event %s', async (_, protect) => {
    const lists = [listOf(bob), listOf(ann), `/calendars/${await primaryCalendarOf(ann)}/events`];
    const tokens = [];
    for (const list of lists) {
      expect(await titles(list)).toEqual(['Meeting 1']);
      tokens.push((await syncedList(anyone, list)).token);
    }
    await protect(ann);
    for (const [index, list] of lists.entries())
      expect(await synchronize(anyone, list, tokens[index])).toMatchObject(EXPIRED);
    const { token, items } = await syncedList(anyone, listOf(bob));
    expect(items).toEqual([]);
    expect(await since(listOf(bob), token)).toEqual([]);
  });

  test('begins again in the middle of its first list', async () => {
    await invite(bob, ann, {});
    const first = await anyone.send('GET', `${listOf(bob)}?sync_token=&limit=1`);
    const [, next] = /<([^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    await setPassword(ann);
    const { pathname, search } = new URL(next ?? '', application.url);
    const second = await anyone.send('GET', `${pathname}${search}`);
    expect(second).toMatchObject({ status: 410, body: { code: 'sync_token_expired' } });
  });

  test('begins again also after the log has lost the change', async () => {
    const { token } = await syncedList(anyone, listOf(bob));
    await setPassword(ann);
    const { url } = application.database;
    await query(url, `UPDATE account_protections SET at = at - interval '401 days'`);
    await application.app.get(ChangePurge).purge();
    expect(await query(url, 'SELECT FROM account_protections')).toEqual([]);
    await settledTransactions(url);
    expect(await synchronize(anyone, listOf(bob), token)).toMatchObject(EXPIRED);
  });

  test('continues after all other changes of accounts', async () => {
    const { token } = await syncedList(anyone, listOf(bob));
    await open();
    const eve = await signUp(anyone, `eve${users}`);
    const changed = { password: `${PASSWORD} again`, current_password: PASSWORD };
    expect((await eve.client.send('PATCH', `/users/${eve.id}`, changed)).status).toBe(200);
    await setPassword(bob, { name: 'Bob' });
    expect(await since(listOf(bob), token)).toEqual([]);
  });

  test('is the only one that a first password ends', async () => {
    const eve = await signUp(anyone, `eve${users}`);
    const callers = [eve.client, key, key.as(bob.id)];
    const tokens = await Promise.all(
      callers.map(async (client) => (await syncedList(client, listOf(bob))).token),
    );
    await setPassword(ann);
    for (const [index, client] of callers.entries())
      expect(await synchronize(client, listOf(bob), tokens[index])).toMatchObject({ status: 200 });
  });
});

describe('a calendar that is deleted', () => {
  test('takes events from the copy if a caller without a token may act for its user', async () => {
    const deleted = await afterDeletion(await open(), await signUp(anyone, `bob${users}`));
    expect(deleted.told).toEqual([`${deleted.id} removed`]);
  });

  test('is named in no form if its user has a password', async () => {
    const deleted = await afterDeletion(await signUp(anyone, `ann${users}`), await open());
    expect(deleted.told).toEqual([]);
  });
});
