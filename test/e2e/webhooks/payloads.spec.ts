import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { WebhookBench } from '../../support/service/webhooks.js';

const MEETING = { title: 'Planning', start_date: '2026-01-06T09:00:00Z', duration: 3600 };
const DAILY = { ...MEETING, repeat: { frequency: 'daily', count: 5 } } as const;
const SECOND_DAY = '2026-01-07T09:00:00Z';

describe('the payload of a webhook', () => {
  let bench: WebhookBench;
  let ann: Account;
  let bob: Account;

  beforeAll(async () => {
    bench = await WebhookBench.start();
    const anyone = new Client(bench.application.url);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
    await shareWithTenant(ann.client, await primaryCalendarOf(ann), 'none');
    await shareWithTenant(bob.client, await primaryCalendarOf(bob), 'none');
  });
  afterAll(async () => bench.close());

  beforeEach(async () => {
    await query(bench.application.database.url, 'DELETE FROM webhook_subscriptions');
  });

  async function create(fields: object = {}): Promise<number> {
    const event = { ...MEETING, organizer_user_id: ann.id, ...fields };
    return (await ann.client.create('/events', event)).body.id;
  }

  test('of a created event is the event, as the API shows it', async () => {
    await bench.subscribe();
    const id = await create({ metadata: { crm: '7' } });
    const [delivered, ...others] = await bench.deliver();
    expect(others).toEqual([]);
    const { body: event } = await bench.backend.get(`/events/${id}`);
    expect(delivered).toEqual({
      type: 'event.created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      sequence: 1,
      previous_sequence: null,
      data: { ...event, overrides: [] },
    });
  });

  test('of a changed event has the changed fields and their values before', async () => {
    const id = await create({ location: 'A' });
    await bench.subscribe();
    await ann.client.patch(`/events/${id}`, { title: 'Review', location: null });
    expect(await bench.deliver()).toMatchObject([
      {
        type: 'event.updated',
        changed_fields: ['title', 'location'],
        previous: { title: 'Planning', location: 'A' },
        data: { id, title: 'Review', location: null, version: 2 },
      },
    ]);
  });

  test('is the event as it was after that change, also if it has changed since', async () => {
    await bench.subscribe();
    const id = await create();
    await ann.client.patch(`/events/${id}`, { title: 'Second' });
    await ann.client.patch(`/events/${id}`, { title: 'Third' });
    await ann.client.delete(`/events/${id}`);
    const delivered = await bench.deliver();
    expect(delivered).toMatchObject([
      {
        type: 'event.created',
        sequence: 1,
        previous_sequence: null,
        data: { title: 'Planning', version: 1 },
      },
      { type: 'event.updated', sequence: 2, previous_sequence: 1, data: { title: 'Second', version: 2 } },
      {
        type: 'event.updated',
        sequence: 3,
        previous_sequence: 2,
        data: { title: 'Third', version: 3 },
        previous: { title: 'Second' },
      },
      { type: 'event.deleted', sequence: 4, previous_sequence: 3, data: { id, title: 'Third', version: 3 } },
    ]);
  });

  test('of an answer is `invite.answered` alone, with the invite', async () => {
    const id = await create({ invited_user_ids: [bob.id] });
    await bench.subscribe();
    const { body: invites } = await bob.client.get(`/users/${bob.id}/event-invites`);
    const invite = invites.find(({ event_id: eventId }) => eventId === id);
    await bob.client.post(`/event-invites/${invite?.id as number}:accept`, { comment: 'Late' });
    const delivered = await bench.deliver();
    expect(delivered).toMatchObject([
      {
        type: 'invite.answered',
        invite: { id: invite?.id, event_id: id, user_id: bob.id, status: 'accepted', comment: 'Late' },
        data: { id, attendees: [{ status: 'organizer' }, { status: 'accepted' }] },
      },
    ]);
    expect(delivered[0]).not.toHaveProperty('changed_fields');
    expect(delivered[0].invite).not.toHaveProperty('original_start');
  });

  test('of an answer to one occurrence names the occurrence', async () => {
    const id = await create({ ...DAILY, invited_user_ids: [bob.id] });
    await bench.subscribe();
    const { body } = await bench.backend.get(`/events/${id}`);
    const inviteId = (body as { attendees: { invite_id: number }[] }).attendees[1].invite_id;
    await bob.client.post(`/event-invites/${inviteId}:decline`, { original_start: SECOND_DAY });
    expect(await bench.deliver()).toMatchObject([
      {
        type: 'invite.answered',
        invite: { id: inviteId, status: 'declined', original_start: SECOND_DAY },
        data: { id, overrides: [{ original_start: SECOND_DAY }] },
      },
    ]);
  });

  test.each<[string, (id: number) => Promise<unknown>, object]>([
    [
      'changed',
      async (id) => ann.client.patch(`/events/${id}/occurrences/${SECOND_DAY}`, { title: 'Moved' }),
      { overrides: [{ original_start: SECOND_DAY, title: 'Moved' }] },
    ],
    [
      'cancelled',
      async (id) => ann.client.patch(`/events/${id}/occurrences/${SECOND_DAY}`, { status: 'cancelled' }),
      { overrides: [{ original_start: SECOND_DAY, status: 'cancelled' }] },
    ],
    ['deleted', async (id) => ann.client.delete(`/events/${id}/occurrences/${SECOND_DAY}`), {}],
  ])('of a %s occurrence is `event.updated` with its original start', async (_, change, data) => {
    const id = await create(DAILY);
    await bench.subscribe();
    expect(((await change(id)) as { status: number }).status).toBeLessThan(300);
    const delivered = await bench.deliver();
    expect(delivered).toMatchObject([{ type: 'event.updated', data: { id, version: 2, ...data } }]);
    expect(delivered[0].changed_fields?.length).toBeGreaterThan(0);
    expect(delivered[0].original_start).toBe(SECOND_DAY);
  });

  test('of a split is `event.updated` for the old and `event.created` for the new event', async () => {
    const id = await create(DAILY);
    await bench.subscribe();
    await ann.client.patch(`/events/${id}/occurrences/${SECOND_DAY}?scope=following`, { title: 'Later' });
    const delivered = await bench.deliver();
    expect(delivered.map(({ type }) => type).toSorted()).toEqual(['event.created', 'event.updated']);
    expect(delivered.find(({ type }) => type === 'event.created')?.data).toMatchObject({ title: 'Later' });
    expect(delivered.find(({ type }) => type === 'event.updated')?.data).toMatchObject({ id });
  });

  test('goes only to subscriptions of its type', async () => {
    await bench.subscribe({ types: ['event.deleted'] });
    const id = await create();
    await ann.client.delete(`/events/${id}`);
    expect(await bench.deliver()).toMatchObject([{ type: 'event.deleted', sequence: 1 }]);
  });

  describe('for a user', () => {
    test('is of the events that the user attends, and of the change by which the user attends no more', async () => {
      await bench.subscribe({ user_id: bob.id }, bob.client);
      await create();
      const id = await create({ invited_user_ids: [bob.id] });
      await ann.client.patch(`/events/${id}`, { title: 'Review' });
      expect(await bench.deliver()).toMatchObject([
        { type: 'event.created', data: { id, title: 'Planning' } },
        { type: 'event.updated', data: { id, title: 'Review' } },
      ]);
      await ann.client.patch(`/events/${id}`, { invited_user_ids: [] });
      await ann.client.patch(`/events/${id}`, { title: 'Secret' });
      expect(await bench.deliver()).toEqual([
        expect.objectContaining({
          type: 'event.updated',
          sequence: 3,
          data: { id, removed: true },
          changed_fields: [],
          previous: {},
        }),
      ]);
    });

    test('has nothing of an event that the user may not see at delivery', async () => {
      await bench.subscribe({ user_id: bob.id }, bob.client);
      const id = await create({ invited_user_ids: [bob.id] });
      await ann.client.patch(`/events/${id}`, { invited_user_ids: [], title: 'Secret' });
      const delivered = await bench.deliver();
      expect(delivered.map(({ type, data }) => [type, data])).toEqual([
        ['event.created', { id, removed: true }],
        ['event.updated', { id, removed: true }],
      ]);
      expect(JSON.stringify(delivered)).not.toMatch(/Planning|Secret/);
    });

    test('has the values before a change only if the user could see them then', async () => {
      await bench.subscribe({ user_id: bob.id }, bob.client);
      const id = await create({ title: 'Secret' });
      await ann.client.patch(`/events/${id}`, { title: 'Open', invited_user_ids: [bob.id] });
      const delivered = await bench.deliver();
      expect(delivered).toMatchObject([
        { type: 'event.updated', data: { id, title: 'Open' }, changed_fields: [], previous: {} },
      ]);
      expect(JSON.stringify(delivered)).not.toContain('Secret');
    });

    test('has the last state of a deleted event that the user attended', async () => {
      const id = await create({ invited_user_ids: [bob.id] });
      await bench.subscribe({ user_id: bob.id }, bob.client);
      await ann.client.delete(`/events/${id}`);
      expect(await bench.deliver()).toMatchObject([
        { type: 'event.deleted', data: { id, title: 'Planning' } },
      ]);
    });

    test('shows the product data to the organizer alone', async () => {
      await bench.subscribe({ user_id: bob.id }, bob.client, '/bob');
      await bench.subscribe({ user_id: ann.id }, ann.client, '/ann');
      await bench.backend.create('/events', {
        ...MEETING,
        organizer_user_id: ann.id,
        invited_user_ids: [bob.id],
        metadata: { crm: '7' },
      });
      const calls = await bench.calls();
      const dataOf = (path: string) =>
        (JSON.parse(calls.find((call) => call.path === path)?.body ?? '{}') as { data: object }).data;
      expect(dataOf('/ann')).toMatchObject({ metadata: { crm: '7' } });
      expect(dataOf('/bob')).toMatchObject({ title: 'Planning' });
      expect(dataOf('/bob')).not.toHaveProperty('metadata');
    });

    test('has nothing once the grant that showed the event has ended', async () => {
      const calendar = await addCalendar(ann, 'Shared');
      const grant = await share(ann.client, calendar, bob.id, 'reader');
      const id = await create({ invited_user_ids: [bob.id], calendar_id: calendar });
      await bench.subscribe({ user_id: bob.id }, bob.client);
      await ann.client.patch(`/events/${id}`, { invited_user_ids: [], title: 'Still seen' });
      expect(await bench.deliver()).toMatchObject([{ data: { id, title: 'Still seen' } }]);
      await ann.client.patch(`/events/${id}`, { invited_user_ids: [bob.id] });
      await ann.client.patch(`/events/${id}`, { invited_user_ids: [] });
      await ann.client.delete(`/calendars/${calendar}/grants/${grant}`);
      await shareWithTenant(ann.client, calendar, 'none');
      expect((await bench.deliver()).map(({ data }) => data)).toEqual([
        { id, removed: true },
        { id, removed: true },
      ]);
    });
  });

  test('for a calendar is of the events that are, or by the change no longer are, in the calendar', async () => {
    const work = await addCalendar(ann, 'Work');
    await bench.subscribe({ calendar_id: work }, ann.client);
    await create();
    const id = await create({ calendar_id: work });
    await ann.client.patch(`/users/${ann.id}/events/${id}`, { calendar_id: await primaryCalendarOf(ann) });
    await ann.client.patch(`/events/${id}`, { title: 'Elsewhere' });
    expect(await bench.deliver()).toMatchObject([
      { type: 'event.created', data: { id, calendar_id: work } },
      { type: 'event.updated', changed_fields: ['calendar_id'], previous: { calendar_id: work } },
    ]);
  });

  test('of a tenant shows private events', async () => {
    await bench.subscribe();
    const id = await create({ visibility: 'private', title: 'Doctor' });
    expect(await bench.deliver()).toMatchObject([{ data: { id, title: 'Doctor' } }]);
  });

  test('is not of changes before the subscription', async () => {
    await create();
    await bench.subscribe({}, bench.backend, '/first');
    await create();
    await bench.subscribe({}, bench.backend, '/second');
    const id = await create();
    const calls = await bench.calls();
    expect(calls.filter(({ path }) => path === '/first')).toHaveLength(2);
    const second = calls
      .filter(({ path }) => path === '/second')
      .map(({ body }) => JSON.parse(body) as object);
    expect(second).toMatchObject([{ sequence: 1, data: { id } }]);
  });
});
