import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

describe('email addresses', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'optional' });
    client = new Client(application.url);
  });
  afterAll(async () => application.close());

  async function idsOf(email: string): Promise<number[]> {
    const { body } = await client.get(`/users?email=${encodeURIComponent(email)}`);
    return body.map(({ id }) => id);
  }

  test.each([
    ['a letter that lower() folds to i', 'x@micro.example', 'x@mİcro.example'],
    ['a letter of the local part outside ASCII', 'ärger@example.com', 'Ärger@example.com'],
    ['a Turkish local part', 'ix@example.com', 'İx@example.com'],
  ])('with %s are two', async (_, one, other) => {
    const password = PASSWORD;
    const { body: first } = await client.create('/users', { name: 'one', email: one });
    const { status, body: second } = await client.post('/users', { name: 'other', email: other, password });
    expect(status).toBe(201);
    expect([await idsOf(one), await idsOf(other)]).toEqual([[first.id], [second.id]]);
    expect((await client.post('/auth/login', { email: one, password })).status).toBe(401);
    expect((await client.post('/auth/login', { email: other, password })).status).toBe(200);
  });

  test.each([
    ['case', 'Ann@Example.com', 'aNN@eXAMPLE.COM'],
    ['an international domain', 'x@bücher.example', 'X@XN--BCHER-KVA.example'],
    ['the case of an international domain', 'y@bücher.example', 'y@BÜCHER.example'],
    ['an invisible character of the domain', 'z@example.com', 'z@exa\u00admple.com'],
  ])('that differ by %s are one', async (_, one, other) => {
    const password = PASSWORD;
    const { body: user } = await client.create('/users', { name: 'one', email: one, password });
    expect(user.email).toBe(one);
    const taken = { status: 409, body: { code: 'email_taken', errors: [{ field: 'email' }] } };
    expect(await client.post('/users', { name: 'other', email: other })).toMatchObject(taken);
    const { body: third } = await client.create('/users', {
      name: 'third',
      email: `third-${user.id}@example.com`,
    });
    expect(await client.patch(`/users/${third.id}`, { email: other })).toMatchObject(taken);
    expect(await idsOf(other)).toEqual([user.id]);
    expect((await client.post('/auth/login', { email: other, password })).status).toBe(200);
  });

  test.each([
    ['of a user', true],
    ['of nobody', false],
  ])('%s have one count of wrong logins, however they are spelled', async (_, isKnown) => {
    const domains = ['straße.example', 'STRASSE.example', 'xn--strae-oqa.example', 'Stra\u00dfe.EXAMPLE'];
    const [known, other, ...spellings] = domains.map((domain) => `${isKnown ? 'known' : 'nobody'}@${domain}`);
    const login = async (email: string) => client.post('/auth/login', { email, password: 'a wrong one' });
    if (isKnown) await client.post('/users', { name: 'known', email: known, password: PASSWORD });
    for (let wrong = 0; wrong < 5; wrong += 1) {
      for (const email of spellings) expect((await login(email)).status).toBe(401);
    }
    expect((await login(known)).status).toBe(429);
    expect((await login(other)).status).toBe(401);
  });

  test('may be respelled by their user', async () => {
    const { body: user } = await client.create('/users', { name: 'one', email: 'w@bücher.example' });
    for (const email of ['w@xn--bcher-kva.example', 'W@BÜCHER.example', 'w@Bücher.example']) {
      expect(await client.patch(`/users/${user.id}`, { email })).toMatchObject({
        status: 200,
        body: { email },
      });
      expect(await idsOf('w@bücher.example')).toEqual([user.id]);
    }
  });

  test.each(['x@xn--a.example', 'x@a\u200db.com', 'x@ex%61mple.com', 'x@\u0301a.com'])(
    'without a normalised form, such as %j, are refused',
    async (email) => {
      const refused = {
        status: 400,
        body: { errors: [{ field: 'email', message: 'must be an email address' }] },
      };
      expect(await client.post('/users', { name: 'one', email })).toMatchObject(refused);
      expect(await client.post('/auth/login', { email, password: PASSWORD })).toMatchObject(refused);
      expect(await client.get(`/users?email=${encodeURIComponent(email)}`)).toMatchObject(refused);
      const { body: user } = await client.create('/users', {
        name: 'n',
        email: `n${Math.random()}@example.com`,
      });
      expect(await client.patch(`/users/${user.id}`, { email })).toMatchObject(refused);
    },
  );
});
