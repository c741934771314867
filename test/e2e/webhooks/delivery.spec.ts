import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EndedMessages } from '../../../src/outbox/worker/ended-messages.js';
import { OldWebhookDeliveries } from '../../../src/webhooks/delivery/old-webhook-deliveries.js';
import { query } from '../../support/database/data-directory.js';
import { bodyOf, signatureOf, WebhookBench } from '../../support/service/webhooks.js';

const MEETING = { title: 'Planning', start_date: '2026-01-06T09:00:00Z', duration: 3600 };
const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

describe('a delivery', () => {
  let bench: WebhookBench;
  let organizer: number;

  beforeAll(async () => {
    bench = await WebhookBench.start();
    const { body } = await bench.backend.create('/users', { name: 'ann', email: 'ann@example.com' });
    organizer = body.id;
  });
  afterAll(async () => bench.close());

  beforeEach(async () => {
    await query(
      bench.application.database.url,
      'DELETE FROM webhook_subscriptions; DELETE FROM outbox_messages; DELETE FROM webhook_deliveries',
    );
    bench.receiver.statuses.length = 0;
    bench.receiver.received.length = 0;
  });

  const create = async (title = 'Planning') =>
    (await bench.backend.create('/events', { ...MEETING, title, organizer_user_id: organizer })).body.id;

  const respond = (...statuses: number[]) => bench.receiver.statuses.push(...statuses);

  const state = async (id: number) => (await bench.backend.get(`/webhook-subscriptions/${id}`)).body;

  test('has the headers and the signature of Standard Webhooks', async () => {
    const { id, secret } = await bench.subscribe();
    await create();
    const [call] = await bench.calls();
    const [listed] = await bench.listed(id);
    expect(call.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': listed.id,
      'webhook-timestamp': String(bench.clock.now().getTime() / 1000),
      'webhook-signature': signatureOf(call, secret),
    });
    expect(listed).toMatchObject({
      type: 'event.created',
      status: 'delivered',
      attempts: 1,
      last_status_code: 204,
      last_error: null,
      next_attempt_at: null,
    });
  });

  test('is signed by both secrets for 24 hours after a rotation, the new one first', async () => {
    const { id, secret: old } = await bench.subscribe();
    const { body } = await bench.backend.post(`/webhook-subscriptions/${id}:rotate-secret`);
    const { secret } = body as { secret: string };
    await create();
    const [first] = await bench.calls();
    expect(first.headers['webhook-signature']).toBe(
      `${signatureOf(first, secret)} ${signatureOf(first, old)}`,
    );
    bench.clock.advance(DAY - SECOND);
    const endsAt = new Date(bench.clock.now().getTime() + SECOND * 1000).toISOString();
    expect(await state(id)).toMatchObject({ previous_secret_expires_at: endsAt });
    bench.clock.advance(SECOND);
    await create();
    const [second] = await bench.calls();
    expect(second.headers['webhook-signature']).toBe(signatureOf(second, secret));
    expect(await state(id)).toMatchObject({ previous_secret_expires_at: null });
    expect((await bench.backend.get('/webhook-subscriptions')).body).toMatchObject([
      { id, previous_secret_expires_at: null },
    ]);
  });

  test('is signed anew in each attempt, with the same id', async () => {
    const { secret } = await bench.subscribe();
    respond(500);
    await create();
    const [first] = await bench.calls();
    bench.clock.advance(6 * SECOND);
    const [second] = await bench.calls();
    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(Number(second.headers['webhook-timestamp'])).toBe(Number(first.headers['webhook-timestamp']) + 6);
    expect(second.headers['webhook-signature']).toBe(signatureOf(second, secret));
  });

  test('is tried again after 5, 10, 20 s, 1, 5, 30 min, 2, 8, 24 h, at most a fifth later, and then fails', async () => {
    const { id } = await bench.subscribe();
    respond(...Array.from({ length: 11 }, () => 503));
    await create();
    expect(await bench.calls()).toHaveLength(1);
    const delays = [5, 10, 20, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];
    for (const [index, delay] of delays.entries()) {
      const [{ next_attempt_at: next, attempts, status }] = await bench.listed(id);
      expect({ attempts, status }).toEqual({ attempts: index + 1, status: 'pending' });
      const wait = (Date.parse(next ?? '') - bench.clock.now().getTime()) / 1000;
      expect(wait).toBeGreaterThanOrEqual(delay);
      expect(wait).toBeLessThanOrEqual(delay * 1.2);
      bench.clock.advance(delay - 1);
      expect(await bench.calls()).toEqual([]);
      bench.clock.advance(delay * 0.2 + 1);
      expect(await bench.calls()).toHaveLength(1);
    }
    expect(await bench.listed(id)).toMatchObject([
      { status: 'failed', attempts: 10, last_status_code: 503, next_attempt_at: null },
    ]);
    bench.clock.advance(30 * HOUR);
    expect(await bench.calls()).toEqual([]);
  });

  test.each([301, 302, 307, 308, 400, 404, 429])(
    'fails by the status %d, which is not followed',
    async (status) => {
      const { id } = await bench.subscribe();
      respond(status);
      await create();
      expect((await bench.calls()).map(({ path }) => path)).toEqual(['/hook']);
      expect(await bench.listed(id)).toMatchObject([
        {
          status: 'pending',
          attempts: 1,
          last_status_code: status,
          last_error: expect.stringContaining(`${status}`),
        },
      ]);
    },
  );

  test('fails if nobody listens', async () => {
    const { id } = await bench.subscribe({ url: 'http://127.0.0.1:9/' });
    await create();
    await bench.calls();
    expect(await bench.listed(id)).toMatchObject([
      { status: 'pending', last_status_code: null, last_error: 'The receiver refused the connection.' },
    ]);
    expect(await state(id)).toMatchObject({ failing_since: bench.clock.now().toISOString() });
  });

  test('that gets a 410 disables its subscription, and gives up what is pending', async () => {
    const { id } = await bench.subscribe();
    respond(500, 410);
    await create('first');
    await bench.calls();
    await create('second');
    await bench.calls();
    expect(await state(id)).toMatchObject({ status: 'disabled', disabled_reason: 'gone' });
    expect(await bench.listed(id)).toMatchObject([
      { status: 'failed', last_status_code: 410 },
      { status: 'failed', last_error: 'The subscription was disabled.' },
    ]);
  });

  test('disables its subscription after 5 days with attempts and no success', async () => {
    const { id } = await bench.subscribe();
    respond(...Array.from({ length: 30 }, () => 500));
    await create();
    for (let passed = 0; passed < 5 * DAY; passed += 12 * HOUR) {
      await bench.calls();
      if (passed === 3 * DAY) await create();
      expect(await state(id)).toMatchObject({ status: 'active', disabled_reason: null });
      bench.clock.advance(12 * HOUR);
    }
    await create();
    await bench.calls();
    expect(await state(id)).toMatchObject({ status: 'disabled', disabled_reason: 'failing' });
  });

  test('that succeeds begins the 5 days anew', async () => {
    const { id } = await bench.subscribe();
    respond(500);
    await create();
    await bench.calls();
    expect(await state(id)).toMatchObject({ failing_since: expect.any(String) });
    bench.clock.advance(6 * SECOND);
    await bench.calls();
    expect(await state(id)).toMatchObject({ status: 'active', failing_since: null });
    bench.clock.advance(5 * DAY);
    respond(500);
    await create();
    await bench.calls();
    expect(await state(id)).toMatchObject({ status: 'active' });
  });

  test('is not made of changes while the subscription is disabled; the first one afterwards says so', async () => {
    const { id } = await bench.subscribe();
    await create('before');
    await bench.deliver();
    await bench.backend.patch(`/webhook-subscriptions/${id}`, { status: 'disabled' });
    await create('missed');
    expect(await bench.deliver()).toEqual([]);
    await bench.backend.patch(`/webhook-subscriptions/${id}`, { status: 'active' });
    await create('after');
    expect(await bench.deliver()).toMatchObject([
      { type: 'webhook.enabled', missed: true, sequence: 2, previous_sequence: 1 },
      { type: 'event.created', sequence: 3, previous_sequence: 2, data: { title: 'after' } },
    ]);
  });

  test('of a test is `webhook.test`', async () => {
    const { id } = await bench.subscribe({ types: ['event.deleted'] });
    const tested = await bench.backend.post(`/webhook-subscriptions/${id}:test`);
    expect(tested).toMatchObject({
      status: 200,
      body: { type: 'webhook.test', status: 'pending', attempts: 0 },
    });
    expect(await bench.deliver()).toMatchObject([{ type: 'webhook.test', sequence: 1, data: {} }]);
  });

  test('is sent again on request, with its id and number, whether it is pending or has ended', async () => {
    const { id } = await bench.subscribe();
    respond(500);
    await create();
    const [first] = await bench.calls();
    const [{ id: delivery }] = await bench.listed(id);
    const path = `/webhook-subscriptions/${id}/deliveries/${delivery}:redeliver` as const;
    expect(await bench.backend.post(path)).toMatchObject({
      status: 200,
      body: { id: delivery, status: 'pending' },
    });
    const [second] = await bench.calls();
    expect(await bench.listed(id)).toMatchObject([{ id: delivery, status: 'delivered' }]);
    expect(await bench.backend.post(path)).toMatchObject({
      status: 200,
      body: { status: 'pending', attempts: 0 },
    });
    const [third] = await bench.calls();
    for (const again of [second, third]) {
      expect(again.headers['webhook-id']).toBe(first.headers['webhook-id']);
      expect(bodyOf(again).sequence).toBe(1);
    }
    expect(await bench.listed(id)).toHaveLength(1);
  });

  test.each([
    ['another id', 'msg_1_1_a', 404],
    ['no id', 'first', 404],
  ])('is not sent again by %s', async (_, delivery, status) => {
    const { id } = await bench.subscribe();
    const other = `/webhook-subscriptions/${id}/deliveries/${delivery}:redeliver`;
    expect((await bench.backend.send('POST', other)).status).toBe(status);
  });

  test('of an event waits for the one before it; those of other events do not', async () => {
    await bench.subscribe();
    respond(500);
    const id = await create('first');
    await bench.calls();
    await bench.backend.patch(`/events/${id}`, { title: 'second' });
    await create('other');
    expect((await bench.deliver()).map(({ data }) => data.title)).toEqual(['other']);
    bench.clock.advance(6 * SECOND);
    const calls = await bench.calls();
    expect(calls.map((call) => bodyOf(call).data.title)).toEqual(['first', 'second']);
  });

  test('that is sent again is followed at once by those that wait for it', async () => {
    const { id: subscription } = await bench.subscribe();
    respond(500);
    const id = await create('first');
    await bench.calls();
    const [{ id: delivery }] = await bench.listed(subscription);
    await bench.backend.patch(`/events/${id}`, { title: 'second' });
    expect(await bench.calls()).toEqual([]);
    await bench.backend.post(`/webhook-subscriptions/${subscription}/deliveries/${delivery}:redeliver`);
    const calls = await bench.calls();
    expect(calls.map((call) => bodyOf(call).data.title)).toEqual(['first', 'second']);
  });

  test('is listed newest first, in pages, and kept for 30 days', async () => {
    const { id } = await bench.subscribe();
    await create('first');
    await bench.deliver();
    bench.clock.advance(29 * DAY);
    await create('second');
    await bench.deliver();
    const sequences = async () =>
      (
        (await bench.backend.get(`/webhook-subscriptions/${id}/deliveries?limit=1`)).body as {
          sequence: number;
        }[]
      ).map(({ sequence }) => sequence);
    expect(await sequences()).toEqual([2]);
    const removeOld = async () => {
      await bench.application.app.get(OldWebhookDeliveries).remove();
      await bench.application.app.get(EndedMessages).remove();
    };
    await removeOld();
    expect(await bench.listed(id)).toHaveLength(2);
    bench.clock.advance(2 * DAY);
    await removeOld();
    expect(await bench.listed(id)).toMatchObject([{ sequence: 2 }]);
  });

  test('of a deleted subscription is neither sent nor kept', async () => {
    const { id } = await bench.subscribe();
    const { id: other } = await bench.subscribe({}, bench.backend, '/other');
    await create();
    await bench.fanOut();
    await bench.backend.delete(`/webhook-subscriptions/${id}`);
    expect((await bench.calls()).map(({ path }) => path)).toEqual(['/other']);
    await bench.application.app.get(OldWebhookDeliveries).remove();
    const rows = await query(
      bench.application.database.url,
      'SELECT subscription_id FROM webhook_deliveries',
    );
    expect(rows).toEqual([{ subscription_id: other }]);
  });

  test('never reaches a private address, whatever a name resolves to at delivery', async () => {
    const guarded = await WebhookBench.start({ WEBHOOK_ALLOW_PRIVATE: 'false' });
    try {
      const { body } = await guarded.backend.create('/users', { name: 'ann', email: 'ann@example.com' });
      const { id } = await guarded.subscribe({ url: 'https://93.184.216.34/' });
      await query(
        guarded.application.database.url,
        `UPDATE webhook_subscriptions SET url = '${guarded.url.replace('127.0.0.1', 'localhost')}/hook'`,
      );
      await guarded.backend.create('/events', { ...MEETING, organizer_user_id: body.id });
      expect(await guarded.calls()).toEqual([]);
      expect(await guarded.listed(id)).toMatchObject([
        { status: 'pending', last_error: expect.stringContaining('public') },
      ]);
    } finally {
      await guarded.close();
    }
  });
});
