import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_SEARCHED_USERS } from '../../../src/users/model/search/user-query.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, nextPage } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-tests-of-lists-of-users-0123456789';

const PERSONS = [
  ['Zoë Bücher', 'zoe.b@one.example'],
  ['ЁЖИК Иванов', 'ivanov@two.example'],
  ['Anna Lindström', 'a.lindstrom@one.example'],
  ['100% sure_thing', 'percent@three.example'],
  ['Petya', 'petya@xn--bcher-kva.example'],
] as const;

describe('the list of users', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  const ids: number[] = [];

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'optional', BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    for (const [name, email] of PERSONS) ids.push((await backend.create('/users', { name, email })).body.id);
    ann = await signUp(nobody, 'ann');
    ids.push(ann.id);
    // No operation creates rooms yet.
    await query(
      application.database.url,
      `INSERT INTO users (name, email, kind, external_id) VALUES
         ('Room 7', 'room-7@resource.invalid', 'room', 'floor 1/room 7?x=%2F'),
         ('Beamer', 'beamer@resource.invalid', 'equipment', NULL);
       UPDATE users SET external_id = 'crm-' || id WHERE kind = 'person'`,
    );
  });
  afterAll(async () => application.close());

  async function list(filters: Readonly<Record<string, string>>, client = backend) {
    return client.get(`/users?${new URLSearchParams(filters).toString()}` as '/users');
  }

  /** The names of the users on all pages. */
  async function names(filters: Readonly<Record<string, string>>): Promise<string[]> {
    const path = `/users?${new URLSearchParams(filters).toString()}` as '/users';
    const found: string[] = [];
    for await (const { body } of backend.pages(path)) found.push(...body.map(({ name }) => name));
    return found;
  }

  const ALL = [...PERSONS.map(([name]) => name), 'ann'];

  test('has the persons of the tenant for a key, by id, in the form of a single user', async () => {
    const { status, body, headers } = await list({});
    expect(status).toBe(200);
    expect(body.map(({ id }) => id)).toEqual(ids);
    expect(headers.get('link')).toBeNull();
    for (const user of body) expect((await backend.get(`/users/${user.id}`)).body).toEqual(user);
  });

  test.each([1, 2, 3, 6, 1000])('has pages of %d, without a user twice or none', async (limit) => {
    expect(await names({ limit: String(limit) })).toEqual(ALL);
    expect(await names({ limit: String(limit), q: '.example' })).toEqual(PERSONS.map(([name]) => name));
  });

  test('keeps its filters in the link', async () => {
    const { body, headers } = await list({ limit: '1', q: 'one.example' });
    expect(body.map(({ name }) => name)).toEqual(['Zoë Bücher']);
    const next = nextPage({ status: 200, headers, body });
    expect(next).toContain('q=one.example');
    const { body: rest } = await backend.get(next as '/users');
    expect(rest.map(({ name }) => name)).toEqual(['Anna Lindström']);
  });

  test.each<[string, string[]]>([
    ['zoë', ['Zoë Bücher']],
    ['ZOE', ['Zoë Bücher']],
    ['bucher', ['Zoë Bücher']],
    ['BÜCH', ['Zoë Bücher']],
    ['bu\u0308ch', ['Zoë Bücher']],
    ['ёжик', ['ЁЖИК Иванов']],
    ['ежик', ['ЁЖИК Иванов']],
    ['ИВАН', ['ЁЖИК Иванов']],
    ['strom ann', ['Anna Lindström']],
    ['  strom \t ann ', ['Anna Lindström']],
    ['ann', ['Anna Lindström', 'ann']],
    ['one.example', ['Zoë Bücher', 'Anna Lindström']],
    ['anna one', ['Anna Lindström']],
    ['anna two', []],
    ['nna lind', ['Anna Lindström']],
    ['0%', ['100% sure_thing']],
    ['%', ['100% sure_thing']],
    ['sure_', ['100% sure_thing']],
    ['e_t', ['100% sure_thing']],
    ['.*', []],
    ['\\', []],
    ["'", []],
    ['zebra', []],
    ['Room', []],
  ])('finds words in names and addresses: %j', async (q, expected) => {
    expect(await names({ q })).toEqual(expected);
  });

  test.each<[Readonly<Record<string, string>>, string[]]>([
    [{ email: 'ANN@example.com' }, ['ann']],
    [{ email: 'petya@bücher.example' }, ['Petya']],
    [{ email: 'nobody@example.com' }, []],
    [{ email: 'ann@example.com', q: 'ann' }, ['ann']],
    [{ email: 'ann@example.com', q: 'bob' }, []],
    [{ kind: 'person', q: 'petya' }, ['Petya']],
    [{ kind: 'room' }, ['Room 7']],
    [{ kind: 'equipment' }, ['Beamer']],
    [{ kind: 'room', q: 'ROOM 7' }, ['Room 7']],
    [{ kind: 'room', external_id: 'floor 1/room 7?x=%2F' }, ['Room 7']],
    [{ external_id: 'floor 1/room 7?x=%2F' }, []],
    [{ external_id: 'crm-1' }, ['Zoë Bücher']],
    [{ external_id: 'CRM-1' }, []],
    [{ external_id: 'crm' }, []],
    [{ email: 'room-7@resource.invalid' }, []],
    [{ email: 'room-7@resource.invalid', kind: 'room' }, ['Room 7']],
  ])('has the users that match every filter: %j', async (filters, expected) => {
    expect(await names(filters)).toEqual(expected);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['kind', { kind: 'robot' }],
    ['kind', { kind: '' }],
    ['email', { email: 'ann' }],
    ['q', { q: '' }],
    ['q', { q: ' ' }],
    ['q', { q: 'x'.repeat(201) }],
    ['q', { q: 'a\0' }],
    ['external_id', { external_id: '' }],
    ['external_id', { external_id: 'x'.repeat(256) }],
    ['limit', { limit: '0' }],
    ['limit', { limit: '1001' }],
    ['page_token', { page_token: 'x' }],
    ['name', { name: 'ann' }],
  ])('refuses a wrong %s: %j', async (field, filters) => {
    const { status, body } = await list(filters);
    expect([status, body]).toMatchObject([400, { errors: [{ field }] }]);
  });

  describe('for other callers', () => {
    test('finds the user of an address', async () => {
      for (const client of [nobody, ann.client, backend.as(ann.id)]) {
        const { status, body } = await list({ email: 'PETYA@xn--bcher-kva.example' }, client);
        expect([status, body.map(({ name }) => name)]).toEqual([200, ['Petya']]);
        expect(body).toEqual([(await client.get(`/users/${ids[4]}`)).body]);
        expect((await list({ email: 'nobody@example.com' }, client)).body).toEqual([]);
      }
    });

    test.each<[string, Readonly<Record<string, string>>]>([
      ['no filter', {}],
      ['a limit alone', { limit: '10' }],
      ['words', { q: 'ann' }],
      ['an external id', { external_id: 'crm-1' }],
      ['an external id and an address', { external_id: 'crm-1', email: 'ann@example.com' }],
      ['words and an address', { q: 'ann', email: 'ann@example.com' }],
      ['a kind and an address', { kind: 'room', email: 'room-7@resource.invalid' }],
    ])('is refused with %s', async (_, filters) => {
      const { body: exchanged } = await backend.post('/auth/token-exchange', { user_id: ann.id });
      for (const client of [ann.client, backend.as(ann.id), nobody.with(exchanged.access_token)]) {
        const { status, body } = await list(filters, client);
        expect([status, body]).toMatchObject([403, { code: 'key_required' }]);
      }
      const { status, body } = await list(filters, nobody);
      expect([status, body]).toMatchObject([401, { code: 'token_required' }]);
    });

    test('needs the scope of users', async () => {
      const { body: made } = await backend.post('/api-keys', { name: 'other', scopes: ['events.read'] });
      const { status, body } = await list({}, nobody.with(made.key));
      expect([status, body]).toMatchObject([403, { code: 'scope_missing' }]);
      expect(JSON.stringify(body)).toContain('users.read');
    });

    test('needs a token with AUTH_MODE=required', async () => {
      const required = await startTestApplication(
        { AUTH_MODE: 'required' },
        undefined,
        undefined,
        application.database,
      );
      for (const path of ['/users', '/users?email=ann@example.com'] as const) {
        const { status, body } = await nobody.at(required.url).get(path);
        expect([status, body]).toMatchObject([401, { code: 'token_required' }]);
      }
      await required.close();
    });
  });

  test('leads on where it has compared many users, and none of them matches', async () => {
    const crowd = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    await query(
      crowd.database.url,
      `SET calendar.log = off;
       INSERT INTO users (name, email)
       SELECT 'Bücher ' || n, 'user' || n || '@example.com' FROM generate_series(1, ${MAX_SEARCHED_USERS}) AS n`,
    );
    const client = new Client(crowd.url).with(ROOT);
    await client.create('/users', { name: 'Zebra', email: 'zebra@example.com' });
    const { body, headers } = await client.get('/users?q=zebra');
    expect(body).toEqual([]);
    const next = nextPage({ status: 200, headers, body });
    const last = await client.get(next as '/users');
    expect(last.body.map(({ name }) => name)).toEqual(['Zebra']);
    expect(last.headers.get('link')).toBeNull();
    await crowd.close();
  });
});
