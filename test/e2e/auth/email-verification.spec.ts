import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EmailVerification, UserPatch } from '../../../clients/typescript/src/schema.js';
import { MAX_AUTHENTICATION_AGE } from '../../../src/auth/model/recent-authentication.js';
import {
  MAX_MAILS_PER_ADDRESS,
  MAX_MAILS_PER_CLIENT,
  MAX_MAILS_PER_USER,
  VERIFICATION_LIFETIME,
} from '../../../src/auth/verification/email-verification.service.js';
import { type Account, logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

async function verify(account: Account, body?: EmailVerification) {
  return account.client.post(`/users/${account.id}:verify-email`, body);
}

async function isVerified({ id, client: own }: Account): Promise<boolean> {
  return (await own.get(`/users/${id}`)).body.email_verified;
}

async function moveTo(account: Account, email: string): Promise<void> {
  const change = { email, current_password: PASSWORD };
  expect((await account.client.patch(`/users/${account.id}`, change)).status).toBe(200);
}

describe('an email address', () => {
  let clock: TestClock;
  let smtp: SmtpServer;
  let application: TestApplication;
  let client: Client;
  let users = 0;
  let ann: Account;

  beforeAll(async () => {
    clock = new TestClock();
    smtp = new SmtpServer();
    application = await startTestApplication({ AUTH_MODE: 'required', SMTP_URL: await smtp.start() }, clock);
    client = new Client(application.url);
  });
  afterAll(async () => {
    await application.close();
    await smtp.stop();
  });
  beforeEach(async () => {
    users += 1;
    // The limits of one client begin again.
    clock.advance(3600);
    ann = await signUp(client, `ann${users}`);
    smtp.received.length = 0;
    smtp.refusals = 0;
  });

  /** The token of the newest mail. */
  function mailedToken(): string {
    return /^[\w-]{43}$/m.exec(smtp.received.at(-1)?.text ?? '')?.[0] ?? 'none was mailed';
  }

  /** A token that comes of a refresh, which proves no login. */
  async function refreshed(account: Account): Promise<Account> {
    const { body } = await client.post('/auth/refresh', { refresh_token: account.refreshToken });
    return { ...account, client: client.with(body.access_token) };
  }

  async function changeAddress(account: Account, body: UserPatch): Promise<ServiceResponse> {
    return account.client.patch(`/users/${account.id}`, { email: `new${users}@example.com`, ...body });
  }

  describe('is verified', () => {
    test('by the token that the service mails to it, once', async () => {
      expect(await isVerified(ann)).toBe(false);
      const mailed = await verify(ann);
      expect(mailed).toMatchObject({ status: 202, body: null });
      expect(mailed.headers.get('content-length')).toBe('0');
      expect(smtp.received.map(({ to }) => to)).toEqual([ann.email]);
      expect(smtp.received[0]?.text).not.toContain(`ann${users}`);
      const token = mailedToken();
      expect(await verify(ann, { token })).toMatchObject({
        status: 200,
        body: { id: ann.id, email_verified: true },
      });
      expect(await isVerified(ann)).toBe(true);
      expect(await verify(ann, { token })).toMatchObject({
        status: 400,
        body: { code: 'invalid_mailed_token', errors: [{ field: 'token' }] },
      });
    });

    test('and mailed a token, once under one Idempotency-Key', async () => {
      const path = `/users/${ann.id}:verify-email` as const;
      const repeat = async (key: string, body?: unknown) =>
        ann.client.send('POST', path, body, { 'idempotency-key': key });
      const mailed = [await repeat(`mail${users}`), await repeat(`mail${users}`)];
      expect(mailed.map(({ status, body }) => ({ status, body }))).toEqual(
        Array.from({ length: 2 }, () => ({ status: 202, body: null })),
      );
      expect(smtp.received).toHaveLength(1);
      const token = mailedToken();
      const verified = [await repeat(`token${users}`, { token }), await repeat(`token${users}`, { token })];
      expect(verified.map(({ status, body }) => [status, body.email_verified])).toEqual([
        [200, true],
        [200, true],
      ]);
    });

    test('by its user alone', async () => {
      await verify(ann);
      const token = mailedToken();
      const eve = await signUp(client, `eve${users}`);
      expect((await eve.client.post(`/users/${ann.id}:verify-email`)).status).toBe(403);
      expect((await eve.client.post(`/users/${ann.id}:verify-email`, { token })).status).toBe(403);
      expect((await verify(eve, { token })).status).toBe(400);
      expect((await client.post(`/users/${ann.id}:verify-email`, { token })).status).toBe(401);
      expect([await isVerified(ann), await isVerified(eve)]).toEqual([false, false]);
      expect((await ann.client.get(`/users/${eve.id}`)).body).not.toHaveProperty('email_verified');
    });

    test('by the newest token alone, within a day', async () => {
      await verify(ann);
      const first = mailedToken();
      await verify(ann);
      expect((await verify(ann, { token: first })).status).toBe(400);
      const second = mailedToken();
      clock.advance(VERIFICATION_LIFETIME / 1000);
      const later = { ...ann, ...(await logIn(client, ann.email)) };
      expect((await verify(later, { token: second })).status).toBe(400);
      await verify(later);
      clock.advance(VERIFICATION_LIFETIME / 1000 - 1);
      const inTime = { ...ann, ...(await logIn(client, ann.email)) };
      expect((await verify(inTime, { token: mailedToken() })).status).toBe(200);
    });

    test('by no token of another address, also after the way back', async () => {
      await verify(ann);
      const token = mailedToken();
      await moveTo(ann, `elsewhere${users}@example.com`);
      expect((await verify(ann, { token })).status).toBe(400);
      await verify(ann);
      expect(smtp.received.at(-1)?.to).toBe(`elsewhere${users}@example.com`);
      await moveTo(ann, ann.email);
      expect((await verify(ann, { token: mailedToken() })).status).toBe(400);
      expect(await isVerified(ann)).toBe(false);
    });

    test('by no token from before a new password', async () => {
      await verify(ann);
      const token = mailedToken();
      const change = { password: `${PASSWORD}!`, current_password: PASSWORD };
      expect((await ann.client.patch(`/users/${ann.id}`, change)).status).toBe(200);
      const { body } = await client.post('/auth/login', { email: ann.email, password: `${PASSWORD}!` });
      expect((await verify({ ...ann, client: client.with(body.access_token) }, { token })).status).toBe(400);
    });

    test('again after each change, except of its spelling', async () => {
      await verify(ann);
      await verify(ann, { token: mailedToken() });
      await moveTo(ann, ann.email.toUpperCase());
      expect(await isVerified(ann)).toBe(true);
      await moveTo(ann, `x${users}@bücher.example`);
      expect(await isVerified(ann)).toBe(false);
      await verify(ann);
      await verify(ann, { token: mailedToken() });
      await moveTo(ann, `x${users}@xn--bcher-kva.example`);
      expect(await isVerified(ann)).toBe(true);
      await moveTo(ann, ann.email);
      expect(await isVerified(ann)).toBe(false);
    });

    test.each([
      ['token that is no text', { token: 1 }],
      ['empty token', { token: '' }],
      ['token of another name', { tokens: 'x' }],
    ])('by no %s', async (_, body) => {
      const path = `/users/${ann.id}:verify-email`;
      expect((await ann.client.send('POST', path, body)).status).toBe(400);
      expect(smtp.received).toEqual([]);
    });
  });

  describe('is mailed a token', () => {
    test(`${MAX_MAILS_PER_ADDRESS} times an hour`, async () => {
      for (let mail = 0; mail < MAX_MAILS_PER_ADDRESS; mail += 1)
        expect((await verify(ann)).status).toBe(202);
      const { status, headers, body } = await verify(ann);
      expect({ status, code: body.code }).toEqual({ status: 429, code: 'too_many_attempts' });
      expect(headers.get('retry-after')).toBe('3600');
      expect(smtp.received).toHaveLength(MAX_MAILS_PER_ADDRESS);
      clock.advance(3600);
      expect((await verify({ ...ann, ...(await logIn(client, ann.email)) })).status).toBe(202);
    });

    test(`${MAX_MAILS_PER_USER} times a day for one user, over all addresses`, async () => {
      for (let mail = 0; mail < MAX_MAILS_PER_USER; mail += 1) {
        await moveTo(ann, `victim${mail}-${users}@example.com`);
        expect((await verify(ann)).status).toBe(202);
      }
      await moveTo(ann, `victim-${users}@example.com`);
      expect((await verify(ann)).status).toBe(429);
      expect(smtp.received).toHaveLength(MAX_MAILS_PER_USER);
    });

    test(`${MAX_MAILS_PER_CLIENT} times an hour for all users of one client`, async () => {
      let asked = 0;
      for (; asked < MAX_MAILS_PER_CLIENT; asked += 1) {
        if (asked % MAX_MAILS_PER_ADDRESS === 0) ann = await signUp(client, `${asked}-${ann.id}`);
        expect((await verify(ann)).status).toBe(202);
      }
      expect((await verify(await signUp(client, `next-${ann.id}`))).status).toBe(429);
      expect(smtp.received).toHaveLength(asked);
    });

    test('and told where the mail server does not take it, which does not count', async () => {
      smtp.refusals = MAX_MAILS_PER_ADDRESS + 1;
      for (let mail = 0; mail <= MAX_MAILS_PER_ADDRESS; mail += 1)
        expect(await verify(ann)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect((await verify(ann)).status).toBe(202);
    });

    test('and told where the mail server does not answer', async () => {
      const sockets: Socket[] = [];
      const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const SMTP_URL = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
      const waiting = await startTestApplication(
        { AUTH_MODE: 'required', SMTP_URL },
        clock,
        undefined,
        application.database,
      );
      const told = await ann.client.at(waiting.url).post(`/users/${ann.id}:verify-email`);
      expect(told).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      for (const socket of sockets) socket.destroy();
      silent.close();
      await waiting.close();
    });

    test('where there is a mail server alone', async () => {
      const silent = await startTestApplication(
        { AUTH_MODE: 'required' },
        clock,
        undefined,
        application.database,
      );
      const { client: own } = ann;
      expect(await own.at(silent.url).post(`/users/${ann.id}:verify-email`)).toMatchObject({
        status: 409,
        body: { code: 'email_not_configured' },
      });
      await verify(ann);
      const verified = await own
        .at(silent.url)
        .post(`/users/${ann.id}:verify-email`, { token: mailedToken() });
      expect(verified.status).toBe(200);
      await silent.close();
    });
  });

  test('keeps its token as a hash', async () => {
    await verify(ann);
    const [{ kept }] = await query<{ kept: string }>(
      application.database.url,
      'SELECT json_agg(t)::text AS kept FROM mailed_tokens t',
    );
    expect(kept).toContain('verify_email');
    expect(kept).not.toContain(mailedToken());
  });

  describe('changes', () => {
    const REFUSED = { status: 403, body: { code: 'reauthentication_required' } };

    test('with the current password', async () => {
      const later = await refreshed(ann);
      expect(await changeAddress(later, {})).toMatchObject(REFUSED);
      expect(await changeAddress(later, { current_password: 'a wrong one' })).toMatchObject({
        status: 403,
        body: { code: 'wrong_password', errors: [{ field: 'current_password' }] },
      });
      expect((await later.client.get(`/users/${ann.id}`)).body.email).toBe(ann.email);
      expect((await changeAddress(later, { current_password: PASSWORD })).status).toBe(200);
    });

    test('within ten minutes of a login', async () => {
      clock.advance(MAX_AUTHENTICATION_AGE / 1000 + 1);
      expect(await changeAddress(ann, {})).toMatchObject(REFUSED);
      const { client: fresh } = await logIn(client, ann.email);
      clock.advance(MAX_AUTHENTICATION_AGE / 1000);
      expect((await changeAddress({ ...ann, client: fresh }, {})).status).toBe(200);
    });

    test('not by guessing the password', async () => {
      const later = await refreshed(ann);
      const answers = [];
      for (let guess = 0; guess < 11; guess += 1)
        answers.push(await changeAddress(later, { current_password: 'a wrong one' }));
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
    });

    test('together with nothing else where it is refused', async () => {
      const later = await refreshed(ann);
      expect(await changeAddress(later, { name: 'renamed' })).toMatchObject(REFUSED);
      expect((await later.client.get(`/users/${ann.id}`)).body.name).toBe(`ann${users}`);
    });

    test('with no more than any other field, where it is the same one', async () => {
      const later = await refreshed(ann);
      for (const email of [ann.email, ann.email.toUpperCase()]) {
        expect((await changeAddress(later, { email, name: 'renamed' })).body).toMatchObject({
          email,
          name: 'renamed',
        });
      }
    });
  });
});

test('without a token, in optional mode, a user without a password changes the address at will', async () => {
  const application = await startTestApplication({ AUTH_MODE: 'optional' });
  const client = new Client(application.url);
  const { body: user } = await client.create('/users', { name: 'ann', email: 'ann@example.com' });
  expect(user.email_verified).toBe(true);
  const changed = await client.patch(`/users/${user.id}`, { email: 'new@example.com' });
  expect(changed).toMatchObject({ status: 200, body: { email: 'new@example.com', email_verified: true } });
  expect((await client.patch(`/users/${user.id}`, { password: PASSWORD })).status).toBe(200);
  expect((await client.patch(`/users/${user.id}`, { email: 'newer@example.com' })).status).toBe(401);
  await application.close();
});
