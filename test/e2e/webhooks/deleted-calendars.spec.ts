import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf } from '../../support/client/sharing.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication } from '../../support/service/application.js';
import { bodyOf, WebhookBench } from '../../support/service/webhooks.js';

const MEETING = { title: 'Planning', start_date: '2026-01-06T09:00:00Z', duration: 3600 };
const SUBSCRIPTIONS = '/webhook-subscriptions';
const RETRY_AFTER_SECONDS = 6;

describe('a webhook subscription to a calendar that is deleted', () => {
  let bench: WebhookBench;
  let ann: Account;
  let bob: Account;
  let calendar: number;
  let subscription: number;

  beforeAll(async () => {
    bench = await WebhookBench.start();
    const anyone = new Client(bench.application.url);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => bench.close());

  beforeEach(async () => {
    await query(bench.application.database.url, 'DELETE FROM webhook_subscriptions');
    bench.receiver.statuses.length = 0;
    calendar = await addCalendar(ann, 'Work');
    subscription = (await bench.subscribe({ calendar_id: calendar }, ann.client)).id;
  });

  const create = async (fields: object = {}) =>
    (
      await ann.client.create('/events', {
        ...MEETING,
        organizer_user_id: ann.id,
        calendar_id: calendar,
        ...fields,
      })
    ).body.id;

  const remove = async (events: 'delete' | 'move') =>
    expect((await ann.client.delete(`/calendars/${calendar}?events=${events}`)).status).toBe(204);

  const state = async () => (await ann.client.get(`${SUBSCRIPTIONS}/${subscription}`)).body;

  /** An event of bob in the calendar of ann. */
  async function createAttended(): Promise<number> {
    const event = { ...MEETING, title: 'Attended', organizer_user_id: bob.id, invited_user_ids: [ann.id] };
    const { body } = await bob.client.create('/events', event);
    await ann.client.patch(`/users/${ann.id}/events/${body.id}`, { calendar_id: calendar });
    return body.id;
  }

  test('gets the changes before, and the deletions and moves by the deletion, and is then disabled', async () => {
    const attended = await createAttended();
    const own = await create();
    await remove('delete');
    expect(await state()).toMatchObject({ status: 'active', disabled_reason: null });
    const delivered = await bench.deliver();
    expect(delivered.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(delivered).toContainEqual(
      expect.objectContaining({ type: 'event.created', data: expect.objectContaining({ id: own }) }),
    );
    expect(delivered).toContainEqual(
      expect.objectContaining({
        type: 'event.deleted',
        data: expect.objectContaining({ id: own, title: 'Planning' }),
      }),
    );
    expect(delivered.at(-1)).toMatchObject({
      type: 'event.updated',
      changed_fields: ['calendar_id'],
      previous: { calendar_id: calendar },
      data: { id: attended, calendar_id: await primaryCalendarOf(ann) },
    });
    expect(await state()).toMatchObject({
      status: 'disabled',
      disabled_reason: 'calendar_deleted',
      calendar_id: calendar,
      user_id: ann.id,
    });
  });

  test('gets the moves of its events, and the id alone of an event that its owner has left since', async () => {
    const own = await create();
    const attended = await createAttended();
    await bench.deliver();
    await remove('move');
    await bob.client.patch(`/events/${attended}`, { invited_user_ids: [], visibility: 'private' });
    const delivered = await bench.deliver();
    expect(delivered.map(({ type, data }) => [type, data.id, data.removed])).toEqual(
      expect.arrayContaining([
        ['event.updated', own, undefined],
        ['event.updated', attended, true],
      ]),
    );
    expect(delivered).toHaveLength(2);
    expect(JSON.stringify(delivered)).not.toContain('Attended');
  });

  test('of a calendar without events is disabled too', async () => {
    await remove('move');
    expect(await bench.deliver()).toEqual([]);
    expect(await state()).toMatchObject({ status: 'disabled', disabled_reason: 'calendar_deleted' });
  });

  test('is disabled only after the last change of a long log', async () => {
    const own = await create();
    await bench.fanOut();
    for (let count = 0; count < 6; count += 1) {
      const requests = Array.from({ length: 100 }, () => ({ ...MEETING, organizer_user_id: bob.id }));
      await bench.backend.post('/events:batch-create', { requests });
    }
    await remove('delete');
    expect((await bench.deliver()).map(({ type, data }) => [type, data.id])).toEqual([
      ['event.created', own],
      ['event.deleted', own],
    ]);
    expect(await state()).toMatchObject({ disabled_reason: 'calendar_deleted' });
  });

  test('still gets what is pending, with all attempts', async () => {
    bench.receiver.statuses.push(500, 500);
    const own = await create();
    await bench.calls();
    await remove('delete');
    expect(await bench.calls()).toEqual([]);
    expect(await state()).toMatchObject({ status: 'disabled', failing_since: expect.any(String) });
    bench.clock.advance(RETRY_AFTER_SECONDS);
    await bench.calls();
    bench.clock.advance(2 * RETRY_AFTER_SECONDS);
    const calls = await bench.calls();
    expect(calls.map((call) => [bodyOf(call).type, bodyOf(call).data.id])).toEqual([
      ['event.created', own],
      ['event.deleted', own],
    ]);
    expect(await state()).toMatchObject({ disabled_reason: 'calendar_deleted', failing_since: null });
  });

  test('gives up what is pending if its receiver is gone, or if it is deleted', async () => {
    bench.receiver.statuses.push(500, 500, 410);
    for (let count = 0; count < 2; count += 1) {
      await create();
      expect(await bench.calls()).toHaveLength(1);
      bench.clock.advance(RETRY_AFTER_SECONDS / 2);
    }
    await remove('delete');
    const calls = await bench.calls();
    expect(calls.length).toBeGreaterThan(0);
    expect(await state()).toMatchObject({ disabled_reason: 'calendar_deleted' });
    bench.clock.advance(RETRY_AFTER_SECONDS);
    expect(await bench.calls()).toEqual([]);
    expect((await ann.client.delete(`${SUBSCRIPTIONS}/${subscription}`)).status).toBe(204);
    expect((await ann.client.get(`${SUBSCRIPTIONS}/${subscription}`)).status).toBe(404);
  });

  test('cannot be enabled again, nor tested', async () => {
    await remove('move');
    await bench.fanOut();
    const path = `${SUBSCRIPTIONS}/${subscription}` as const;
    expect(await ann.client.send('PATCH', path, { status: 'active' })).toMatchObject({
      status: 409,
      body: { code: 'calendar_deleted', detail: expect.stringContaining(`calendar ${calendar} is deleted`) },
    });
    expect(await ann.client.send('POST', `${path}:test`)).toMatchObject({
      status: 409,
      body: { code: 'subscription_disabled', detail: expect.stringContaining('calendar is deleted') },
    });
    expect((await ann.client.patch(path, { status: 'disabled' })).body).toMatchObject({
      disabled_reason: 'calendar_deleted',
    });
    expect((await ann.client.get(SUBSCRIPTIONS)).body).toMatchObject([
      { id: subscription, status: 'disabled' },
    ]);
  });

  test('cannot be enabled again if it was disabled before', async () => {
    const path = `${SUBSCRIPTIONS}/${subscription}` as const;
    await ann.client.patch(path, { status: 'disabled' });
    await remove('move');
    await bench.fanOut();
    expect(await ann.client.send('PATCH', path, { status: 'active' })).toMatchObject({
      status: 409,
      body: { code: 'calendar_deleted' },
    });
    expect(await state()).toMatchObject({ status: 'disabled', disabled_reason: 'requested' });
  });

  test('is disabled by a running instance right after the deletion', async () => {
    const environment = { WEBHOOK_ALLOW_PRIVATE: 'true', REMINDER_DISPATCH: 'off' };
    const { database } = bench.application;
    // The time stands still, so that the instance looks for deleted calendars at its start alone.
    const running = await startTestApplication(environment, bench.clock, undefined, database);
    try {
      const client = ann.client.at(running.url);
      expect((await client.delete(`/calendars/${calendar}?events=move`)).status).toBe(204);
      await eventually(async () => (await state()).disabled_reason === 'calendar_deleted');
    } finally {
      await running.close();
    }
  });
});
