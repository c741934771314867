import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { idsBy, SWEPT_OPERATIONS } from '../../support/tenants/swept-operations.js';
import { addKey, addObjects, type Objects, rowsOf } from '../../support/tenants/tenant.js';

/** The operations that name objects. Those by external id serve a key, and no person. */
const NAMING = Object.entries(SWEPT_OPERATIONS).flatMap(([name, operation]) =>
  operation && Object.keys(operation.ids).length > 0 && !name.includes('/by-external-id/')
    ? [{ name, ...operation }]
    : [],
);
const isRead = (name: string) => name.startsWith('GET ') || name.startsWith('POST /events:find-');
const READING = NAMING.filter(({ name }) => isRead(name) && !name.endsWith(':export'));
/** A stranger may hold the time of a user. */
const REFUSED = NAMING.filter(({ name }) => name !== 'POST /holds');

describe.each(['public', 'private'])('a key that acts as a user, about %s events', (visibility) => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  /** Objects of Ann. Bob is invited, and Eve is not. */
  let objects: Objects;

  beforeAll(async () => {
    // The clock stands still, so that no background work changes rows between two comparisons.
    application = await startTestApplication(
      { WEBHOOK_DISPATCH: 'off', CALENDAR_FETCH: 'off' },
      new TestClock(),
    );
    const nobody = new Client(application.url);
    backend = await addKey(application, DEFAULT_TENANT_ID);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    eve = await signUp(nobody, 'eve');
    objects = await addObjects(backend, ann.id, bob.id);
    await backend.send('PATCH', `/events/${objects.event}`, { visibility });
  });
  afterAll(async () => application.close());

  /** What the user's own token, the header and an exchanged token get for the same request about Ann's objects. */
  async function responses(operation: (typeof NAMING)[number], { id, client }: Account): Promise<unknown[]> {
    const { name, ids, request } = operation;
    const named = Object.entries(ids).map(([field, kind]) => [field, objects[kind]]);
    const { path, body } = request(idsBy(operation, Object.fromEntries(named), null));
    const { body: token } = await backend.post('/auth/token-exchange', { user_id: id });
    const found: unknown[] = [];
    for (const caller of [client, backend.as(id), client.with(token.access_token)]) {
      const { status, headers, body: shown } = await caller.send(name.split(' ')[0], path, body);
      found.push({ status, etag: headers.get('etag'), body: shown });
    }
    return found;
  }

  test.each(REFUSED)('gets what a stranger gets, and changes nothing: $name', async (operation) => {
    const before = await rowsOf(application, DEFAULT_TENANT_ID);
    const [own, ...delegated] = await responses(operation, eve);
    for (const response of delegated) expect(response).toEqual(own);
    if (isRead(operation.name)) return;
    expect(own).toMatchObject({ status: expect.any(Number), body: { code: expect.any(String) } });
    expect(await rowsOf(application, DEFAULT_TENANT_ID)).toEqual(before);
  });

  test.each(READING)('reads what the organizer and an attendee read: $name', async (operation) => {
    for (const user of [ann, bob]) {
      const [own, ...delegated] = await responses(operation, user);
      for (const response of delegated) expect(response).toEqual(own);
    }
  });
});
