import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  MAX_RESETS_PER_ADDRESS,
  MAX_RESETS_PER_CLIENT,
} from '../../../src/auth/passwords/password-resets.service.js';
import { RESET_LIFETIME, RETRY_PAUSE } from '../../../src/auth/passwords/reset-mails.js';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ROOT = 'cal_the-key-of-the-tests-of-passwords-0123456789';
const NEW = 'another horse, another battery';
/** Seconds. */
const HOUR = 3600;
const WRONG = {
  status: 403,
  body: { code: 'wrong_password', errors: [{ field: 'current_password', message: 'is not the password' }] },
};
const INVALID_TOKEN = { status: 400, body: { code: 'invalid_mailed_token', errors: [{ field: 'token' }] } };

function mailedTokenIn(text = ''): string {
  return /^\d+\.\d+\.[\w-]{43}$/m.exec(text)?.[0] ?? 'none was mailed';
}

/** In ascending order. */
function statusesOf(answers: readonly ServiceResponse[]): number[] {
  return answers.map(({ status }) => status).toSorted((one, other) => one - other);
}

describe('a password', () => {
  const clock = new TestClock();
  let smtp: SmtpServer;
  let smtpUrl: string;
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let users = 0;
  let ann: Account;

  beforeAll(async () => {
    smtp = new SmtpServer();
    smtpUrl = await smtp.start();
    const environment = { AUTH_MODE: 'required', SMTP_URL: smtpUrl, BOOTSTRAP_API_KEY: ROOT };
    application = await startTestApplication(environment, clock);
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
  });
  afterAll(async () => {
    await application.close();
    await smtp.stop();
  });
  beforeEach(async () => {
    users += 1;
    // The limits of one client begin again.
    clock.advance(HOUR);
    ann = await signUp(nobody, `ann${users}`);
    smtp.received.length = 0;
    smtp.refusals = 0;
  });

  async function logIn(password: string, email = ann.email) {
    return nobody.post('/auth/login', { email, password });
  }

  async function statusOfLogin(password: string, email = ann.email): Promise<number> {
    return (await logIn(password, email)).status;
  }

  async function change(client = ann.client, currentPassword = PASSWORD, headers = {}) {
    const body = { current_password: currentPassword, new_password: NEW };
    return client.send('POST', '/auth/change-password', body, headers);
  }

  async function forget(email = ann.email, more: object = {}, headers = {}) {
    return nobody.send('POST', '/auth/forgot-password', { email, ...more }, headers);
  }

  async function reset(token: string, password = NEW, headers = {}) {
    return nobody.send('POST', '/auth/reset-password', { token, new_password: password }, headers);
  }

  /** The token of the mail that follows the request. */
  async function mailedToken(email = ann.email): Promise<string> {
    const before = smtp.received.length;
    const { status, body, headers } = await forget(email);
    expect([status, body, headers.get('content-length')]).toEqual([202, null, '0']);
    await eventually(async () => smtp.received.length > before);
    return mailedTokenIn(smtp.received.at(-1)?.text);
  }

  /** Waits for a later mail, which would not come before an earlier one. */
  async function expectNoMailTo(email: string): Promise<void> {
    const later = await signUp(nobody, `later${users}`);
    await mailedToken(later.email);
    expect(smtp.received.map(({ to }) => to)).not.toContain(email);
  }

  /** Starts another instance with this mail server. */
  async function startOther(mailServer: string | undefined): Promise<TestApplication> {
    const environment = { AUTH_MODE: 'required', SMTP_URL: mailServer };
    return startTestApplication(environment, clock, undefined, application.database);
  }

  /** The service looks for due mails at each request, and every ten seconds. */
  async function wake(): Promise<void> {
    expect((await forget(`nobody${users}@example.com`)).status).toBe(202);
  }

  describe('is changed', () => {
    test('by a person who sends the present one', async () => {
      expect(await change()).toMatchObject({ status: 204, body: null });
      expect([await statusOfLogin(PASSWORD), await statusOfLogin(NEW)]).toEqual([401, 200]);
    });

    test('not by a wrong one, which changes nothing and counts as an attempt, under an Idempotency-Key too', async () => {
      const answers = [];
      for (let guess = 0; guess < 12; guess += 1)
        answers.push(await change(ann.client, `guess ${guess}`, { 'idempotency-key': `${users}-${guess}` }));
      expect(answers[0]).toMatchObject(WRONG);
      expect(answers.map(({ status }) => status)).toEqual([
        ...Array.from({ length: 10 }, () => 403),
        429,
        429,
      ]);
      expect(await statusOfLogin(PASSWORD)).toBe(200);
    });

    test.each([
      ['no present one', { new_password: NEW }, 'current_password'],
      ['no new one', { current_password: PASSWORD }, 'new_password'],
      ['a short one', { current_password: PASSWORD, new_password: '1234567' }, 'new_password'],
      ['a long one', { current_password: PASSWORD, new_password: 'x'.repeat(129) }, 'new_password'],
      ['a number', { current_password: PASSWORD, new_password: 12_345_678 }, 'new_password'],
      ['a field more', { current_password: PASSWORD, new_password: NEW, user_id: 1 }, 'user_id'],
    ])('not with %s', async (_, body, field) => {
      const answered = await ann.client.send('POST', '/auth/change-password', body);
      expect(answered).toMatchObject({ status: 400, body: { errors: [{ field }] } });
      expect(await statusOfLogin(PASSWORD)).toBe(200);
    });

    test('not by an API key, as itself or as the user, nor by a token that a key exchanged', async () => {
      const exchange = await backend.post('/auth/token-exchange', { user_id: ann.id });
      const exchanged = nobody.with(exchange.body.access_token);
      const detail = expect.stringContaining('`PATCH /users/{user_id}`');
      const refusal = { status: 403, body: { code: 'reauthentication_required', detail } };
      for (const client of [backend.as(ann.id), exchanged])
        expect(await change(client)).toMatchObject(refusal);
      expect(await change(backend)).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
      expect(await change(nobody)).toMatchObject({ status: 401, body: { code: 'token_required' } });
      expect(await statusOfLogin(PASSWORD)).toBe(200);
    });

    test('once, by the first of two requests at a time', async () => {
      const answers = await Promise.all([change(), change(), change()]);
      expect(statusesOf(answers)).toEqual([204, 401, 401]);
    });

    test('once under one Idempotency-Key', async () => {
      const headers = { 'idempotency-key': `change${users}` };
      expect((await change(ann.client, PASSWORD, headers)).status).toBe(204);
      // The token of the caller has ended too.
      expect((await change(ann.client, PASSWORD, headers)).status).toBe(401);
      expect(await statusOfLogin(NEW)).toBe(200);
    });
  });

  describe('is reset', () => {
    test('by the token that the service mails to the address', async () => {
      const token = await mailedToken(ann.email.toUpperCase());
      expect(smtp.received.map(({ to }) => to)).toEqual([ann.email]);
      expect(smtp.received[0]?.text).not.toContain(`ann${users}`);
      expect(await statusOfLogin(PASSWORD)).toBe(200);
      expect(await reset(token)).toMatchObject({ status: 204, body: null });
      expect([await statusOfLogin(PASSWORD), await statusOfLogin(NEW)]).toEqual([401, 200]);
    });

    test('once', async () => {
      const token = await mailedToken();
      const answers = await Promise.all([reset(token), reset(token, 'a third password')]);
      expect(statusesOf(answers)).toEqual([204, 400]);
      expect(await reset(token, 'a fourth password')).toMatchObject(INVALID_TOKEN);
      expect(await statusOfLogin('a fourth password')).toBe(401);
    });

    test('once under one Idempotency-Key, which gets the same response', async () => {
      const [token, headers] = [await mailedToken(), { 'idempotency-key': `reset${users}` }];
      const answers = [await reset(token, NEW, headers), await reset(token, NEW, headers)];
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      expect(answers[1]?.headers.get('idempotency-replayed')).toBe('true');
    });

    test.each([
      [RESET_LIFETIME / 1000 - 1, 204],
      [RESET_LIFETIME / 1000, 400],
    ])('%d seconds after the request: %d', async (seconds, status) => {
      const token = await mailedToken();
      clock.advance(seconds);
      expect((await reset(token)).status).toBe(status);
    });

    test('by the newest token alone', async () => {
      const first = await mailedToken();
      const second = await mailedToken();
      expect(await reset(first)).toMatchObject(INVALID_TOKEN);
      expect((await reset(second)).status).toBe(204);
    });

    test('by no token of an earlier password', async () => {
      const token = await mailedToken();
      expect((await change()).status).toBe(204);
      expect(await reset(token, 'a third password')).toMatchObject(INVALID_TOKEN);
      expect(await statusOfLogin(NEW)).toBe(200);
    });

    test('by no token of an earlier address', async () => {
      const token = await mailedToken();
      const changed = { email: `moved${users}@example.com`, current_password: PASSWORD };
      expect((await ann.client.patch(`/users/${ann.id}`, changed)).status).toBe(200);
      expect(await reset(token)).toMatchObject(INVALID_TOKEN);
      expect(await statusOfLogin(PASSWORD, changed.email)).toBe(200);
    });

    test('by no token of another user, and not by one that verifies the address', async () => {
      const [own, eve] = [await mailedToken(), await signUp(nobody, `eve${users}`)];
      const [tenant, , secret] = own.split('.');
      expect(await reset(`${tenant}.${eve.id}.${secret}`)).toMatchObject(INVALID_TOKEN);
      await eve.client.post(`/users/${eve.id}:verify-email`);
      const [verifying] = /^[\w-]{43}$/m.exec(smtp.received.at(-1)?.text ?? '') ?? [];
      for (const token of [`${verifying}`, `1.${eve.id}.${verifying}`])
        expect(await reset(token)).toMatchObject(INVALID_TOKEN);
      expect(await statusOfLogin(PASSWORD, eve.email)).toBe(200);
    });

    test.each([
      ['no token', { new_password: NEW }, 'token'],
      ['an empty token', { token: '', new_password: NEW }, 'token'],
      ['a token that is no text', { token: 1, new_password: NEW }, 'token'],
      ['a token of the service that is none', { token: 'x', new_password: NEW }, 'token'],
      ['a token beyond the bound', { token: 'x'.repeat(201), new_password: NEW }, 'token'],
      ['no password', { token: 'x' }, 'new_password'],
      ['a short password', { token: 'x', new_password: '1234567' }, 'new_password'],
    ])('not with %s', async (_, body, field) => {
      const answered = await nobody.send('POST', '/auth/reset-password', body);
      expect(answered).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    });

    test('which opens the login again that wrong attempts have closed', async () => {
      for (let attempt = 0; attempt < 11; attempt += 1) await logIn('a wrong one');
      expect(await statusOfLogin(PASSWORD)).toBe(429);
      expect((await reset(await mailedToken())).status).toBe(204);
      expect(await statusOfLogin(NEW)).toBe(200);
    });

    test('which does not verify the address', async () => {
      await reset(await mailedToken());
      const own = nobody.with((await logIn(NEW)).body.access_token);
      expect((await own.get('/users/me')).body.email_verified).toBe(false);
    });
  });

  describe('is forgotten', () => {
    test('without a difference in the response to an unknown address', async () => {
      const [known, unknown] = [await forget(), await forget(`nobody${users}@example.com`)];
      const shown = ({ status, body, headers }: typeof known) => ({
        status,
        body,
        headers: [...headers.keys()].toSorted(),
      });
      expect(shown(unknown)).toEqual(shown(known));
      await expectNoMailTo(`nobody${users}@example.com`);
    });

    test('in another tenant without a mail to the user of this one', async () => {
      expect((await forget(ann.email, { tenant_id: 4711 })).status).toBe(202);
      expect((await forget(ann.email, { tenant_id: 1 })).status).toBe(202);
      await eventually(async () => smtp.received.length > 0);
      await expectNoMailTo('nobody');
      expect(smtp.received.filter(({ to }) => to === ann.email)).toHaveLength(1);
      for (const [tenantId, status] of [
        [4711, 401],
        [1, 200],
      ] as const) {
        const login = { email: ann.email, password: PASSWORD, tenant_id: tenantId };
        expect((await nobody.post('/auth/login', login)).status).toBe(status);
      }
    });

    test.each(['/auth/login', '/auth/forgot-password'] as const)(
      'with a tenant that is no id: %s',
      async (path) => {
        for (const tenantId of [0, -1, '1', 1.5, null, 2_147_483_648]) {
          const login = path === '/auth/login' ? { password: PASSWORD } : {};
          const answered = await nobody.send('POST', path, {
            email: ann.email,
            ...login,
            tenant_id: tenantId,
          });
          expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: 'tenant_id' }] } });
        }
      },
    );

    test.each([
      ['no address', {}],
      ['a text that is no address', { email: 'ann' }],
    ])('not with %s', async (_, body) => {
      const answered = await nobody.send('POST', '/auth/forgot-password', body);
      expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: 'email' }] } });
    });

    test('by no user who has none', async () => {
      const email = `without${users}@example.com`;
      await backend.create('/users', { name: 'without', email });
      expect((await forget(email)).status).toBe(202);
      await expectNoMailTo(email);
    });

    test(`${MAX_RESETS_PER_ADDRESS} times an hour for an address, known or not, with the same response beyond`, async () => {
      for (const email of [ann.email, `nobody${users}@example.com`]) {
        for (let request = 0; request < MAX_RESETS_PER_ADDRESS; request += 1) {
          expect((await forget(email)).status).toBe(202);
          if (email === ann.email) await eventually(async () => smtp.received.length > request);
        }
        for (let request = 0; request < 2; request += 1) {
          const beyond = await forget(email.toUpperCase());
          expect([beyond.status, beyond.body, beyond.headers.get('retry-after')]).toEqual([202, null, null]);
        }
      }
      const received = smtp.received.length;
      const tokens = smtp.received.map(({ text }) => mailedTokenIn(text));
      await mailedToken((await signUp(nobody, `later${users}`)).email);
      expect([received, smtp.received.length]).toEqual([MAX_RESETS_PER_ADDRESS, received + 1]);
      expect(await statusOfLogin(PASSWORD)).toBe(200);
      // The last mailed token stays valid.
      expect((await reset(tokens[MAX_RESETS_PER_ADDRESS - 1])).status).toBe(204);
      clock.advance(HOUR);
      await mailedToken();
    });

    test(`${MAX_RESETS_PER_CLIENT} times an hour from one client, with the same response beyond`, async () => {
      for (let request = 0; request < MAX_RESETS_PER_CLIENT; request += 1)
        expect((await forget(`unknown${request}-${users}@example.com`)).status).toBe(202);
      expect((await forget()).status).toBe(202);
      clock.advance(HOUR);
      await expectNoMailTo(ann.email);
    });

    test('once under one Idempotency-Key', async () => {
      const headers = { 'idempotency-key': `forget${users}` };
      for (let repeat = 0; repeat < 2; repeat += 1)
        expect((await forget(ann.email, {}, headers)).status).toBe(202);
      await eventually(async () => smtp.received.length > 0);
      await expectNoMailTo('nobody');
      expect(smtp.received.filter(({ to }) => to === ann.email)).toHaveLength(1);
    });

    test('and its token kept as a hash', async () => {
      const token = await mailedToken();
      const [{ kept }] = await query<{ kept: string }>(
        application.database.url,
        'SELECT json_agg(t)::text AS kept FROM mailed_tokens t',
      );
      expect(kept).toContain('reset_password');
      expect(kept).not.toContain(token.split('.')[2]);
    });
  });

  describe('that is forgotten is mailed', () => {
    test('a minute later if the mail server does not take the mail', async () => {
      smtp.refusals = 1;
      expect((await forget()).status).toBe(202);
      await eventually(async () => smtp.refusals < 1);
      clock.advance(RETRY_PAUSE / 1000);
      await wake();
      await eventually(async () => smtp.received.length > 0);
      const token = mailedTokenIn(smtp.received.at(-1)?.text);
      expect((await reset(token)).status).toBe(204);
    });

    test('by another instance if the instance of the request ends before', async () => {
      const failing = await startOther('smtp://127.0.0.1:1');
      const own = new Client(failing.url);
      // The instance of the suite could send it at once.
      smtp.refusals = Infinity;
      expect((await own.post('/auth/forgot-password', { email: ann.email })).status).toBe(202);
      await failing.close();
      smtp.refusals = 0;
      clock.advance(RETRY_PAUSE / 1000);
      const next = await startOther(smtpUrl);
      await eventually(async () => smtp.received.length > 0);
      await next.close();
      expect(smtp.received.map(({ to }) => to)).toEqual([ann.email]);
    });

    test('not any more if an hour has passed', async () => {
      smtp.refusals = 1;
      expect((await forget()).status).toBe(202);
      await eventually(async () => smtp.refusals < 1);
      clock.advance(HOUR);
      await expectNoMailTo(ann.email);
    });

    test('not any more if the password or the address has changed', async () => {
      const eve = await signUp(nobody, `eve${users}`);
      smtp.refusals = 2;
      for (const { email } of [ann, eve]) expect((await forget(email)).status).toBe(202);
      await eventually(async () => smtp.refusals < 1);
      expect((await change()).status).toBe(204);
      const changed = { email: `moved${users}@example.com`, current_password: PASSWORD };
      expect((await eve.client.patch(`/users/${eve.id}`, changed)).status).toBe(200);
      clock.advance(RETRY_PAUSE / 1000);
      await expectNoMailTo(ann.email);
      expect(smtp.received).toHaveLength(1);
    });

    test('where there is a mail server alone: the token is good without one', async () => {
      const silent = await startOther(undefined);
      const own = new Client(silent.url);
      const token = await mailedToken();
      const refusal = { status: 409, body: { code: 'email_not_configured' } };
      for (const email of [ann.email, `nobody${users}@example.com`])
        expect(await own.post('/auth/forgot-password', { email })).toMatchObject(refusal);
      expect((await own.post('/auth/reset-password', { token, new_password: NEW })).status).toBe(204);
      await silent.close();
    });
  });
});
