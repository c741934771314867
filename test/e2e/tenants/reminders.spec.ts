import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewReminder } from '../../../clients/typescript/src/schema.js';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import { DELIVERY_LIFETIME_MS, OldDeliveries } from '../../../src/reminders/delivery/old-deliveries.js';
import type { Client } from '../../support/client/client.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { WebhookReceiver } from '../../support/servers/webhook-receiver.js';
import { ReminderBench } from '../../support/service/reminders.js';
import { addKey, addPerson, addTenant, type Person } from '../../support/tenants/tenant.js';

const NOW = '2026-01-05T08:00:00Z';
const DUE = '2026-01-05T11:50:00Z';
const BY_LOG = { minutes_before: 10, method: 'log' } as const;
/** More reminders than a batch. */
const MANY = 260;

const smtp = new SmtpServer();
const receiver = new WebhookReceiver();
let url: string;
let bench: ReminderBench;
let tenants: readonly { readonly id: number; readonly backend: Client }[];

beforeAll(async () => {
  url = await receiver.start();
  bench = await ReminderBench.start(NOW, {
    SMTP_URL: await smtp.start(),
    SMTP_FROM: 'calendar@example.com',
    WEBHOOK_SECRET: 'a key that only the two of us know',
    WEBHOOK_ALLOW_PRIVATE: 'true',
  });
  tenants = [
    { id: DEFAULT_TENANT_ID, backend: await addKey(bench.application, DEFAULT_TENANT_ID) },
    await addTenant(bench.application, 'other'),
  ];
});
afterAll(async () => {
  await bench.close();
  await smtp.stop();
  await receiver.stop();
});

beforeEach(async () => {
  await bench.query('TRUNCATE users, events, reminder_deliveries, outbox_messages CASCADE');
  bench.clock.set(NOW);
  smtp.received.length = 0;
  receiver.received.length = 0;
});

interface Planned {
  readonly tenantId: number;
  readonly person: Person;
  readonly eventId: number;
  readonly title: string;
}

/** Creates a person in each tenant, who organizes an event of an hour that begins ten minutes after `DUE`. */
async function planned(
  reminderOf: (tenantId: number) => NewReminder,
  fields: object = {},
): Promise<[Planned, Planned]> {
  const made = tenants.map(async ({ id: tenantId, backend }) => {
    const person = await addPerson(backend, { default_reminders: [reminderOf(tenantId)] });
    const title = `Planning of tenant ${tenantId}`;
    const { body } = await backend.create('/events', {
      title,
      organizer_user_id: person.id,
      start_date: '2026-01-05T12:00:00Z',
      duration: 3600,
      ...fields,
    });
    return { tenantId, person, eventId: body.id, title };
  });
  return (await Promise.all(made)) as [Planned, Planned];
}

interface StoredDelivery {
  readonly tenant_id: number;
  readonly event_id: number;
  readonly status: string;
}

async function deliveries(): Promise<StoredDelivery[]> {
  return bench.query(
    'SELECT tenant_id, event_id, status FROM reminder_deliveries ORDER BY tenant_id, due_at, minutes_before',
  );
}

async function fail(tenantId: number, work: () => Promise<void>): Promise<void> {
  await bench.query(`
    CREATE FUNCTION refuse_tenant() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'not this tenant'; END $$;
    CREATE TRIGGER refuse_tenant BEFORE INSERT ON reminder_deliveries
       FOR EACH ROW WHEN (NEW.tenant_id = ${tenantId}) EXECUTE FUNCTION refuse_tenant()`);
  try {
    await work();
  } finally {
    await bench.query('DROP FUNCTION refuse_tenant CASCADE');
  }
}

