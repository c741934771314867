import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { NewReminder } from '../../../clients/typescript/src/schema.js';
import { poolOf } from '../../../src/database/session/session-pool.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { MAX_LOOKUPS, MAX_WAITING_LOOKUPS, PublicHosts } from '../../../src/platform/network/public-hosts.js';
import { postTo } from '../../../src/platform/network/public-request.js';
import { ReminderValidator } from '../../../src/users/write/reminder-validator.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { NameServer } from '../../support/servers/name-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { onBehalfOf } from '../../support/service/callers-context.js';

const names = new NameServer({
  'public.test': ['93.184.216.34', '8.8.8.8'],
  'private.test': ['10.1.2.3'],
  'mixed.test': ['93.184.216.34', '127.0.0.1'],
  'empty.test': [],
  'silent.test': null,
});
let application: TestApplication;
let client: Client;
let account: Account;

beforeAll(async () => {
  await names.start();
  application = await startTestApplication({ WEBHOOK_SECRET: 'a key that only the two of us know' });
  client = new Client(application.url);
  account = await signUp(client, 'ann');
});
afterAll(async () => {
  await application.close();
  await names.stop();
});
beforeEach(() => {
  names.asked.length = 0;
});

function webhook(hostname: string): NewReminder {
  return { minutes_before: 10, method: 'webhook', url: `https://${hostname}/hook` };
}

async function setDefaults(hostname: string) {
  return account.client.patch(`/users/${account.id}`, { default_reminders: [webhook(hostname)] });
}

describe('the host of a webhook', () => {
  test('is kept where each of its addresses is public', async () => {
    expect((await setDefaults('public.test')).body).toMatchObject({
      default_reminders: [webhook('public.test')],
    });
    expect(new Set(names.asked)).toEqual(new Set(['public.test']));
  });

  test.each(['mixed.test', 'missing.test', 'empty.test', 'silent.test', '10.1.2.3', 'localhost'])(
    'has the same response as a private one: %s',
    async (hostname) => {
      const { status, body } = await setDefaults(hostname);
      expect(status).toBe(400);
      expect(body.errors).toEqual([
        { field: 'default_reminders.0.url', message: 'must be at a public address' },
      ]);
      expect(body).toEqual((await setDefaults('private.test')).body);
    },
  );

  test('is checked for the reminders of an event too, and named by its place', async () => {
    const event = { title: 'Planning', organizer_user_id: account.id, duration: 3600 };
    const { body } = await account.client.create('/events', { ...event, start_date: '2030-01-05T12:00:00Z' });
    const { status, body: refused } = await account.client.put(
      `/users/${account.id}/events/${body.id}/reminders`,
      {
        use_default: false,
        overrides: [webhook('public.test'), { ...webhook('missing.test'), minutes_before: 5 }],
      },
    );
    expect([status, refused.errors[0].field]).toEqual([400, 'overrides.1.url']);
  });

  test('is not looked up for a caller without identity', async () => {
    const user = { name: 'bob', email: 'bob@example.com', default_reminders: [webhook('private.test')] };
    const created = await client.post('/users', user);
    expect(created.status).toBe(201);
    const changed = await client.patch(`/users/${created.body.id}`, {
      default_reminders: [webhook('missing.test')],
    });
    expect(changed.status).toBe(200);
    for (const hostname of ['10.1.2.3', 'localhost', '[::1]']) {
      const refused = await client.patch(`/users/${created.body.id}`, {
        default_reminders: [webhook(hostname)],
      });
      expect(refused.status).toBe(400);
    }
    expect(names.asked).toEqual([]);
  });

  test('is looked up again for each delivery', async () => {
    const options = { headers: {}, body: '', timeoutMs: 5_000, allowPrivate: false };
    for (const hostname of ['private.test', 'mixed.test', 'missing.test', 'silent.test']) {
      const call = postTo(new URL(`http://${hostname}:9/`), options);
      await expect(call).rejects.toThrow(`${hostname} is not at a public address.`);
    }
    expect(new Set(names.asked)).toEqual(
      new Set(['private.test', 'mixed.test', 'missing.test', 'silent.test']),
    );
  });
});

describe('while a name server does not answer', () => {
  test('sign-ups with an Idempotency-Key neither wait for it nor hold connections', async () => {
    const signUps = Array.from({ length: 25 }, async (_, index) => {
      const user = { name: 'user', email: `user-${index}@example.com`, password: 'correct horse battery' };
      return client.send(
        'POST',
        '/users',
        { ...user, default_reminders: [webhook('silent.test')] },
        { 'idempotency-key': `key-${index}` },
      );
    });
    expect(new Set((await Promise.all(signUps)).map(({ status }) => status))).toEqual(new Set([201]));
    expect(names.asked).toEqual([]);
  });

  test('a look-up within a transaction holds no connection', async () => {
    const { app } = application;
    const [unitOfWork, validator] = [app.get(UnitOfWork), app.get(ReminderValidator)];
    const reminder = { minutesBefore: 10, method: 'webhook' as const, url: 'https://silent.test/' };
    const checks = Array.from({ length: 25 }, async () =>
      onBehalfOf(app, { kind: 'user', tenantId: 1, userId: account.id }, async () =>
        unitOfWork.run(async () => validator.validate('default_reminders', [reminder])),
      ),
    );
    const settled = Promise.allSettled(checks);
    const pool = poolOf(app.get(DataSource));
    await eventually(async () => names.asked.length >= MAX_LOOKUPS && pool.idleCount === pool.totalCount);
    expect((await client.get('/health/ready')).status).toBe(200);
    const reasons = (await settled).map((result) => result.status === 'rejected' && result.reason.message);
    expect(new Set(reasons)).toEqual(new Set(['default_reminders.0.url: must be at a public address']));
  });

  test('look-ups beyond those that wait are refused, and all others have their turn', async () => {
    const hosts = new PublicHosts();
    const admitted = MAX_LOOKUPS + MAX_WAITING_LOOKUPS;
    const lookups = Array.from({ length: admitted }, async () => hosts.isPublic('silent.test'));
    await expect(hosts.isPublic('public.test')).rejects.toMatchObject({ code: 'overloaded' });
    await eventually(async () => names.asked.length >= MAX_LOOKUPS);
    expect(new Set(await Promise.all(lookups))).toEqual(new Set([false]));
    expect(await hosts.isPublic('public.test')).toBe(true);
  });
});
