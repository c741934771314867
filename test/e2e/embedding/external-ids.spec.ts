import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, type Refusal } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';
const AT_ONCE = 8;

describe('external ids', () => {
  let application: TestApplication;
  let closed: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let made = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    closed = await startTestApplication(
      { AUTH_MODE: 'required' },
      undefined,
      undefined,
      application.database,
    );
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
  });
  afterAll(async () => {
    await closed.close();
    await application.close();
  });

  function newId(): string {
    made += 1;
    return `id-${made}`;
  }

  function event(fields: object = {}) {
    return {
      title: 'Review',
      start_date: '2026-07-01T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      ...fields,
    };
  }

  function person(fields: object = {}) {
    return { name: 'Olya', email: `${newId()}@example.com`, ...fields };
  }

  /** Creates an event or a user with this external id. */
  async function create(kind: string, externalId: string | null, client = backend, path = `/${kind}`) {
    const body = kind === 'events' ? event() : person();
    const answered = await client.send('POST', path, { ...body, external_id: externalId });
    return answered as unknown as Refusal & { body: { id: number } };
  }

  describe.each(['events', 'users'])('of %s', (kind) => {
    test('are unique, at creation and in a change', async () => {
      const id = newId();
      const first = await create(kind, id);
      expect(first.status).toBe(201);
      const refused = await create(kind, id);
      expect([refused.status, refused.body.code, refused.body.errors[0].field]).toEqual([
        409,
        'external_id_taken',
        'external_id',
      ]);
      expect(refused.body.errors[0].message).toBe(`belongs to another ${kind.slice(0, -1)}`);
      const other = await create(kind, newId());
      const changed = await backend.send('PATCH', `/${kind}/${other.body.id}`, { external_id: id });
      expect([changed.status, changed.body.code]).toEqual([409, 'external_id_taken']);
      // The own one again, and none, are no conflict.
      for (const same of [id, null]) {
        const kept = await backend.send('PATCH', `/${kind}/${first.body.id}`, { external_id: same });
        expect(kept.status).toBe(200);
      }
      expect((await create(kind, id)).status).toBe(201);
    });

    test('may be absent of any number', async () => {
      for (const none of [null, null]) expect((await create(kind, none)).status).toBe(201);
    });

    test('are taken once, however many requests come at the same time', async () => {
      const id = newId();
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, async () => create(kind, id)));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
        201,
        ...Array(AT_ONCE - 1).fill(409),
      ]);
      const others = await Promise.all(Array.from({ length: AT_ONCE }, async () => create(kind, newId())));
      const wanted = newId();
      const changes = await Promise.all(
        others.map(async ({ body }) => backend.send('PATCH', `/${kind}/${body.id}`, { external_id: wanted })),
      );
      expect(changes.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
        200,
        ...Array(AT_ONCE - 1).fill(409),
      ]);
    });

    test('are case-sensitive, and keep every character', async () => {
      const id = newId();
      for (const spelling of [id, id.toUpperCase(), `${id} `, `https://crm.example/${id}?x=1#a`])
        expect((await create(kind, spelling)).body).toMatchObject({ external_id: spelling });
    });

    test('of one kind do not take those of another', async () => {
      const id = newId();
      expect((await create('events', id)).status).toBe(201);
      expect((await create('users', id)).status).toBe(201);
    });

    test('stay as they are in a change that names none', async () => {
      const id = newId();
      const { body } = await create(kind, id);
      const named = kind === 'events' ? { title: 'Other' } : { name: 'Other' };
      const changed = await backend.send('PATCH', `/${kind}/${body.id}`, named);
      expect(changed.body).toMatchObject({ ...named, external_id: id });
    });

    test.each([
      ['letters', 'x'.repeat(255)],
      ['emoji', '\u{1f4c5}'.repeat(255)],
      ['letters and emoji', `${'x'.repeat(127)}${'\u{1f4c5}'.repeat(128)}`],
    ])('have up to 255 characters: %s', async (_, id) => {
      const answered = await create(kind, id);
      expect([answered.status, answered.body]).toMatchObject([201, { external_id: id }]);
      const path = `/${kind}/by-external-id/${encodeURIComponent(id)}`;
      expect((await backend.send('GET', path)).body).toMatchObject({ id: answered.body.id });
      const query = kind === 'users' ? 'kind=person&' : '';
      const found = await backend.send('GET', `/${kind}?${query}external_id=${encodeURIComponent(id)}`);
      expect(found.body).toMatchObject([{ id: answered.body.id }]);
      const replaced = await backend.send('PATCH', `/${kind}/${answered.body.id}`, { external_id: null });
      expect(replaced.status).toBe(200);
    });

    test.each([
      ['empty', ''],
      ['blank', ' '],
      ['longer than 255 characters', 'x'.repeat(256)],
      ['longer than 255 emoji', '\u{1f4c5}'.repeat(256)],
      ['a number', 7],
      ['with NUL', 'a\0b'],
      ['a segment that paths lose', '.'],
      ['a segment that goes to the parent', '..'],
    ])('are not %s', async (_, id) => {
      const refused = await create(kind, id as string);
      expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'external_id']);
    });

    test('are repeated with the creation of a key', async () => {
      const body = { ...(kind === 'events' ? event() : person()), external_id: newId() };
      const headers = { 'idempotency-key': `create ${kind}`.replaceAll(' ', '-') };
      const first = await backend.send('POST', `/${kind}`, body, headers);
      const again = await backend.send('POST', `/${kind}`, body, headers);
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(first.body);
    });
  });

  describe('of events', () => {
    test('are free again after a deletion, and kept by a cancelled event', async () => {
      const id = newId();
      const first = await create('events', id);
      await backend.send('PATCH', `/events/${first.body.id}`, { status: 'cancelled' });
      expect((await create('events', id)).body.code).toBe('external_id_taken');
      expect((await backend.delete(`/events/${first.body.id}`)).status).toBe(204);
      const second = await create('events', id);
      expect(second.status).toBe(201);
      expect(second.body.id).toBeGreaterThan(first.body.id);
    });

    test('are free again after the deletion of all occurrences', async () => {
      const id = newId();
      const { body } = await create('events', id);
      const path = `/events/${body.id}/occurrences/2026-07-01T09:00:00Z?scope=following` as const;
      expect((await backend.delete(path)).status).toBe(204);
      expect((await create('events', id)).status).toBe(201);
    });

    test('are set by a key, also as the organizer, and without a token', async () => {
      const [id, other, third] = [newId(), newId(), newId()];
      expect((await create('events', id, backend.as(ann.id))).body).toMatchObject({ external_id: id });
      const { body: dee } = await nobody.create('/users', person());
      const created = await nobody.send(
        'POST',
        '/events',
        event({ organizer_user_id: dee.id, external_id: other }),
      );
      expect(created.body).toMatchObject({ external_id: other });
      const changed = await nobody.send('PATCH', `/events/${(created.body as { id: number }).id}`, {
        external_id: third,
      });
      expect(changed.body).toMatchObject({ external_id: third });
    });

    test('are not set by a person, nor by an exchanged token', async () => {
      const id = newId();
      const { body: taken } = await create('events', id);
      const { body: token } = await backend.send('POST', '/auth/token-exchange', { user_id: ann.id });
      const browser = nobody.with((token as { access_token: string }).access_token);
      for (const client of [ann.client, browser]) {
        const created = await create('events', newId(), client);
        expect([created.status, created.body.code, created.body.errors[0].field]).toEqual([
          403,
          'key_required',
          'external_id',
        ]);
        for (const externalId of [newId(), null]) {
          const path = `/events/${taken.id}`;
          const refused = await client.send('PATCH', path, { external_id: externalId, title: 'Other' });
          expect([refused.status, refused.body.code]).toEqual([403, 'key_required']);
          const following = `${path}/occurrences/2026-07-01T09:00:00Z?scope=following`;
          expect((await client.send('PATCH', following, { external_id: externalId })).status).toBe(403);
        }
        expect((await backend.get(`/events/${taken.id}`)).body).toMatchObject({
          external_id: id,
          title: 'Review',
          version: 1,
        });
        // Without one, a person creates events as before.
        expect((await create('events', null, client)).status).toBe(201);
      }
    });
  });

  describe('of users', () => {
    test('are shown to the user and to keys alone', async () => {
      const id = newId();
      const { body } = await create('users', id);
      const seenBy = async (client: Client) => (await client.get(`/users/${body.id}`)).body;
      expect(await seenBy(backend)).toMatchObject({ external_id: id, metadata: {} });
      expect(await seenBy(backend.as(body.id))).toMatchObject({ external_id: id, metadata: {} });
      for (const client of [ann.client, backend.as(bob.id)]) {
        expect(await seenBy(client)).not.toHaveProperty('external_id');
        expect(await seenBy(client)).not.toHaveProperty('metadata');
      }
    });

    test('are free again after a deletion, with the address', async () => {
      const externalId = newId();
      const body = { ...person(), external_id: externalId };
      const send = async (method: string, path: string) =>
        (await backend.send(method, path, body)) as unknown as Refusal & { body: { id: number } };
      const ids: number[] = [];
      for (const [method, path] of [
        ['POST', '/users'],
        ['POST', '/users'],
        ['PUT', `/users/by-external-id/${externalId}`],
      ] as const) {
        const answered = await send(method, path);
        expect([answered.status, answered.body]).toMatchObject([201, { external_id: externalId }]);
        ids.push(answered.body.id);
        expect((await backend.send('DELETE', `/users/${answered.body.id}`)).status).toBe(204);
      }
      expect(new Set(ids).size).toBe(ids.length);
    });

    test('are set by a key, also as the user, and without a token', async () => {
      const { body: dee } = await create('users', newId());
      const asDee = backend.as(dee.id);
      for (const client of [backend, asDee, nobody]) {
        const id = newId();
        const { status, body } = await client.send('PATCH', `/users/${dee.id}`, { external_id: id });
        expect([status, body]).toMatchObject([200, { external_id: id }]);
      }
      const id = newId();
      expect((await create('users', id, asDee)).body).toMatchObject({ external_id: id });
    });

    test('are not set by an exchanged token', async () => {
      const id = newId();
      const { body: eve } = await create('users', id);
      const { body: token } = await backend.send('POST', '/auth/token-exchange', { user_id: eve.id });
      const browser = nobody.with((token as { access_token: string }).access_token);
      const changed = await browser.send('PATCH', '/users/me', { external_id: newId(), name: 'Other' });
      expect([changed.status, changed.body.code]).toEqual([403, 'key_required']);
      expect((await backend.get(`/users/${eve.id}`)).body).toMatchObject({ external_id: id, name: 'Olya' });
      expect((await create('users', newId(), browser)).body.code).toBe('key_required');
      const { status, body } = await browser.send('GET', `/users/by-external-id/${id}`);
      expect([status, body.code]).toEqual([403, 'key_required']);
    });

    test('are not set by a person', async () => {
      const refused = await ann.client.send('PATCH', `/users/${ann.id}`, { external_id: newId() });
      expect([refused.status, refused.body.code, refused.body.errors[0].field]).toEqual([
        403,
        'key_required',
        'external_id',
      ]);
    });

    test('are not set by sign-up where other requests need a token', async () => {
      const signedUp = (id: string | null) => create('users', id, nobody.at(closed.url));
      const refused = await signedUp(newId());
      expect([refused.status, refused.body.code]).toEqual([403, 'key_required']);
      expect((await signedUp(null)).status).toBe(201);
      expect((await create('users', newId(), backend.at(closed.url))).status).toBe(201);
    });

    test('with a password are no part of an attendee', async () => {
      const externalId = newId();
      const body = person({ external_id: externalId, password: PASSWORD, metadata: { team: 'a' } });
      const { body: user } = await backend.send('POST', '/users', body);
      const invited = event({ invited_user_ids: [(user as { id: number }).id] });
      const { body: created } = await backend.send('POST', '/events', invited);
      expect(JSON.stringify(created)).not.toContain(`"${externalId}"`);
    });
  });
});
