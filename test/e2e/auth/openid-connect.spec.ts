import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import { type Account, PASSWORD, signUp, verifyEmail } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const AUDIENCE = 'calendar';

describe('OpenID Connect', () => {
  let clock: TestClock;
  let provider: OidcProvider;
  const smtp = new SmtpServer();
  let application: TestApplication;
  let client: Client;
  let users = 0;
  let email: string;
  let userId: number;

  beforeAll(async () => {
    clock = new TestClock();
    provider = await OidcProvider.start();
    const environment = {
      AUTH_MODE: 'required',
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: AUDIENCE,
      WEBHOOK_SECRET: 'a secret of the tests that signs webhooks',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      REMINDER_DISPATCH: 'off',
      SMTP_URL: await smtp.start(),
    };
    application = await startTestApplication(environment, clock);
    client = new Client(application.url);
  });
  afterAll(async () => {
    await application.close();
    await provider.stop();
    await smtp.stop();
  });

  beforeEach(async () => {
    users += 1;
    email = `user${users}@example.com`;
    userId = (await client.create('/users', { name: 'user', email })).body.id;
  });

  function claims(differences: Record<string, unknown> = {}): Record<string, unknown> {
    const now = Math.floor(clock.now().getTime() / 1000);
    return {
      iss: provider.issuer,
      aud: AUDIENCE,
      sub: `subject-${users}`,
      email,
      email_verified: true,
      iat: now,
      exp: now + 300,
      ...differences,
    };
  }

  /** The response to a request in which the user of `token` changes their own name. */
  async function status(token: string): Promise<number> {
    return (await client.with(token).patch(`/users/${userId}`, { name: 'renamed' })).status;
  }

  test('accepts a token of the issuer, for the user of its verified address in any case', async () => {
    expect(await status(await provider.sign(claims({ email: email.toUpperCase() })))).toBe(200);
  });

  test('accepts every key that is published', async () => {
    const rotating = await OidcProvider.start('ES256');
    await rotating.addKey('second');
    const environment = { AUTH_MODE: 'required', OIDC_ISSUER: rotating.issuer, OIDC_AUDIENCE: AUDIENCE };
    const other = await startTestApplication(environment, clock);
    const { body } = await new Client(other.url).create('/users', { name: 'user', email });
    for (const kid of ['first', 'second']) {
      const token = await rotating.sign(claims({ iss: rotating.issuer }), kid);
      expect((await new Client(other.url).with(token).get(`/users/${body.id}`)).status).toBe(200);
    }
    await other.close();
    await rotating.stop();
  });

  test.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'another' }],
    ['no audience', { aud: undefined }],
    ['an unverified address', { email_verified: false }],
    ['an address that nobody says is verified', { email_verified: undefined }],
    ['an address that is verified as text', { email_verified: 'true' }],
    ['no address', { email: undefined }],
    ['an address of no user', { email: 'nobody@example.com' }],
    ['no subject', { sub: undefined }],
    ['no end', { exp: undefined }],
    ['an end in the past', { exp: 1 }],
    ['another issuer', { iss: 'https://id.example.com' }],
  ])('refuses %s', async (_, differences) => {
    expect(await status(await provider.sign(claims(differences)))).toBe(401);
  });

  test('refuses a token of another issuer that says it is this one', async () => {
    const other = await OidcProvider.start();
    expect(await status(await other.sign(claims()))).toBe(401);
    await other.stop();
  });

  test('refuses alg none, and a secret that everybody knows', async () => {
    expect(await status(new UnsecuredJWT(claims()).encode())).toBe(401);
    const secret = createSecretKey(Buffer.from('a secret that is no private key of the issuer'));
    expect(await status(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(secret))).toBe(
      401,
    );
  });

  test('knows the account from then on, also after its address changes', async () => {
    expect(await status(await provider.sign(claims()))).toBe(200);
    expect(await status(await provider.sign(claims({ email: 'moved@example.com' })))).toBe(200);
    expect(await status(await provider.sign(claims({ email_verified: false })))).toBe(200);
  });

  test('gives a user to one account alone', async () => {
    expect(await status(await provider.sign(claims()))).toBe(200);
    expect(await status(await provider.sign(claims({ sub: 'somebody who got the address later' })))).toBe(
      401,
    );
  });

  describe('linked to an account whose address nobody verified', () => {
    const EVENT = { title: 'Planning', start_date: '2026-03-02T12:00:00Z', duration: 3600 };
    const HOOK = { minutes_before: 10, method: 'webhook', url: 'http://127.0.0.1:9/hook' } as const;
    let squatter: Account;
    let eventId: number;

    beforeEach(async () => {
      squatter = await signUp(client, `squatted${users}`);
      email = squatter.email;
      const own = squatter.client;
      await own.patch(`/users/${squatter.id}`, { default_reminders: [HOOK] });
      eventId = (await own.create('/events', { ...EVENT, organizer_user_id: squatter.id })).body.id;
      const overrides = [{ ...HOOK, minutes_before: 20 }];
      const path = `/users/${squatter.id}/events/${eventId}/reminders`;
      await own.put(path, { use_default: false, overrides });
    });

    async function link(differences: Record<string, unknown> = {}): Promise<Client> {
      const owner = client.with(await provider.sign(claims(differences)));
      expect((await owner.get(`/users/${squatter.id}`)).status).toBe(200);
      return owner;
    }

    async function rowsOf(table: string): Promise<number> {
      const [{ count }] = await query<{ count: number }>(
        application.database.url,
        `SELECT count(*)::integer AS count FROM ${table} WHERE user_id = ${squatter.id}`,
      );
      return count;
    }

    async function deliveries(): Promise<object[]> {
      const statement = `SELECT status FROM reminder_deliveries WHERE user_id = ${squatter.id}`;
      return query(application.database.url, statement);
    }

    test('ends all access of the user who signed up with it', async () => {
      await link();
      expect((await squatter.client.get(`/users/${squatter.id}`)).status).toBe(401);
      const password = 'a password of the squatter';
      const takeover = { password, current_password: PASSWORD };
      expect((await squatter.client.patch(`/users/${squatter.id}`, takeover)).status).toBe(401);
      expect((await client.post('/auth/login', { email, password: PASSWORD })).status).toBe(401);
      const { status: refreshed } = await client.post('/auth/refresh', {
        refresh_token: squatter.refreshToken,
      });
      expect(refreshed).toBe(401);
    });

    test('leaves nothing that tells of the calendar', async () => {
      const soon = new Date(clock.now().getTime() + HOOK.minutes_before * 60_000).toISOString();
      await squatter.client.create('/events', {
        ...EVENT,
        start_date: soon,
        organizer_user_id: squatter.id,
      });
      // The delivery stays queued: the test runs no courier.
      await application.app.get(ReminderDispatcher).runDue();
      expect(await deliveries()).toEqual([{ status: 'queued' }]);
      const planted = { name: 'Planted', default_reminders: [HOOK] };
      const calendar = await squatter.client.create('/users/me/calendars', planted);
      await squatter.client.create('/events', {
        ...EVENT,
        organizer_user_id: squatter.id,
        calendar_id: calendar.body.id,
      });
      expect([await rowsOf('pending_reminders'), await rowsOf('event_reminders')]).toEqual([2, 1]);
      const owner = await link();
      expect((await owner.get(`/users/${squatter.id}`)).body.default_reminders).toEqual([]);
      expect((await owner.get(`/calendars/${calendar.body.id}`)).body.default_reminders).toBeNull();
      expect((await owner.get(`/users/${squatter.id}/events/${eventId}/reminders`)).body).toMatchObject({
        use_default: true,
      });
      expect([await rowsOf('pending_reminders'), await rowsOf('event_reminders')]).toEqual([0, 0]);
      expect(await deliveries()).toEqual([{ status: 'withdrawn' }]);
    });

    test.each([
      ['the name of the identity', { name: 'Zoe Owner' }, 'Zoe Owner'],
      ['the local part of the address without one', {}, null],
      ['the local part of the address for a name that is too long', { name: 'x'.repeat(201) }, null],
      ['the local part of the address for a name that is no text', { name: 7 }, null],
    ])('gives it %s', async (_, differences, name) => {
      const owner = await link(differences);
      expect((await owner.get(`/users/${squatter.id}`)).body).toMatchObject({
        name: name ?? `squatted${users}`,
        email,
        email_verified: true,
      });
    });

    test('lets the owner alone set a password, by a fresh token', async () => {
      await link();
      const password = 'a password of the owner';
      const now = Math.floor(clock.now().getTime() / 1000);
      const refused = { status: 403, body: { code: 'reauthentication_required' } };
      for (const differences of [{ iat: now - 601 }, { auth_time: now - 601 }, { iat: now + 31 }]) {
        const stale = client.with(await provider.sign(claims(differences)));
        expect(await stale.patch(`/users/${squatter.id}`, { password })).toMatchObject(refused);
      }
      const fresh = client.with(await provider.sign(claims({ iat: now - 600 })));
      expect((await fresh.patch(`/users/${squatter.id}`, { password })).status).toBe(200);
      expect((await client.post('/auth/login', { email, password })).status).toBe(200);
    });
  });

  test('ends the sessions of an account whose address is verified, and leaves the rest', async () => {
    const ann = await signUp(client, `verified${users}`);
    const reminders = [{ minutes_before: 10, method: 'log' }] as const;
    await ann.client.patch(`/users/${ann.id}`, { default_reminders: reminders });
    await verifyEmail(ann, smtp);
    const owner = client.with(await provider.sign(claims({ email: ann.email, name: 'Another' })));
    expect((await owner.get(`/users/${ann.id}`)).body).toMatchObject({
      name: `verified${users}`,
      default_reminders: reminders,
    });
    expect((await ann.client.get(`/users/${ann.id}`)).status).toBe(401);
    expect((await client.post('/auth/refresh', { refresh_token: ann.refreshToken })).status).toBe(401);
    expect((await client.post('/auth/login', { email: ann.email, password: PASSWORD })).status).toBe(200);
  });

  test('links nobody whose address merely looks the same to lower()', async () => {
    const { body: micro } = await client.create('/users', {
      name: 'micro',
      email: `x${users}@micro.example`,
    });
    const attacker = client.with(await provider.sign(claims({ email: `x${users}@m\u0130cro.example` })));
    expect((await attacker.get(`/users/${micro.id}`)).status).toBe(401);
    const owner = client.with(await provider.sign(claims({ email: `X${users}@MICRO.example` })));
    expect((await owner.get(`/users/${micro.id}`)).body.email_verified).toBe(true);
  });

  test('finds an international address in either form', async () => {
    const { body: user } = await client.create('/users', {
      name: 'x',
      email: `x${users}@b\u00fccher.example`,
    });
    const owner = client.with(await provider.sign(claims({ email: `x${users}@xn--bcher-kva.example` })));
    expect((await owner.get(`/users/${user.id}`)).body.email_verified).toBe(true);
  });

  describe('confirms an address', () => {
    let own: Client;

    beforeEach(async () => {
      own = client.with(await provider.sign(claims()));
      await own.get(`/users/${userId}`);
    });

    test('that it is linked by', async () => {
      expect((await own.get(`/users/${userId}`)).body.email_verified).toBe(true);
    });

    test('to which its user moves, and takes it away from a user who has not verified it', async () => {
      const wanted = `wanted${users}@example.com`;
      const squatter = await signUp(client, `wanted${users}`);
      const token = await provider.sign(claims({ email: wanted }));
      const moved = await client.with(token).patch(`/users/${userId}`, { email: wanted });
      expect(moved).toMatchObject({ status: 200, body: { email: wanted, email_verified: true } });
      expect((await own.get(`/users?email=${wanted}`)).body).toMatchObject([{ id: userId }]);
      expect((await client.post('/auth/login', { email: wanted, password: PASSWORD })).status).toBe(401);
      const { body: left } = await squatter.client.get(`/users/${squatter.id}`);
      expect(left).toMatchObject({ email: `user-${squatter.id}@unverified.invalid`, email_verified: false });
      const next = { email: `next${users}@example.com`, current_password: PASSWORD };
      expect((await squatter.client.patch(`/users/${squatter.id}`, next)).status).toBe(200);
      expect((await client.post('/auth/login', { email: next.email, password: PASSWORD })).status).toBe(200);
    });

    test('but takes it from nobody who has verified it', async () => {
      const held = `held${users}@example.com`;
      const holder = await signUp(client, `held${users}`);
      await verifyEmail(holder, smtp);
      const token = await provider.sign(claims({ email: held }));
      expect(await client.with(token).patch(`/users/${userId}`, { email: held })).toMatchObject({
        status: 409,
        body: { code: 'email_taken' },
      });
      expect((await holder.client.get(`/users/${holder.id}`)).body.email).toBe(held);
    });

    test('and no other one to which its user moves', async () => {
      const held = `squat${users}@example.com`;
      await signUp(client, `squat${users}`);
      expect((await own.patch(`/users/${userId}`, { email: held })).status).toBe(409);
      const free = await own.patch(`/users/${userId}`, { email: `free${users}@example.com` });
      expect(free).toMatchObject({ status: 200, body: { email_verified: false } });
    });

    test('and frees one that the user of another account there claimed without proof', async () => {
      const claimed = `claimed${users}@example.com`;
      expect((await own.patch(`/users/${userId}`, { email: claimed })).status).toBe(200);
      const token = await provider.sign(claims({ sub: `owner-${users}`, email: claimed }));
      const owner = client.with(token);
      expect((await owner.get(`/users/${userId}`)).status).toBe(401);
      expect((await own.get(`/users/${userId}`)).body.email).toBe(`user-${userId}@unverified.invalid`);
      const { status: created, body: user } = await client.post('/users', { name: 'owner', email: claimed });
      expect(created).toBe(201);
      expect((await owner.get(`/users/${user.id}`)).body.email_verified).toBe(true);
    });

    test('that it had before the service kept such things', async () => {
      // An earlier version left no such time, and no request removes it.
      await query(application.database.url, `UPDATE users SET email_verified_at = NULL WHERE id = ${userId}`);
      await own.get(`/users/${userId}`);
      expect((await own.get(`/users/${userId}`)).body.email_verified).toBe(true);
    });

    test('only within ten minutes of the login', async () => {
      const now = Math.floor(clock.now().getTime() / 1000);
      const stale = client.with(await provider.sign(claims({ iat: now - 601 })));
      expect(await stale.patch(`/users/${userId}`, { email: `late${users}@example.com` })).toMatchObject({
        status: 403,
        body: { code: 'reauthentication_required' },
      });
    });
  });

  describe('accepts as a token of a user', () => {
    const LOGOUT = { 'http://schemas.openid.net/event/backchannel-logout': {} };

    test.each([
      ['an ID token', 'JWT', {}, 200],
      ['an access token', 'at+jwt', {}, 200],
      ['an access token by its full media type', 'application/at+jwt', {}, 200],
      ['no logout token', 'logout+jwt', { events: LOGOUT }, 401],
      ['no logout token in any case', 'LOGOUT+JWT', {}, 401],
      ['no logout token by its full media type', 'application/logout+jwt', {}, 401],
      ['no logout token that names no type', undefined, { events: LOGOUT }, 401],
      ['no security event', 'secevent+jwt', {}, 401],
      ['no proof of possession', 'dpop+jwt', {}, 401],
    ])('%s', async (_, typ, differences, expected) => {
      expect(await status(await provider.sign(claims(differences), 'first', typ))).toBe(expected);
    });
  });

  test('says that it cannot tell while the provider is not there', async () => {
    const away = await OidcProvider.start();
    const { issuer } = away;
    const token = await away.sign(claims({ iss: issuer }));
    await away.stop();
    const environment = {
      AUTH_MODE: 'required',
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: AUDIENCE,
      LOG_LEVEL: 'silent',
    };
    const lonely = await startTestApplication(environment, clock);
    const answer = await new Client(lonely.url).with(token).get('/users/1');
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await lonely.close();
  });
});
