import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, type GrantedAccess, share, shareWithTenant } from '../../support/client/sharing.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const grantsOf = async (client: Client, id: number) =>
  (await client.get(`/calendars/${id}/grants`)).body.map(({ grantee, role, sees_private }) => [
    grantee.user_id ?? 'tenant',
    sees_private ? `${role}+` : role,
  ]);

describe('the first password of a user', () => {
  let application: TestApplication;
  let anyone: Client;
  let eve: Account;
  let bob: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    eve = await signUp(anyone, 'eve');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => application.close());

  test.each<[GrantedAccess, GrantedAccess]>([
    ['owner+', 'reader'],
    ['writer', 'reader'],
    ['reader+', 'reader'],
    ['free_busy_reader', 'free_busy_reader'],
    ['none', 'none'],
  ])('ends the grants that any client could make: %s of the tenant becomes %s', async (before, after) => {
    const [id] = await createUsers(anyone, 1);
    const calendar = await addCalendar({ ...eve, id, client: anyone }, 'Open');
    await share(anyone, calendar, eve.id, 'owner');
    await share(anyone, calendar, bob.id, 'none');
    await shareWithTenant(anyone, calendar, before);
    const { body } = await anyone.patch(`/users/${id}`, { password: PASSWORD });
    const own = (await logIn(anyone, body.email)).client;
    expect(await grantsOf(own, calendar)).toEqual([
      ['tenant', after],
      [bob.id, 'none'],
    ]);
    expect((await eve.client.patch(`/calendars/${calendar}`, { name: 'Taken' })).status).not.toBe(200);
  });

  test('is followed by others, which end no grant', async () => {
    const fay = await signUp(anyone, 'fay');
    const calendar = await addCalendar(fay, 'Shared');
    await share(fay.client, calendar, eve.id, 'writer');
    const { status } = await fay.client.patch(`/users/${fay.id}`, {
      password: 'another horse battery',
      current_password: PASSWORD,
    });
    expect(status).toBe(200);
    expect((await eve.client.get(`/calendars/${calendar}`)).body.role).toBe('writer');
  });
});
