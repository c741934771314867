import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SecretRenewal } from '../../../src/webhooks/delivery/secret-renewal.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication } from '../../support/service/application.js';
import { signatureOf, WebhookBench } from '../../support/service/webhooks.js';

const MEETING = { title: 'Planning', start_date: '2026-01-06T09:00:00Z', duration: 3600 };
const OLD = 'the old secret of the installation of no use to anyone';
const NEW = 'the new secret of the installation of no use to anyone';

let bench: WebhookBench;
let organizer: number;

beforeAll(async () => {
  bench = await WebhookBench.start({ JWT_SECRET: OLD });
  organizer = (await bench.backend.create('/users', { name: 'ann', email: 'ann@example.com' })).body.id;
});
afterAll(async () => bench.close());

const create = async () => bench.backend.create('/events', { ...MEETING, organizer_user_id: organizer });

test('after a restore of the database, each receiver is told to synchronise', async () => {
  const { id } = await bench.subscribe();
  await create();
  expect(await bench.deliver()).toMatchObject([{ type: 'event.created', sequence: 1 }]);
  await query(bench.application.database.url, `UPDATE change_epochs SET fingerprint = 'another server'`);
  await create();
  expect(await bench.deliver()).toMatchObject([
    { type: 'webhook.enabled', missed: true, sequence: 2, previous_sequence: 1 },
  ]);
  await create();
  expect(await bench.deliver()).toMatchObject([{ type: 'event.created', sequence: 3, previous_sequence: 2 }]);
  await bench.backend.delete(`/webhook-subscriptions/${id}`);
});

test('changes while no subscription is active cost the next one nothing', async () => {
  await create();
  await bench.fanOut();
  await create();
  const { id } = await bench.subscribe();
  const { body } = await create();
  expect(await bench.deliver()).toMatchObject([{ sequence: 1, data: { id: body.id } }]);
  await bench.backend.delete(`/webhook-subscriptions/${id}`);
});

test('the secrets of subscriptions outlive a new secret of the installation', async () => {
  const { id, secret } = await bench.subscribe();
  const environment = { WEBHOOK_DISPATCH: 'off', REMINDER_DISPATCH: 'off', JWT_SECRET: `${NEW},${OLD}` };
  const second = await startTestApplication(environment, bench.clock, undefined, bench.application.database);
  await second.app.get(SecretRenewal).renew();
  await second.close();
  // The first instance has the old secret alone, and cannot open what the new one has sealed.
  await create();
  await bench.calls();
  expect(await bench.listed(id)).toMatchObject([
    { status: 'pending', last_error: 'The service cannot read the secret any more.' },
  ]);
  const back = await startTestApplication(
    { ...environment, JWT_SECRET: `${OLD},${NEW}` },
    bench.clock,
    undefined,
    bench.application.database,
  );
  await back.app.get(SecretRenewal).renew();
  await back.close();
  bench.clock.advance(10);
  const [call] = await bench.calls();
  expect(call.headers['webhook-signature']).toBe(signatureOf(call, secret));
});
