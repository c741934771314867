import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SCOPES } from '../../../src/access/scope.js';
import {
  MAX_API_KEY_NAME_LENGTH,
  MAX_API_KEYS_PER_TENANT,
} from '../../../src/api-keys/model/api-key-record.js';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
/** Seconds. The tokens of the tests' users last longer. */
const SOON = 60;

describe('API keys', () => {
  const clock = new TestClock();
  let first: TestApplication;
  let second: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;

  beforeAll(async () => {
    first = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT }, clock);
    second = await startTestApplication({}, clock, undefined, first.database);
    nobody = new Client(first.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  async function newKey(scopes: unknown, more: object = {}, maker = backend) {
    const { status, body } = await maker.send('POST', '/api-keys', { name: 'made', scopes, ...more });
    return { status, body, id: body.id, client: nobody.with(body.key) };
  }

  describe('are made', () => {
    test('by a key, and shown once', async () => {
      const { status, body } = await newKey(['events.read', 'events.read']);
      expect(status).toBe(201);
      expect(body).toMatchObject({
        name: 'made',
        scopes: ['events.read'],
        expires_at: null,
        last_used_at: null,
      });
      expect(body.key).toMatch(new RegExp(`^cal_${body.prefix}_[\\w-]{43}$`));
      const { body: listed } = await backend.get('/api-keys?limit=1000');
      const { key: _, ...shown } = body;
      expect(listed).toContainEqual(shown);
      const [row] = await query<{ row: string }>(
        first.database.url,
        `SELECT api_keys::text AS row FROM api_keys WHERE id = ${body.id}`,
      );
      expect(row?.row).not.toContain(body.key.split('_')[2]);
    });

    test.each([
      ['no scopes', undefined],
      ['an empty list', []],
      ['a scope that does not exist', ['events.read', 'root']],
      ['a text', 'everything'],
      ['null', null],
    ])('never with %s', async (_, scopes) => {
      const { status, body } = await newKey(scopes);
      expect([status, body.errors[0].field]).toEqual([400, 'scopes']);
    });

    test.each([
      ['in the past', '2020-01-01T00:00:00Z'],
      ['that is none', 'tomorrow'],
    ])('never with an end %s', async (_, expiresAt) => {
      const { status, body } = await newKey(['events.read'], { expires_at: expiresAt });
      expect([status, body.errors[0].field]).toEqual([400, 'expires_at']);
    });

    test.each([
      ['no name', undefined],
      ['an empty name', ''],
      ['a name that is too long', 'a'.repeat(MAX_API_KEY_NAME_LENGTH + 1)],
      ['a name that is no text', 1],
    ])('never with %s', async (_, name) => {
      const { status, body } = await newKey(['events.read'], { name });
      expect([status, body.errors[0].field]).toEqual([400, 'name']);
    });

    test('with a name of 200 characters', async () => {
      const name = 'a'.repeat(MAX_API_KEY_NAME_LENGTH);
      expect((await newKey(['events.read'], { name })).body).toMatchObject({ name });
    });

    test('with no scope that their maker lacks', async () => {
      const { client } = await newKey(['keys.write', 'events.read']);
      const refused = await newKey(['events.read', 'events.write'], {}, client);
      expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing']);
      expect(refused.body.detail).toContain('events.write');
      const { body } = await newKey('all', {}, client);
      expect(body.scopes).toEqual(['events.read', 'keys.write']);
    });

    test('with all scopes of this version by the first key', async () => {
      expect((await newKey('all')).body.scopes).toEqual([...SCOPES]);
    });

    test('with an end that is not after that of their maker', async () => {
      const end = new Date(clock.now().getTime() + SOON * 1000).toISOString();
      const maker = await newKey(['keys.write'], { expires_at: end });
      const { body } = await newKey('all', {}, maker.client);
      expect(body).toMatchObject({ created_by_key_id: maker.id });
      expect(body.expires_at).toBe(maker.body.expires_at);
      const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000).toISOString();
      for (const [asked, given] of [
        [SOON + 1, SOON],
        [SOON - 1, SOON - 1],
      ] as const) {
        const made = await newKey('all', { expires_at: inSeconds(asked) }, maker.client);
        expect([made.status, made.body.expires_at]).toEqual([201, inSeconds(given)]);
      }
    });

    test.each([
      ['a person', () => ann.client, 403, 'key_required'],
      ['a person through a key', () => acting(ann.id), 403, 'key_required'],
      ['a client without a token', () => nobody, 401, 'token_required'],
      ['an unknown key', () => nobody.with(`${ROOT}1`), 401, 'invalid_token'],
    ])('never by %s', async (_, client, status, code) => {
      const answered = await client().send('POST', '/api-keys', { name: 'a', scopes: ['events.read'] });
      expect([answered.status, answered.body.code]).toEqual([status, code]);
    });

    test('once for a request with a key', async () => {
      const body = { name: 'once', scopes: ['events.read'] };
      const headers = { 'idempotency-key': 'make-a-key' };
      const made = await backend.send('POST', '/api-keys', body, headers);
      const again = await backend.send('POST', '/api-keys', body, headers);
      expect([again.status, again.body.code, again.body.id]).toEqual([
        409,
        'secret_not_repeated',
        made.body.id,
      ]);
    });
  });

  /** A client that sends the header of a user with every request. */
  function acting(userId: number, key = backend): Client {
    return key.as(userId);
  }

  async function exchanged(more: object = {}, key = backend) {
    const answered = await key.send('POST', '/auth/token-exchange', { user_id: ann.id, ...more });
    return { ...answered, client: nobody.with(answered.body.access_token) };
  }

  describe('end', () => {
    test('at once, on every instance, with the keys that they made', async () => {
      const maker = await newKey(['keys.write', 'users.read']);
      const child = await newKey('all', {}, maker.client);
      const grandchild = await newKey('all', {}, child.client);
      const other = [maker, child, grandchild].map(({ client }) => client.at(second.url));
      const statuses = async () =>
        Promise.all(other.map(async (client) => (await client.get(`/users/${ann.id}`)).status));
      expect(await statuses()).toEqual([200, 200, 200]);
      expect((await backend.delete(`/api-keys/${child.id}`)).status).toBe(204);
      expect(await statuses()).toEqual([200, 401, 200]);
      expect((await backend.delete(`/api-keys/${maker.id}?children=revoke`)).status).toBe(204);
      expect(await statuses()).toEqual([401, 401, 401]);
      expect((await backend.delete(`/api-keys/${maker.id}`)).status).toBe(404);
    });

    test('at their time', async () => {
      const end = new Date(clock.now().getTime() + SOON * 1000).toISOString();
      const { client } = await newKey(['users.read'], { expires_at: end });
      clock.advance(SOON - 2);
      expect((await client.get(`/users/${ann.id}`)).status).toBe(200);
      clock.advance(3);
      expect((await client.get(`/users/${ann.id}`)).status).toBe(401);
    });

    test('by a key that has their scopes alone, which lists them', async () => {
      const { id } = await newKey(['users.read']);
      const { client } = await newKey(['keys.write', 'events.read']);
      const { status, body } = await client.delete(`/api-keys/${id}`);
      expect([status, body.code]).toEqual([403, 'scope_missing']);
      const { body: listed } = await client.get('/api-keys?limit=1000');
      expect(listed.every(({ scopes }: { scopes: string[] }) => !scopes.includes('users.read'))).toBe(true);
      expect(listed.length).toBeGreaterThan(0);
    });
  });

  test('are at most a thousand of a tenant, expired ones included and revoked ones not', async () => {
    const instance = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    try {
      await query(
        instance.database.url,
        `INSERT INTO api_keys (tenant_id, name, prefix, hash, scopes, created_at, expires_at, revoked_at)
         SELECT 1, 'old', 'old', 'hash ' || n, '{mail.write}', now(), now(), CASE WHEN n = 1 THEN now() END
           FROM generate_series(1, ${MAX_API_KEYS_PER_TENANT - 1}) AS n`,
      );
      const client = new Client(instance.url).with(ROOT);
      const make = async () => client.send('POST', '/api-keys', { name: 'last', scopes: 'all' });
      expect((await make()).status).toBe(201);
      const { status, body } = await make();
      expect([status, body]).toMatchObject([429, { code: 'too_many_api_keys' }]);
      expect((await client.delete('/api-keys/3')).status).toBe(204);
      expect((await make()).status).toBe(201);
    } finally {
      await instance.close();
    }
  });

  test.each(['0', '-1', 'x', '1e3', '99999999999'])('have no id %s', async (id) => {
    const { status, body } = await backend.send('DELETE', `/api-keys/${id}`);
    expect([status, body]).toMatchObject([400, { errors: [{ field: 'api_key_id' }] }]);
  });

  test('are listed page by page', async () => {
    const { body: all } = await backend.get('/api-keys?limit=1000');
    const { body: page, headers } = await backend.get('/api-keys?limit=2');
    expect(page).toEqual(all.slice(0, 2));
    const next = /^<(.*)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    expect((await backend.get(next as '/api-keys')).body[0].id).toBe(all[2].id);
  });

  test('remember when a request had them', async () => {
    const { id, client } = await newKey(['users.read']);
    const lastUse = async (): Promise<string | null | undefined> => {
      const { body } = await backend.get('/api-keys?limit=1000');
      return body.find((key: { id: number }) => key.id === id)?.last_used_at;
    };
    expect(await lastUse()).toBeNull();
    await client.get(`/users/${ann.id}`);
    await eventually(async () => (await lastUse()) !== null);
    expect(await lastUse()).toBe(clock.now().toISOString());
  });

  describe('act as the service', () => {
    test('within their scopes', async () => {
      const { client } = await newKey(['users.read']);
      expect((await client.get(`/users/${ann.id}`)).status).toBe(200);
      const { status, body } = await client.patch(`/users/${ann.id}`, { name: 'x' });
      expect([status, body.code]).toEqual([403, 'scope_missing']);
      expect(body.detail).toContain('users.write');
      const signUps = await client.send('POST', '/users', { name: 'x', email: 'x@example.com' });
      expect([signUps.status, signUps.body.code]).toEqual([403, 'scope_missing']);
    });

    test('for every user: events of any organizer, private ones in full, and answers', async () => {
      const event = {
        title: 'Secret',
        start_date: '2026-03-02T09:00:00Z',
        duration: 3600,
        visibility: 'private',
        organizer_user_id: ann.id,
        invited_user_ids: [(await signUp(nobody, 'bob')).id],
      } as const;
      const { body } = await backend.create('/events', event);
      expect((await backend.get(`/events/${body.id}`)).body).toMatchObject({ title: 'Secret' });
      const window = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z';
      const { body: listed } = await backend.get(`/users/${ann.id}/events?${window}`);
      expect(listed.find(({ id }) => id === body.id)).toMatchObject({ title: 'Secret' });
      const invite = body.attendees[1].invite_id;
      expect((await backend.post(`/event-invites/${invite}:accept`)).body.status).toBe('accepted');
      expect((await backend.patch(`/events/${body.id}`, { title: 'Known' })).status).toBe(200);
      expect((await backend.delete(`/events/${body.id}`)).status).toBe(204);
    });

    test('set an address, which is verified, and a password, without the present one', async () => {
      const { body: user } = await backend.create('/users', {
        name: 'lee',
        email: 'lee@example.com',
        password: PASSWORD,
      });
      expect(user).toMatchObject({ email_verified: true });
      const changes = { email: 'lee2@example.com', password: 'another horse battery' };
      expect((await backend.patch(`/users/${user.id}`, changes)).status).toBe(200);
      const login = { email: changes.email, password: changes.password };
      expect((await nobody.post('/auth/login', login)).status).toBe(200);
    });
  });

  describe('the path of `me`', () => {
    const window = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z';

    test.each(['/users/me', `/users/me/events?${window}`, '/users/me/event-invites'] as const)(
      'is that of the user: %s',
      async (path) => {
        const named = path.replace('me', String(ann.id)) as typeof path;
        for (const client of [ann.client, acting(ann.id)]) {
          const { status, body } = await client.get(path);
          expect([status, body]).toEqual([200, (await client.get(named)).body]);
        }
      },
    );

    test('changes the user', async () => {
      expect((await ann.client.patch('/users/me', { name: 'ann' })).body.id).toBe(ann.id);
    });

    test.each([
      ['a key that acts as the service', () => backend],
      ['a client without a token', () => nobody],
    ])('leads nowhere for %s', async (_, client) => {
      const { status, body } = await client().get('/users/me');
      expect([status, body]).toMatchObject([404, { code: 'user_not_found' }]);
    });
  });

  describe('act as a user', () => {
    test('with the rights of the user, never more', async () => {
      const eve = await signUp(nobody, 'eve');
      const { body } = await ann.client.create('/events', {
        title: 'Secret',
        start_date: '2026-03-02T09:00:00Z',
        duration: 3600,
        visibility: 'private',
        organizer_user_id: ann.id,
      });
      const path = `/events/${body.id}` as const;
      expect((await acting(ann.id).get(path)).body).toMatchObject({ title: 'Secret' });
      expect((await acting(eve.id).get(path)).body).toEqual((await eve.client.get(path)).body);
      expect((await acting(eve.id).patch(path, { title: 'Mine' })).status).toBe(403);
      expect((await acting(ann.id).patch(path, { title: 'Mine' })).status).toBe(200);
    });

    test.each([
      ['an unknown user', () => acting(4711), 404, 'user_not_found'],
      ['no id', () => backend.withHeaders({ 'act-as-user': 'ann' }), 400, 'invalid_input'],
      ['a token of a user', () => acting(ann.id, ann.client), 400, 'invalid_input'],
      ['no token', () => acting(ann.id, nobody), 401, 'token_required'],
    ])('never with %s', async (_, client, status, code) => {
      const answered = await client().get(`/users/${ann.id}`);
      expect([answered.status, answered.body]).toMatchObject([status, { code }]);
    });

    test('never without the scopes', async () => {
      const { client } = await newKey(['users.read']);
      const refused = await acting(ann.id, client).get(`/users/${ann.id}`);
      expect([refused.status, refused.body]).toMatchObject([403, { code: 'scope_missing' }]);
      expect(JSON.stringify(refused.body)).toContain('act_as');
      const other = await newKey(['act_as']);
      expect((await acting(ann.id, other.client).get(`/users/${ann.id}`)).status).toBe(403);
    });
  });

  describe('exchange tokens', () => {
    test('that act as the user within the scopes', async () => {
      const { status, body, client } = await exchanged({ scopes: ['users.read'], expires_in: 60 });
      expect([status, body]).toEqual([
        200,
        { access_token: expect.any(String), token_type: 'Bearer', expires_in: 60 },
      ]);
      expect((await client.get(`/users/${ann.id}`)).status).toBe(200);
      const refused = await client.patch(`/users/${ann.id}`, { name: 'x' });
      expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing']);
      expect(refused.body.detail).toBe('The exchanged token lacks the scope `users.write`.');
      clock.advance(61);
      expect((await client.get(`/users/${ann.id}`)).status).toBe(401);
    });

    test.each<[object, number]>([
      [{}, 900],
      [{ expires_in: 60 }, 60],
      [{ expires_in: 3600 }, 3600],
      [{ expires_in: '60' }, 60],
      [{ expires_in: '15m' }, 900],
      [{ expires_in: 'PT1H' }, 3600],
    ])('for the time of %j: %d seconds', async (more, seconds) => {
      const { status, body, client } = await exchanged(more);
      expect([status, body.expires_in]).toEqual([200, seconds]);
      const [, claims = ''] = body.access_token.split('.');
      const { iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
      expect(exp - iat).toBe(seconds);
      expect((await client.get('/users/me')).body.id).toBe(ann.id);
    });

    test('that end no later than the key', async () => {
      const end = new Date(clock.now().getTime() + SOON * 1000).toISOString();
      const key = await newKey(['act_as', 'users.read'], { expires_at: end });
      const { body, client } = await exchanged({ expires_in: 3600 }, key.client);
      expect(body.expires_in).toBe(SOON);
      clock.advance(SOON);
      expect((await client.get('/users/me')).status).toBe(401);
    });

    test('with all scopes of the key unless it names some', async () => {
      const key = await newKey(['act_as', 'users.read']);
      for (const more of [{}, { scopes: 'all' }]) {
        const { client } = await exchanged(more, key.client);
        expect((await client.get('/users/me')).status).toBe(200);
        expect((await client.patch('/users/me', { name: 'x' })).status).toBe(403);
      }
    });

    test('that end with the key', async () => {
      const key = await newKey(['act_as', 'users.read']);
      const { client } = await exchanged({}, key.client);
      expect((await client.at(second.url).get(`/users/${ann.id}`)).status).toBe(200);
      await backend.delete(`/api-keys/${key.id}`);
      expect((await client.at(second.url).get(`/users/${ann.id}`)).status).toBe(401);
    });

    test('that end with the sessions of the user', async () => {
      const lou = await signUp(nobody, 'lou');
      const { client } = await exchanged({ user_id: lou.id });
      expect((await client.get(`/users/${lou.id}`)).status).toBe(200);
      await backend.patch(`/users/${lou.id}`, { password: 'another horse battery' });
      expect((await client.get(`/users/${lou.id}`)).status).toBe(401);
    });

    test.each<[string, object, number, string]>([
      ['an unknown user', { user_id: 4711 }, 404, 'user_not_found'],
      ['too short a time', { expires_in: 59 }, 400, 'invalid_input'],
      ['too long a time', { expires_in: 3601 }, 400, 'invalid_input'],
      ['too long a time in words', { expires_in: '1h1s' }, 400, 'invalid_input'],
      ['no time', { expires_in: null }, 400, 'invalid_input'],
      ['a part of a second', { expires_in: 60.5 }, 400, 'invalid_input'],
      ['a time that is none', { expires_in: 'soon' }, 400, 'invalid_input'],
      ['an empty time', { expires_in: '' }, 400, 'invalid_input'],
      ['no scope', { scopes: [] }, 400, 'invalid_input'],
    ])('never for %s', async (_, more, status, code) => {
      const answered = await exchanged(more);
      expect([answered.status, answered.body.code]).toEqual([status, code]);
    });

    test('never with a scope that the key lacks', async () => {
      const key = await newKey(['act_as', 'users.read']);
      const answered = await exchanged({ scopes: ['events.read'] }, key.client);
      expect([answered.status, answered.body.code]).toEqual([403, 'scope_missing']);
    });

    test.each([
      ['a person', () => ann.client, 403, 'key_required'],
      ['an exchanged token', async () => (await exchanged()).client, 403, 'key_required'],
      ['a key as a user', () => acting(ann.id), 403, 'key_required'],
      ['nobody', () => nobody, 401, 'token_required'],
    ])('never for %s', async (_, client, status, code) => {
      const answered = await exchanged({}, await client());
      expect([answered.status, answered.body.code]).toEqual([status, code]);
    });

    test.each([
      ['a password', { password: 'a new one of the key', current_password: PASSWORD }],
      ['an address', { email: 'elsewhere@example.com', current_password: PASSWORD }],
    ])('that plant not %s, as little as the header', async (_, change) => {
      for (const client of [(await exchanged()).client, acting(ann.id)]) {
        const { status, body } = await client.patch(`/users/${ann.id}`, change);
        expect([status, body.code]).toEqual([403, 'reauthentication_required']);
      }
      expect((await nobody.post('/auth/login', { email: ann.email, password: PASSWORD })).status).toBe(200);
    });
  });
});