describe('the reminders of two tenants', () => {
  test('fire in one run', async () => {
    const events = await planned(() => BY_LOG);
    const lines = await bench.at(DUE);
    const fired = lines.map(({ user_id, event_id }) => ({ user_id, event_id }));
    expect(fired).toHaveLength(2);
    for (const { person, eventId } of events)
      expect(fired).toContainEqual({ user_id: person.id, event_id: eventId });
    expect(await deliveries()).toEqual(
      events.map(({ tenantId, eventId }) => ({
        tenant_id: tenantId,
        event_id: eventId,
        status: 'fired',
      })),
    );
    expect(await bench.at(DUE)).toEqual([]);
  });

  test('fire for each occurrence of their series', async () => {
    const events = await planned(() => BY_LOG, { repeat: { frequency: 'daily', count: 2 } });
    expect(await bench.at(DUE)).toHaveLength(2);
    for (const { eventId } of events) expect(await bench.dueAt(eventId)).toEqual(['2026-01-06T11:50:00Z']);
    expect(await bench.at('2026-01-06T11:50:00Z')).toHaveLength(2);
    expect(await bench.query('SELECT FROM pending_reminders')).toEqual([]);
  });

  test('are mailed, each to the user of the event', async () => {
    const events = await planned(() => ({ minutes_before: 10, method: 'email' }));
    await bench.sendAt(DUE);
    const mails = smtp.received.map(({ to, text }) => [to, text.split('\n')[0]]);
    expect(mails).toHaveLength(events.length);
    expect(mails).toEqual(expect.arrayContaining(events.map(({ person, title }) => [person.email, title])));
    expect((await deliveries()).map(({ status }) => status)).toEqual(['fired', 'fired']);
  });

  test('call the webhook of the user, with the event of that user alone', async () => {
    const events = await planned((tenantId) => ({
      minutes_before: 10,
      method: 'webhook',
      url: `${url}/${tenantId}`,
    }));
    await bench.sendAt(DUE);
    const calls = receiver.received.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
    expect(calls).toHaveLength(2);
    for (const { tenantId, person, eventId, title } of events) {
      const called = { path: `/${tenantId}`, user_id: person.id, event_id: eventId, title };
      expect(calls).toContainEqual(expect.objectContaining(called));
    }
  });

  test('whose receiver fails are sent again, each in its tenant', async () => {
    await planned((tenantId) => ({ minutes_before: 10, method: 'webhook', url: `${url}/${tenantId}` }));
    receiver.statuses.push(503, 503);
    await bench.sendAt(DUE);
    expect((await deliveries()).map(({ status }) => status)).toEqual(['queued', 'queued']);
    await bench.sendAt('2026-01-05T11:51:00Z');
    expect((await deliveries()).map(({ status }) => status)).toEqual(['fired', 'fired']);
    expect(receiver.received).toHaveLength(4);
  });
});

describe('the reminders of a tenant', () => {
  test('fire although those of another tenant fail', async () => {
    const [failing, other] = await planned(() => BY_LOG);
    await fail(failing.tenantId, async () => {
      await expect(bench.at(DUE)).rejects.toThrow('not this tenant');
      expect((await deliveries()).map(({ event_id }) => event_id)).toEqual([other.eventId]);
    });
    expect((await bench.at(DUE)).map(({ event_id }) => event_id)).toEqual([failing.eventId]);
  });

  test('do not wait for all those of another tenant', async () => {
    const [crowded, other] = await planned(() => BY_LOG);
    await bench.query(
      `INSERT INTO pending_reminders (tenant_id, event_id, user_id, minutes_before, method, original_start,
              start_at, end_at, due_at)
       SELECT tenant_id, event_id, user_id, 1000 + n, method, original_start, start_at, end_at,
              start_at - (1000 + n) * interval '1 minute'
         FROM pending_reminders, generate_series(1, ${MANY}) AS n
        WHERE tenant_id = ${crowded.tenantId} AND event_id = ${crowded.eventId}`,
    );
    const lines = await bench.at(DUE);
    expect(lines).toHaveLength(MANY + 2);
    const place = lines.findIndex(({ event_id }) => event_id === other.eventId);
    expect(place).toBeLessThan(MANY);
  });
});

test('old deliveries of all tenants are removed, and no others', async () => {
  const old = new Date(Date.parse(NOW) - DELIVERY_LIFETIME_MS - 1).toISOString();
  const ages = [
    [DEFAULT_TENANT_ID, 1, old],
    [tenants[1]?.id, 1, NOW],
    [DEFAULT_TENANT_ID, 2, NOW],
    [tenants[1]?.id, 2, old],
  ];
  await bench.query(
    `INSERT INTO reminder_deliveries (tenant_id, event_id, original_start, user_id, minutes_before, method,
            notification_id, status, due_at, recorded_at)
     SELECT tenant_id, event_id, '2026-01-01T10:00:00', 1, 10, 'log', gen_random_uuid(), 'fired',
            '${NOW}', recorded_at::timestamptz
       FROM (VALUES ${ages.map(([tenant, event, at]) => `(${tenant}, ${event}, '${at}')`).join(', ')})
            AS row (tenant_id, event_id, recorded_at)`,
  );
  await bench.application.app.get(OldDeliveries).remove();
  expect(await deliveries()).toEqual([
    { tenant_id: DEFAULT_TENANT_ID, event_id: 2, status: 'fired' },
    { tenant_id: tenants[1]?.id, event_id: 1, status: 'fired' },
  ]);
});
