import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { User } from '../../../clients/typescript/src/schema.js';
import { AccessTokens } from '../../../src/auth/secrets/access-tokens.js';
import { hashOfToken } from '../../../src/auth/secrets/random-token.js';
import { ExpiredTokensCleanup } from '../../../src/auth/sessions/expired-tokens-cleanup.js';
import { MAX_ID } from '../../../src/platform/values/max-id.js';
import { PASSWORD } from '../../support/client/account.js';
import { Client, type Refusal } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey, addTenant, type TestTenant } from '../../support/tenants/tenant.js';

const UNKNOWN_ID = 999_999;

/** The user of the other tenant is as unknown as an id that no tenant has. */
async function expectUnknown(read: (id: number) => Promise<unknown>, id: number): Promise<void> {
  const [found, unknown] = (await Promise.all([read(id), read(UNKNOWN_ID)])) as Refusal[];
  expect([found?.status, found?.body.code]).toEqual([404, 'user_not_found']);
  const text = JSON.stringify(unknown?.body).replaceAll(String(UNKNOWN_ID), String(id));
  expect(found?.body).toEqual(JSON.parse(text));
}

/** A user of the default tenant and a user of another tenant have one address and one password. */
describe('the tokens of two tenants', () => {
  const smtp = new SmtpServer();
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let other: TestTenant;
  let addresses = 0;
  let email: string;
  let ann: User;
  let otherAnn: User;

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'required', SMTP_URL: await smtp.start() });
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    other = await addTenant(application, 'Globex');
  });
  afterAll(async () => {
    await application.close();
    await smtp.stop();
  });
  beforeEach(async () => {
    addresses += 1;
    email = `ann${addresses}@example.com`;
    const fields = { name: 'Ann', email, password: PASSWORD };
    ann = (await anyone.create('/users', fields)).body;
    otherAnn = (await other.backend.create('/users', fields)).body;
  });

  async function logIn(tenantId?: number) {
    const { status, body } = await anyone.post('/auth/login', {
      email,
      password: PASSWORD,
      tenant_id: tenantId,
    });
    expect(status).toBe(200);
    return { client: anyone.with(body.access_token), refreshToken: body.refresh_token };
  }

  async function refresh(refreshToken: string) {
    return anyone.post('/auth/refresh', { refresh_token: refreshToken });
  }

  async function expectToSee(client: Client, own: User, foreign: User): Promise<void> {
    expect((await client.get('/users/me')).body.id).toBe(own.id);
    const { body: found } = await client.get(`/users?email=${email}`);
    expect(found.map(({ id }) => id)).toEqual([own.id]);
    await expectUnknown(async (id) => client.get(`/users/${id}`), foreign.id);
    await expectUnknown(async (id) => client.patch(`/users/${id}`, { name: 'Eve' }), foreign.id);
  }

  async function mailTo(client: Client): Promise<string> {
    expect((await client.post('/users/me:verify-email')).status).toBe(202);
    return /^\S{40,}$/m.exec(smtp.received.at(-1)?.text ?? '')?.[0] ?? 'none was mailed';
  }

  async function unverified(tenantId?: number): Promise<Client> {
    const { client } = await logIn(tenantId);
    await query(
      application.database.url,
      `UPDATE users SET email_verified_at = NULL WHERE email = '${email}'`,
    );
    return client;
  }

  async function exchange(id: number) {
    return other.backend.post('/auth/token-exchange', { user_id: id });
  }

  describe('an access token', () => {
    test('sees only its tenant', async () => {
      await expectToSee((await logIn()).client, ann, otherAnn);
      await expectToSee((await logIn(other.id)).client, otherAnn, ann);
    });

    test('is valid in the tenant of its user alone', async () => {
      const tokens = application.app.get(AccessTokens, { strict: false });
      const subject = { userId: otherAnn.id, generation: 0 };
      for (const [tenantId, status] of [
        [1, 401],
        [MAX_ID, 401],
        [other.id, 200],
      ] as const) {
        const token = await tokens.issue({ ...subject, tenantId }, true);
        expect((await anyone.with(token).get('/users/me')).status).toBe(status);
      }
    });
  });

  describe('a refresh token', () => {
    test('names its tenant, except the default one', async () => {
      expect((await logIn()).refreshToken).toMatch(/^[\w-]{43}$/);
      expect((await logIn(other.id)).refreshToken).toMatch(new RegExp(`^${other.id}\\.[\\w-]{43}$`));
    });

    test('continues the session in its tenant, once', async () => {
      const { refreshToken } = await logIn(other.id);
      const renewed = await refresh(refreshToken);
      expect(renewed.status).toBe(200);
      await expectToSee(anyone.with(renewed.body.access_token), otherAnn, ann);
      const again = await refresh(renewed.body.refresh_token);
      expect(again.status).toBe(200);
      expect((await refresh(refreshToken)).status).toBe(401);
      expect((await refresh(again.body.refresh_token)).status).toBe(401);
    });

    test('is worth nothing in another tenant', async () => {
      const [own, others] = [(await logIn()).refreshToken, (await logIn(other.id)).refreshToken];
      const [, random] = others.split('.');
      const moved = [random, `1.${random}`, `${MAX_ID}.${random}`, `0${others}`, `${other.id}.${own}`];
      for (const token of [...moved, `1.${own}`]) {
        expect(await refresh(token)).toMatchObject({
          status: 401,
          body: { code: 'invalid_refresh_token' },
        });
      }
      for (const token of [own, others]) expect((await refresh(token)).status).toBe(200);
    });

    test('ends its session, with an Idempotency-Key of the same tenant', async () => {
      const [own, others] = [(await logIn()).refreshToken, (await logIn(other.id)).refreshToken];
      const key = { 'idempotency-key': `out${addresses}` };
      const body = { refresh_token: others };
      const ended = [
        await anyone.send('POST', '/auth/logout', body, key),
        await anyone.send('POST', '/auth/logout', body, key),
      ];
      expect(ended.map(({ status }) => status)).toEqual([204, 204]);
      const replayed = ended.map(({ headers }) => headers.get('idempotency-replayed'));
      expect(replayed).toEqual([null, 'true']);
      expect([(await refresh(others)).status, (await refresh(own)).status]).toEqual([401, 200]);
      const rows = await query(
        application.database.url,
        `SELECT DISTINCT tenant_id FROM idempotency_keys WHERE operation = 'POST /auth/logout'`,
      );
      expect(rows).toEqual([{ tenant_id: other.id }]);
    });

    test('of the version before still continues its session', async () => {
      const token = `a-token-of-the-version-before-${addresses}`.padEnd(43, 'x');
      await query(
        application.database.url,
        `INSERT INTO refresh_tokens (hash, family, user_id, issued_at, expires_at)
         VALUES ('${hashOfToken(token)}', gen_random_uuid(), ${ann.id}, now(), now() + interval '1 day')`,
      );
      const renewed = await refresh(token);
      expect(renewed.status).toBe(200);
      await expectToSee(anyone.with(renewed.body.access_token), ann, otherAnn);
    });

    test('is removed after it has expired, in each tenant', async () => {
      const { database, app } = application;
      await query(
        database.url,
        `INSERT INTO refresh_tokens (tenant_id, hash, family, user_id, issued_at, expires_at)
         SELECT u.tenant_id, 'expired of ' || u.id, gen_random_uuid(), u.id, now(), now() - interval '1 day'
           FROM users u WHERE u.id IN (${ann.id}, ${otherAnn.id});
         INSERT INTO mailed_tokens (tenant_id, user_id, purpose, hash, email, generation, expires_at)
         SELECT u.tenant_id, u.id, 'verify_email', '', '', 0, now() - interval '1 day'
           FROM users u WHERE u.id IN (${ann.id}, ${otherAnn.id})`,
      );
      await app.get(ExpiredTokensCleanup, { strict: false }).remove();
      expect(
        await query(
          database.url,
          `SELECT hash FROM refresh_tokens WHERE hash LIKE 'expired of %'
           UNION ALL SELECT hash FROM mailed_tokens WHERE user_id IN (${ann.id}, ${otherAnn.id})`,
        ),
      ).toEqual([]);
    });
  });

  describe('a mailed token', () => {
    test('names its tenant, and verifies the address there alone', async () => {
      const [own, others] = [await unverified(), await unverified(other.id)];
      const [token, otherToken] = [await mailTo(own), await mailTo(others)];
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(otherToken).toMatch(new RegExp(`^${other.id}\\.[\\w-]{43}$`));
      const [, random = ''] = otherToken.split('.');
      for (const [client, wrong] of [
        [own, otherToken],
        [own, random],
        [own, `${other.id}.${token}`],
        [others, token],
        [others, random],
        [others, `1.${random}`],
      ] as const) {
        expect(await client.post('/users/me:verify-email', { token: wrong })).toMatchObject({
          status: 400,
          body: { code: 'invalid_mailed_token' },
        });
      }
      const verified = await others.post('/users/me:verify-email', { token: otherToken });
      expect(verified).toMatchObject({ status: 200, body: { id: otherAnn.id, email_verified: true } });
      expect((await own.get('/users/me')).body.email_verified).toBe(false);
      expect((await own.post('/users/me:verify-email', { token })).status).toBe(200);
    });

    test('is sent to an address a few times an hour in each tenant', async () => {
      const [own, others] = [await unverified(), await unverified(other.id)];
      for (let mail = 1; mail <= 3; mail += 1) await mailTo(others);
      expect((await others.post('/users/me:verify-email')).status).toBe(429);
      await mailTo(own);
    });
  });

  describe('a key', () => {
    test('sees only its tenant', async () => {
      for (const [client, own, foreign] of [
        [backend, ann, otherAnn],
        [other.backend, otherAnn, ann],
      ] as const) {
        expect((await client.get(`/users/${own.id}`)).body).toMatchObject({ id: own.id, email });
        await expectUnknown(async (id) => client.get(`/users/${id}`), foreign.id);
        await expectUnknown(async (id) => client.patch(`/users/${id}`, { name: 'Eve' }), foreign.id);
        await expectUnknown(async (id) => client.post(`/users/${id}:verify-email`), foreign.id);
      }
    });

    test('acts only as users of its tenant', async () => {
      await expectToSee(other.backend.as(otherAnn.id), otherAnn, ann);
      await expectUnknown(async (id) => other.backend.as(id).get('/users/me'), ann.id);
      await expectUnknown(async (id) => backend.as(id).get('/users/me'), otherAnn.id);
    });

    test('gets tokens only for users of its tenant', async () => {
      const { status, body } = await exchange(otherAnn.id);
      expect(status).toBe(200);
      await expectToSee(anyone.with(body.access_token), otherAnn, ann);
      await expectUnknown(exchange, ann.id);
    });

    test('has Idempotency-Keys of its own', async () => {
      const key = { 'idempotency-key': `create${addresses}` };
      const body = { name: 'Bob', email: `bob${addresses}@example.com` };
      const send = async (client: Client) => client.send('POST', '/users', body, key);
      const [first, second, repeated] = [
        await send(backend),
        await send(other.backend),
        await send(other.backend),
      ];
      expect([first.status, second.status, repeated.status]).toEqual([201, 201, 201]);
      expect(second.body.id).not.toBe(first.body.id);
      expect(repeated.body.id).toBe(second.body.id);
    });
  });
});
