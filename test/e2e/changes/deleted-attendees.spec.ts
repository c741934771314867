import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { syncedList } from '../../support/client/incremental-list.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const PAST = { start_date: '2026-01-05T09:00:00Z', duration: 3_600 };

let application: TestApplication;
let backend: Client;
let ann: Account;
let bob: Account;

beforeAll(async () => {
  application = await startTestApplication({ REMINDER_DISPATCH: 'off' });
  backend = await addKey(application, 1);
  const anyone = new Client(application.url);
  [ann, bob] = [await signUp(anyone, 'ann'), await signUp(anyone, 'bob')];
});
afterAll(async () => application.close());

test.each([
  ['accepts', ['accept']],
  ['does not answer', []],
])('copies of an event that is over lose the name of a deleted attendee who %s', async (name, answers) => {
  const carl = await signUp(new Client(application.url), `carl.${answers.length}`);
  const { body } = await ann.client.create('/events', {
    title: `With an attendee who ${name}`,
    organizer_user_id: ann.id,
    invited_user_ids: [bob.id, carl.id],
    ...PAST,
  });
  const invite = body.attendees.find(({ user }) => user?.id === carl.id)?.invite_id;
  for (const answer of answers) await carl.client.send('POST', `/event-invites/${invite}:${answer}`);
  const path = `/users/${bob.id}/events`;
  const { token } = await syncedList(bob.client, path);
  expect((await backend.delete(`/users/${carl.id}`)).status).toBe(204);
  const { items } = await syncedList(bob.client, path, token);
  expect(items.map(({ id }) => id)).toEqual([body.id]);
  expect(JSON.stringify(items)).not.toContain('carl');
  const { body: present } = await bob.client.get(`/events/${body.id}`);
  expect(items[0]).toMatchObject({ version: present.version });
});
