import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { User } from '../../../clients/typescript/src/schema.js';
import { MAX_ID } from '../../../src/platform/values/max-id.js';
import { UnicodeDomains } from '../../../src/users/write/unicode-domains.js';
import { PASSWORD } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addKey, addTenant, type TestTenant } from '../../support/tenants/tenant.js';

const AUDIENCE = 'calendar';
const OTHER_PASSWORD = 'a password of the other tenant';

/** One address belongs to a user of the default tenant and to a user of another tenant, who have different passwords. */
describe('the same address in two tenants', () => {
  const clock = new TestClock();
  let provider: OidcProvider;
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let other: TestTenant;
  let addresses = 0;
  let email: string;
  let ann: User;
  let otherAnn: User;

  beforeAll(async () => {
    provider = await OidcProvider.start();
    const environment = { AUTH_MODE: 'required', OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    application = await startTestApplication(environment, clock);
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    other = await addTenant(application, 'Globex');
  });
  afterAll(async () => {
    await application.close();
    await provider.stop();
  });
  beforeEach(async () => {
    addresses += 1;
    email = `ann${addresses}@example.com`;
    clock.advance(3600);
    ann = (await anyone.create('/users', { name: 'Ann', email, password: PASSWORD })).body;
    otherAnn = (await other.backend.create('/users', { name: 'Ann', email, password: OTHER_PASSWORD })).body;
  });

  async function logIn(password: string, tenantId?: unknown, address = email) {
    return anyone.send('POST', '/auth/login', { email: address, password, tenant_id: tenantId });
  }

  async function clientOf(password: string, tenantId?: number): Promise<Client> {
    const { status, body } = await logIn(password, tenantId);
    expect(status).toBe(200);
    return anyone.with(body.access_token);
  }

  async function idsOf(client: Client, address = email): Promise<number[]> {
    const { body } = await client.get(`/users?email=${encodeURIComponent(address)}`);
    return body.map(({ id }) => id);
  }

  async function identityToken(claims: Record<string, unknown> = {}): Promise<string> {
    const now = Math.floor(clock.now().getTime() / 1000);
    return provider.sign({
      iss: provider.issuer,
      aud: AUDIENCE,
      sub: `subject-${addresses}`,
      email,
      email_verified: true,
      iat: now,
      exp: now + 300,
      ...claims,
    });
  }

  async function unverify(userId: number): Promise<void> {
    await query(application.database.url, `UPDATE users SET email_verified_at = NULL WHERE id = ${userId}`);
  }

  test('is found in the tenant of the caller, and taken there', async () => {
    expect(await idsOf(backend)).toEqual([ann.id]);
    expect(await idsOf(other.backend)).toEqual([otherAnn.id]);
    expect(await idsOf(await clientOf(OTHER_PASSWORD, other.id))).toEqual([otherAnn.id]);
    for (const client of [anyone, backend, other.backend]) {
      const again = await client.post('/users', { name: 'Again', email: email.toUpperCase() });
      expect(again).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    }
  });

  test('logs in to the default tenant unless the request names another one', async () => {
    for (const tenantId of [undefined, 1])
      expect((await (await clientOf(PASSWORD, tenantId)).get('/users/me')).body.id).toBe(ann.id);
    expect((await (await clientOf(OTHER_PASSWORD, other.id)).get('/users/me')).body.id).toBe(otherAnn.id);
    for (const [password, tenantId] of [
      [OTHER_PASSWORD, undefined],
      [PASSWORD, other.id],
    ] as const) {
      expect(await logIn(password, tenantId)).toMatchObject({
        status: 401,
        body: { code: 'invalid_credentials' },
      });
    }
  });

  test('never logs in to a tenant that does not exist, as if the address were unknown', async () => {
    const unknownAddress = await logIn(PASSWORD, undefined, `nobody${addresses}@example.com`);
    const unknownTenant = await logIn(PASSWORD, MAX_ID);
    expect(unknownTenant.status).toBe(401);
    expect(unknownTenant.body).toEqual({ ...unknownAddress.body, instance: unknownTenant.body.instance });
    for (let attempt = 2; attempt <= 10; attempt += 1) await logIn(PASSWORD, MAX_ID);
    expect(await logIn(PASSWORD, MAX_ID)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  });

  test.each([0, -1, 1.5, MAX_ID + 1, '2', 'default', null, [2]])(
    'never logs in to the tenant %j',
    async (tenantId) => {
      expect(await logIn(PASSWORD, tenantId)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'tenant_id' }] },
      });
    },
  );

  test('has a limit of wrong passwords in each tenant', async () => {
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect((await logIn('a wrong one', other.id)).status).toBe(401);
    expect((await logIn(OTHER_PASSWORD, other.id)).status).toBe(429);
    expect((await logIn(PASSWORD)).status).toBe(200);
  });

  test('keeps its sessions in one tenant when its password changes in the other', async () => {
    const [own, others] = [await clientOf(PASSWORD), await clientOf(OTHER_PASSWORD, other.id)];
    const change = { password: 'a new password of her', current_password: OTHER_PASSWORD };
    expect((await others.patch('/users/me', change)).status).toBe(200);
    expect((await others.get('/users/me')).status).toBe(401);
    expect((await own.get('/users/me')).status).toBe(200);
    expect((await logIn(change.password, other.id)).status).toBe(200);
    expect((await logIn(change.password)).status).toBe(401);
  });

  test('is exchanged for an address of the other tenant, and not for one of the own', async () => {
    const [free, taken] = [`free${addresses}@example.com`, `taken${addresses}@example.com`];
    await backend.create('/users', { name: 'Bob', email: free });
    await other.backend.create('/users', { name: 'Bob', email: taken });
    const others = await clientOf(OTHER_PASSWORD, other.id);
    const move = async (to: string) =>
      others.patch('/users/me', { email: to, current_password: OTHER_PASSWORD });
    expect(await move(taken)).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    expect(await move(free)).toMatchObject({ status: 200, body: { email: free, email_verified: false } });
    expect(await idsOf(other.backend, free)).toEqual([otherAnn.id]);
    expect(await idsOf(backend)).toEqual([ann.id]);
  });

  describe('at an identity provider', () => {
    test('is linked to the user of the default tenant alone', async () => {
      await unverify(otherAnn.id);
      const others = await clientOf(OTHER_PASSWORD, other.id);
      expect((await anyone.with(await identityToken()).get('/users/me')).body.id).toBe(ann.id);
      expect((await others.get('/users/me')).body).toMatchObject({ id: otherAnn.id, email, name: 'Ann' });
      expect((await logIn(OTHER_PASSWORD, other.id)).status).toBe(200);
    });

    test('is nobody’s if only another tenant has it', async () => {
      const only = `only${addresses}@example.com`;
      const { body: bob } = await other.backend.create('/users', {
        name: 'Bob',
        email: only,
        password: PASSWORD,
      });
      await unverify(bob.id);
      const stranger = anyone.with(await identityToken({ sub: `only-${addresses}`, email: only }));
      expect((await stranger.get('/users/me')).status).toBe(401);
      expect((await logIn(PASSWORD, other.id, only)).status).toBe(200);
    });

    test('is taken from no user of another tenant who has not verified it', async () => {
      const moved = `moved${addresses}@example.com`;
      const { body: bob } = await other.backend.create('/users', { name: 'Bob', email: moved });
      const { body: eve } = await anyone.create('/users', { name: 'Eve', email: moved });
      await unverify(bob.id);
      await anyone.with(await identityToken()).get('/users/me');
      const own = anyone.with(await identityToken({ email: moved }));
      expect(await own.patch('/users/me', { email: moved })).toMatchObject({ status: 200 });
      expect(await idsOf(backend, moved)).toEqual([ann.id]);
      expect((await backend.get(`/users/${eve.id}`)).body.email).toContain('unverified.invalid');
      expect(await idsOf(other.backend, moved)).toEqual([bob.id]);
    });
  });

  test('is normalised in each tenant', async () => {
    const ids: number[] = [];
    for (const tenantId of [1, other.id]) {
      const [row] = await query<{ id: number }>(
        application.database.url,
        `INSERT INTO users (tenant_id, name, email)
         VALUES (${tenantId}, 'Zoe', 'Zoe${addresses}@B\u00fccher.example') RETURNING id`,
      );
      ids.push(row?.id ?? 0);
    }
    await application.app.get(UnicodeDomains, { strict: false }).convert();
    const normalised = `zoe${addresses}@xn--bcher-kva.example`;
    expect([await idsOf(backend, normalised), await idsOf(other.backend, normalised)]).toEqual(
      ids.map((id) => [id]),
    );
  });
});
