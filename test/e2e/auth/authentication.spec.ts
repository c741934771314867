import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LoginThrottleService } from '../../../src/auth/login/login-throttle.service.js';
import {
  CLEANUP_BATCH_SIZE,
  ExpiredTokensCleanup,
} from '../../../src/auth/sessions/expired-tokens-cleanup.js';
import { logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, type Refusal } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant } from '../../support/service/callers-context.js';
import { TestClock } from '../../support/service/test-clock.js';

const DAY = 86_400;

function expectRefused({ status, headers, body }: Refusal, code: string): void {
  expect({ status, code: body.code }).toEqual({ status: 401, code });
  expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
  expect(headers.get('content-type')).toContain('application/problem+json');
}

describe('identity', () => {
  let clock: TestClock;
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    clock = new TestClock();
    application = await startTestApplication({ AUTH_MODE: 'required' }, clock);
    client = new Client(application.url);
  });
  afterAll(async () => application.close());

  async function refresh(token: string) {
    return client.post('/auth/refresh', { refresh_token: token });
  }

  async function attempt(email: string, password: string) {
    return client.post('/auth/login', { email, password });
  }

  async function beginLogin(tenantId: number, email: string, address: string): Promise<void> {
    const throttle = application.app.get(LoginThrottleService, { strict: false });
    await inTenant(application.app, async () => throttle.beginLogin({ email }, address), tenantId);
  }

  describe('signing up', () => {
    test('answers without the password or its hash, which are kept hashed', async () => {
      const user = { name: 'zoe', email: 'zoe@example.com', password: PASSWORD };
      const { status, body } = await client.post('/users', user);
      expect(status).toBe(201);
      expect(JSON.stringify(body)).not.toMatch(/password|argon|correct|protected/);
      const [{ hash }] = await query<{ hash: string }>(
        application.database.url,
        `SELECT password_hash AS hash FROM users WHERE email = 'zoe@example.com'`,
      );
      expect(hash).toMatch(/^\$argon2id\$/);
    });

    test('is done once under one Idempotency-Key, also where its repeats come beside it', async () => {
      const user = { name: 'keyed', email: 'keyed@example.com', password: PASSWORD };
      const signUps = Array.from({ length: 5 }, async () =>
        client.send('POST', '/users', user, { 'idempotency-key': 'sign-up' }),
      );
      const answers = await Promise.all(signUps);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect((await attempt(user.email, PASSWORD)).status).toBe(200);
    });

    test.each<[string, string | number | null]>([
      ['of seven characters', '1234567'],
      ['of 129', 'x'.repeat(129)],
      ['of blanks', ' '.repeat(12)],
      ['that is no text', 12_345_678],
      ['that is null', null],
    ])('refuses a password %s, without repeating it', async (_, password) => {
      const { status, body } = await client.send('POST', '/users', {
        name: 'a',
        email: 'a@example.com',
        password,
      });
      expect(status).toBe(400);
      expect(body.errors.map((error) => error.field)).toEqual(['password']);
      expect(JSON.stringify(body)).not.toContain(String(password ?? 'xxxx'));
    });

    test.each(['id', 'password_hash', 'passwordHash', 'protected', 'created_at', 'version'])(
      'refuses %s, which is not for a client to say',
      async (field) => {
        const user = { name: 'mass', email: 'mass@example.com', [field]: 1 };
        expect((await client.post('/users', user)).body.errors).toMatchObject([{ field }]);
        const { id, client: own } = await signUp(client, `mass-${field.toLowerCase().replaceAll('_', '-')}`);
        expect((await own.patch(`/users/${id}`, { [field]: 1 })).body.errors).toMatchObject([{ field }]);
      },
    );
  });

  describe('logging in', () => {
    test('gives tokens, in any case of the address', async () => {
      await signUp(client, 'case');
      const { status, headers, body } = await attempt('CASE@example.com', PASSWORD);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 900,
        refresh_token: expect.any(String),
      });
      expect((await client.with(body.access_token).get('/users/1')).status).toBe(200);
    });

    test('answers the same for an unknown address, a wrong password and a user without one', async () => {
      await signUp(client, 'known');
      await client.create('/users', { name: 'without', email: 'without@example.com' });
      const answers = [
        await attempt('unknown@example.com', PASSWORD),
        await attempt('known@example.com', 'another password'),
        await attempt('without@example.com', PASSWORD),
      ];
      for (const answer of answers) expectRefused(answer, 'invalid_credentials');
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });

    test('is limited for each account, known or not, until the time is over', async () => {
      await signUp(client, 'guessed');
      for (const email of ['guessed@example.com', 'nobody@example.com']) {
        const guesses = await Promise.all(
          Array.from({ length: 12 }, async () => attempt(email, 'a wrong one')),
        );
        expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
        const { status, headers, body } = await attempt(email, PASSWORD);
        expect({ status, code: body.code }).toEqual({ status: 429, code: 'too_many_attempts' });
        expect(headers.get('retry-after')).toBe('900');
      }
      clock.advance(900);
      expect((await attempt('guessed@example.com', PASSWORD)).status).toBe(200);
    });

    test('forgets the failed attempts of a user who succeeds', async () => {
      await signUp(client, 'forgetful');
      for (let round = 0; round < 2; round += 1) {
        for (let wrong = 0; wrong < 6; wrong += 1) await attempt('forgetful@example.com', 'a wrong one');
        expect((await attempt('forgetful@example.com', PASSWORD)).status).toBe(200);
      }
    });

    test('is limited for each address, over all accounts and tenants', async () => {
      for (let index = 0; index < 100; index += 1)
        await beginLogin((index % 3) + 1, `user${index}@example.com`, '203.0.113.9');
      for (const tenantId of [1, 2, 4]) {
        const next = beginLogin(tenantId, 'user100@example.com', '203.0.113.9');
        await expect(next).rejects.toThrow('Too many attempts');
      }
      await beginLogin(1, 'user101@example.com', '203.0.113.10');
    });

    test('is counted with others that begin at the same moment', async () => {
      for (let round = 0; round < 40; round += 1) {
        const logins = Array.from({ length: 10 }, async (_, index) =>
          beginLogin(2, `crowd${round}@example.com`, `192.0.2.${10 * (round % 20) + index}`),
        );
        await Promise.all(logins);
        await expect(beginLogin(2, `crowd${round}@example.com`, '192.0.2.250')).rejects.toThrow('Too many');
      }
    });

    test('is limited for each account of each tenant', async () => {
      for (let index = 0; index < 10; index += 1)
        await beginLogin(2, 'twice@example.com', `198.51.100.${index}`);
      await expect(beginLogin(2, 'twice@example.com', '198.51.100.20')).rejects.toThrow('Too many attempts');
      for (const tenantId of [1, 3]) await beginLogin(tenantId, 'twice@example.com', '198.51.100.20');
    });

    test('is limited for each IPv6 network, over all its addresses', async () => {
      for (let index = 0; index < 100; index += 1)
        await beginLogin(1, `six${index}@example.com`, `2001:db8:0:1::${index}`);
      const next = beginLogin(1, 'six100@example.com', '2001:db8:0:1:ffff::1');
      await expect(next).rejects.toThrow('Too many attempts');
      await beginLogin(1, 'six101@example.com', '2001:db8:0:2::1');
    });
  });

  describe('a refresh token', () => {
    test('is good once, for the next', async () => {
      const { id, refreshToken } = await signUp(client, 'rotating');
      const { status, body } = await refresh(refreshToken);
      expect(status).toBe(200);
      expect(body.refresh_token).not.toBe(refreshToken);
      expect((await client.with(body.access_token).patch(`/users/${id}`, { name: 'rotated' })).status).toBe(
        200,
      );
      expect((await refresh(body.refresh_token)).status).toBe(200);
    });

    test('that comes again ends its family, and no other', async () => {
      const { email, refreshToken } = await signUp(client, 'stolen');
      const { refreshToken: otherLogin } = await logIn(client, email);
      const { body: next } = await refresh(refreshToken);
      expectRefused(await refresh(refreshToken), 'invalid_refresh_token');
      expectRefused(await refresh(next.refresh_token), 'invalid_refresh_token');
      expect((await refresh(otherLogin)).status).toBe(200);
    });

    test('is good once also for two who come at the same time', async () => {
      const { refreshToken } = await signUp(client, 'racing');
      const answers = await Promise.all([1, 2, 3].map(async () => refresh(refreshToken)));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
      const winner = answers.find(({ status }) => status === 200);
      expectRefused(await refresh(winner?.body.refresh_token ?? ''), 'invalid_refresh_token');
    });

    test('runs out after thirty days', async () => {
      const { refreshToken } = await signUp(client, 'away');
      clock.advance(30 * DAY - 1);
      const { body } = await refresh(refreshToken);
      clock.advance(30 * DAY);
      expectRefused(await refresh(body.refresh_token), 'invalid_refresh_token');
    });

    test('is no good after logging out, which may be said twice', async () => {
      const { email, refreshToken } = await signUp(client, 'leaving');
      const { refreshToken: otherLogin } = await logIn(client, email);
      const { body } = await refresh(refreshToken);
      for (let time = 0; time < 2; time += 1) {
        const { status } = await client.post('/auth/logout', { refresh_token: body.refresh_token });
        expect(status).toBe(204);
      }
      expectRefused(await refresh(body.refresh_token), 'invalid_refresh_token');
      expect((await refresh(otherLogin)).status).toBe(200);
    });

    test('of another user acts for that user alone, also beside an access token of the caller', async () => {
      const [owner, thief] = [await signUp(client, 'owner'), await signUp(client, 'thief')];
      const { body } = await thief.client.post('/auth/refresh', { refresh_token: owner.refreshToken });
      const gained = client.with(body.access_token);
      expect((await gained.patch(`/users/${thief.id}`, { name: 'mine' })).status).toBe(403);
      expect((await gained.patch(`/users/${owner.id}`, { name: 'owner' })).status).toBe(200);
      // The owner, still holding the old one, notices by it, and all of the login ends.
      expectRefused(await refresh(owner.refreshToken), 'invalid_refresh_token');
      expectRefused(await refresh(body.refresh_token), 'invalid_refresh_token');
      expect((await refresh(thief.refreshToken)).status).toBe(200);
    });

    test('is not accepted as an access token, nor an access token as a refresh token', async () => {
      const { email, refreshToken } = await signUp(client, 'mixed');
      expectRefused(await client.with(refreshToken).get('/users/1'), 'invalid_token');
      const { body } = await attempt(email, PASSWORD);
      const { status } = await refresh(body.access_token);
      expect([400, 401]).toContain(status);
    });

    test('is removed when its session ends, and with others when it runs out', async () => {
      const countOf = async (userId: number): Promise<number> => {
        const [{ count }] = await query<{ count: number }>(
          application.database.url,
          `SELECT count(*)::integer AS count FROM refresh_tokens WHERE user_id = ${userId}`,
        );
        return count;
      };
      const { id, email, refreshToken } = await signUp(client, 'leaving-for-good');
      const { body } = await refresh(refreshToken);
      await logIn(client, email);
      expect(await countOf(id)).toBe(3);
      await client.post('/auth/logout', { refresh_token: body.refresh_token });
      expect(await countOf(id)).toBe(1);
      const sessions = application.app.get(ExpiredTokensCleanup, { strict: false });
      clock.advance(30 * DAY - 1);
      await sessions.remove();
      expect(await countOf(id)).toBe(1);
      // One statement removes fewer tokens than these, and so many logins would take minutes.
      await query(
        application.database.url,
        `INSERT INTO refresh_tokens (hash, family, user_id, issued_at, expires_at)
         SELECT 'old ' || n, gen_random_uuid(), ${id}, '2020-01-01', '2020-01-31' FROM generate_series(1, ${2 * CLEANUP_BATCH_SIZE + 1}) n`,
      );
      clock.advance(1);
      await sessions.remove();
      expect(await countOf(id)).toBe(0);
    });

    test('is kept as its hash', async () => {
      const { refreshToken } = await signUp(client, 'kept');
      const [{ kept }] = await query<{ kept: string }>(
        application.database.url,
        'SELECT json_agg(t)::text AS kept FROM refresh_tokens t',
      );
      expect(kept).toContain('"family"');
      expect(kept).not.toContain(refreshToken);
    });
  });

  describe('changing a password', () => {
    test('asks for the one before, and logs out everywhere', async () => {
      const { id, email, refreshToken, client: own } = await signUp(client, 'changing');
      const next = 'an even longer passphrase';
      expect((await own.patch(`/users/${id}`, { password: next })).body.errors).toMatchObject([
        { field: 'current_password' },
      ]);
      const wrong = await own.patch(`/users/${id}`, { password: next, current_password: 'a wrong one' });
      expect(wrong).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
      expect((await refresh(refreshToken)).status).toBe(200);
      const { refreshToken: otherLogin } = await logIn(client, email);
      const right = await own.patch(`/users/${id}`, { password: next, current_password: PASSWORD });
      expect(right.status).toBe(200);
      expectRefused(await refresh(otherLogin), 'invalid_refresh_token');
      expectRefused(await attempt(email, PASSWORD), 'invalid_credentials');
      expect((await attempt(email, next)).status).toBe(200);
    });

    test('is not hindered by the wrong logins of a stranger, nor hinders a login', async () => {
      const { id, email, client: own } = await signUp(client, 'besieged');
      for (let time = 0; time < 11; time += 1) await attempt(email, 'a wrong one');
      expect((await attempt(email, PASSWORD)).status).toBe(429);
      const next = { password: 'an even longer passphrase', current_password: PASSWORD };
      expect((await own.patch(`/users/${id}`, next)).status).toBe(200);
      const { id: other, email: otherEmail, client: otherOwn } = await signUp(client, 'forgetting');
      for (let time = 0; time < 11; time += 1)
        await otherOwn.patch(`/users/${other}`, { ...next, current_password: 'a wrong one' });
      expect((await attempt(otherEmail, PASSWORD)).status).toBe(200);
    });

    test('ends the access tokens too', async () => {
      const { id, email, client: own } = await signUp(client, 'ending');
      const { client: elsewhere } = await logIn(client, email);
      const next = { password: 'an even longer passphrase', current_password: PASSWORD };
      expect((await own.patch(`/users/${id}`, next)).status).toBe(200);
      for (const ended of [own, elsewhere]) expectRefused(await ended.get(`/users/${id}`), 'invalid_token');
    });

    test('is no way to guess it', async () => {
      const { id, client: own } = await signUp(client, 'guessing');
      const guess = { password: 'an even longer passphrase', current_password: 'a wrong one' };
      const answers = [];
      for (let time = 0; time < 11; time += 1) answers.push(await own.patch(`/users/${id}`, guess));
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
    });
  });

  describe('AUTH_MODE=required', () => {
    test.each([
      ['no token', undefined, 'token_required'],
      ['another scheme', 'Basic YW5uOmFubg==', 'invalid_token'],
      ['no token after the scheme', 'Bearer ', 'invalid_token'],
      ['something else for a token', 'Bearer 1', 'invalid_token'],
    ])('refuses %s', async (_, authorization, code) => {
      const response = await fetch(`${application.url}/users/1`, {
        headers: { ...(authorization && { authorization }) },
      });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="calendar"/);
      expect(await response.json()).toMatchObject({ status: 401, code });
    });

    test('asks for a token before it looks at anything else', async () => {
      expectRefused(await client.send('POST', '/events', {}), 'token_required');
      expectRefused(await client.get('/events/4711'), 'token_required');
    });

    test('refuses a token that has run out', async () => {
      const { id, client: own } = await signUp(client, 'late');
      clock.advance(900);
      expectRefused(await own.get(`/users/${id}`), 'invalid_token');
    });

    test.each(['/health/live', '/health/ready', '/openapi.json', '/docs'])('leaves %s open', async (path) => {
      expect((await fetch(application.url + path)).status).toBe(200);
    });

    test('does not keep a client with an expired token from signing up and logging in', async () => {
      const stale = client.with('a.b.c');
      expect(
        (await stale.post('/users', { name: 's', email: 's@example.com', password: PASSWORD })).status,
      ).toBe(201);
      expect((await stale.post('/auth/login', { email: 's@example.com', password: PASSWORD })).status).toBe(
        200,
      );
    });
  });
});
