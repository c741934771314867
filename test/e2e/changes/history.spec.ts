import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HistoryEntry, NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { DAILY, FIRST, SECOND } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const ONCE = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

async function statusFor(id: number, client: Client): Promise<number> {
  return (await client.get(`/events/${id}/history`)).status;
}

describe('the history of an event', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  /** A writer of Ann's calendar, and one who sees private events too. */
  let writer: Account;
  let trusted: Account;
  let reader: Account;
  let stranger: Account;

  beforeAll(async () => {
    application = await startTestApplication({ REMINDER_DISPATCH: 'off' });
    backend = await addKey(application, 1);
    const anyone = new Client(application.url);
    [ann, bob, writer, trusted, reader, stranger] = await Promise.all(
      ['ann', 'bob', 'writer', 'trusted', 'reader', 'stranger'].map(async (name) => signUp(anyone, name)),
    );
    const calendar = await primaryCalendarOf(ann);
    await shareWithTenant(ann.client, calendar, 'none');
    await share(ann.client, calendar, writer.id, 'writer');
    await share(ann.client, calendar, trusted.id, 'writer+');
    await share(ann.client, calendar, reader.id, 'reader');
  });
  afterAll(async () => application.close());

  async function create(fields: Partial<NewEvent> = {}, client = ann.client) {
    const body = { title: 'Planning', organizer_user_id: ann.id, ...ONCE, ...fields };
    return (await client.create('/events', body)).body;
  }

  async function change(id: number, patch: object, client = ann.client): Promise<void> {
    const { status, body } = await client.send('PATCH', `/events/${id}`, patch);
    if (status !== 200) throw new Error(JSON.stringify(body));
  }

  async function history(id: number, client = ann.client): Promise<HistoryEntry[]> {
    const { status, body } = await client.get(`/events/${id}/history`);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }

  async function deleted(): Promise<number> {
    const { id } = await create({ description: 'Secret plan' });
    expect((await ann.client.delete(`/events/${id}`)).status).toBe(204);
    return id;
  }

  async function answered(client: Client, body: object = {}, fields: Partial<NewEvent> = {}) {
    const { id, attendees } = await create({ invited_user_ids: [bob.id, reader.id], ...fields });
    const invite = attendees.find(({ user }) => user?.id === bob.id)?.invite_id as number;
    expect((await client.send('POST', `/event-invites/${invite}:accept`, body)).status).toBe(200);
    return (await history(id))[0];
  }

  async function hiddenFor(): Promise<number> {
    const { id } = await create({ title: 'Open', invited_user_ids: [bob.id] });
    await change(id, { visibility: 'private', title: 'Secret' });
    await change(id, { title: 'Most secret' });
    return id;
  }

  test('has each change with its time, its fields and their previous values, the newest first', async () => {
    const { id, created_at: createdAt } = await create();
    await change(id, { title: 'Review', color: '#1a73e8' });
    await change(id, { ...ONCE, start_date: '2126-01-08T09:00:00Z' });
    expect(await history(id)).toEqual([
      {
        version: 3,
        at: expect.any(String),
        user_id: ann.id,
        api_key_id: null,
        acting_for: null,
        action: 'updated',
        changed_fields: ['start_date', 'end_date'],
        previous: { start_date: '2126-01-07T09:00:00Z', end_date: '2126-01-07T10:00:00Z' },
      },
      {
        version: 2,
        at: expect.any(String),
        user_id: ann.id,
        api_key_id: null,
        acting_for: null,
        action: 'updated',
        changed_fields: ['title', 'color'],
        previous: { title: 'Planning', color: null },
      },
      {
        version: 1,
        at: expect.any(String),
        user_id: ann.id,
        api_key_id: null,
        acting_for: null,
        action: 'created',
        changed_fields: [],
        previous: {},
      },
    ]);
    const [, , { at }] = await history(id);
    expect(Math.abs(Date.parse(at) - Date.parse(createdAt))).toBeLessThan(10_000);
  });

  test('comes in pages', async () => {
    const { id } = await create();
    for (const title of ['A', 'B', 'C']) await change(id, { title });
    const versions: number[][] = [];
    for await (const { body } of ann.client.pages(`/events/${id}/history?limit=3`))
      versions.push(body.map(({ version }) => version));
    expect(versions).toEqual([[4, 3, 2], [1]]);
    const torn = await ann.client.get(`/events/${id}/history?page_token=x`);
    expect(torn).toMatchObject({ status: 400, body: { errors: [{ field: 'page_token' }] } });
  });

  test('is for the organizer, writers and keys', async () => {
    const { id } = await create({ invited_user_ids: [bob.id] });
    const callers = {
      organizer: ann.client,
      writer: writer.client,
      key: backend,
      'key as the organizer': backend.as(ann.id),
      attendee: bob.client,
      'key as the attendee': backend.as(bob.id),
      reader: reader.client,
      stranger: stranger.client,
      'no token': new Client(application.url),
    };
    const statuses: Record<string, number> = {};
    for (const [caller, client] of Object.entries(callers)) statuses[caller] = await statusFor(id, client);
    expect(statuses).toEqual({
      organizer: 200,
      writer: 200,
      key: 200,
      'key as the organizer': 200,
      attendee: 403,
      'key as the attendee': 403,
      reader: 403,
      stranger: 404,
      'no token': expect.any(Number),
    });
    expect([401, 404]).toContain(statuses['no token']);
    expect(await statusFor(2_000_000_000, backend)).toBe(404);
  });

  test('of a deleted event is for keys, with its last state', async () => {
    const id = await deleted();
    for (const { client } of [ann, writer, bob]) expect(await statusFor(id, client)).toBe(404);
    expect(await statusFor(id, backend.as(ann.id))).toBe(404);
    const [deletion, creation] = await history(id, backend);
    expect(deletion).toMatchObject({
      version: 2,
      action: 'deleted',
      user_id: ann.id,
      changed_fields: expect.arrayContaining(['title', 'description', 'attendees']),
      previous: { title: 'Planning', description: 'Secret plan', attendees: [{ user: { id: ann.id } }] },
    });
    expect(creation).toMatchObject({ version: 1, action: 'created' });
  });

  test('of an event that was deleted more than 30 days ago is gone', async () => {
    const id = await deleted();
    const set = (days: number) =>
      `UPDATE event_changes SET at = now() - interval '${days} days' WHERE event_id = ${id} AND kind = 'deleted'`;
    await query(application.database.url, set(29));
    expect(await statusFor(id, backend)).toBe(200);
    await query(application.database.url, set(31));
    expect(await statusFor(id, backend)).toBe(404);
  });

  describe('has an answer', () => {
    test('as the previous state of the attendee alone', async () => {
      expect(await answered(bob.client)).toMatchObject({
        version: 2,
        action: 'answered',
        user_id: bob.id,
        acting_for: null,
        changed_fields: ['attendees'],
        previous: { attendees: [{ user: { id: bob.id }, status: 'needs_action' }] },
      });
    });

    test('of a key for the attendee', async () => {
      expect(await answered(backend)).toMatchObject({
        action: 'answered',
        user_id: null,
        acting_for: bob.id,
      });
      expect(await answered(backend.as(bob.id))).toMatchObject({ user_id: bob.id, acting_for: bob.id });
    });

    test('to one occurrence as an override', async () => {
      const body = { original_start: SECOND };
      expect(await answered(bob.client, body, DAILY)).toMatchObject({
        action: 'answered',
        changed_fields: ['overrides'],
        previous: { overrides: [{ original_start: SECOND, answers: [] }] },
      });
    });
  });

  test('has a changed occurrence as it was before', async () => {
    const { id } = await create(DAILY);
    for (const title of ['Once', 'Twice'])
      await ann.client.send('PATCH', `/events/${id}/occurrences/${SECOND}`, { title });
    await ann.client.delete(`/events/${id}/occurrences/${FIRST}`);
    const overrides = (await history(id)).map(({ changed_fields: fields, previous }) => [
      fields.join(),
      previous.overrides?.map((one) => `${one.original_start} ${one.status} ${one.title}`).join(),
    ]);
    expect(overrides).toEqual([
      ['overrides', `${FIRST} confirmed Planning`],
      ['overrides', `${SECOND} confirmed Once`],
      ['overrides', `${SECOND} confirmed Planning`],
      ['', undefined],
    ]);
  });

  test('has a split in both events', async () => {
    const { id } = await create(DAILY);
    const path = `/events/${id}/occurrences/${SECOND}?scope=following`;
    const { event_id: later } = (
      await ann.client.patch(path as `/events/${number}/occurrences/${string}`, { title: 'Later' })
    ).body;
    const [updated, created] = await history(id);
    expect([updated.action, created.action]).toEqual(['updated', 'created']);
    expect(updated.previous.repeat).toMatchObject({ count: 3 });
    expect((await history(later)).map(({ action }) => action)).toEqual(['created']);
  });

  test('has the changes of one request as one change', async () => {
    const { id } = await create();
    const requests = [
      { id, title: 'A' },
      { id, location: 'Room 5' },
    ];
    expect((await ann.client.send('POST', '/events:batch-update', { requests })).status).toBe(200);
    const [both] = await history(id);
    expect(both).toMatchObject({ version: 3, previous: { title: 'Planning', location: null } });
    expect(await history(id)).toHaveLength(2);
  });

  test('has the authors, and the users for whom they acted', async () => {
    const { id } = await create();
    await change(id, { title: 'A' }, backend);
    await change(id, { title: 'B' }, backend.as(ann.id));
    await change(id, { title: 'C' }, writer.client);
    await change(id, { title: 'D' }, backend.as(writer.id));
    await query(
      application.database.url,
      `UPDATE events SET title = 'E', version = version + 1 WHERE id = ${id}`,
    );
    const authors = (await history(id)).map(({ user_id: user, api_key_id: key, acting_for: acting }) => [
      user,
      key === null ? null : 'key',
      acting,
    ]);
    expect(authors).toEqual([
      [null, null, null],
      [writer.id, 'key', ann.id],
      [writer.id, null, ann.id],
      [ann.id, 'key', ann.id],
      [null, 'key', null],
      [ann.id, null, null],
    ]);
  });

  describe('of an event that is private, or was', () => {
    test('is for writers who see private events', async () => {
      const id = await hiddenFor();
      expect(await ann.client.get(`/events/${id}/history`)).toMatchObject({ status: 200 });
      expect((await history(id, trusted.client))[0].previous).toEqual({ title: 'Secret' });
      const refused = await writer.client.get(`/events/${id}/history`);
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(refused.body).toMatchObject({ detail: expect.stringContaining('private') });
    });

    test('has for other writers nothing from the time when it was private', async () => {
      const id = await hiddenFor();
      await change(id, { visibility: 'public', title: 'Open again' });
      await change(id, { title: 'Last' });
      const seen = (await history(id, writer.client)).map(({ action, changed_fields: fields, previous }) => ({
        action,
        fields,
        previous,
      }));
      expect(seen).toEqual([
        { action: 'updated', fields: ['title'], previous: { title: 'Open again' } },
        { action: 'updated', fields: [], previous: {} },
        { action: 'updated', fields: [], previous: {} },
        { action: 'updated', fields: ['visibility'], previous: { visibility: 'public' } },
        { action: 'created', fields: [], previous: {} },
      ]);
      const authors = (await history(id, writer.client)).map((entry) => entry.user_id);
      expect(authors).toEqual([ann.id, null, null, null, ann.id]);
      expect((await history(id)).map(({ previous }) => previous.title)).toEqual([
        'Open again',
        'Most secret',
        'Secret',
        'Open',
        undefined,
      ]);
    });
  });

  test('has the addresses of guests for the organizer, attendees and keys', async () => {
    const { id } = await create({ invited: [{ email: 'zoe@example.net', name: 'Zoe' }] });
    await change(id, { invited: [] });
    const guestFor = async (client: Client) => (await history(id, client))[0].previous.attendees?.[0].guest;
    expect(await guestFor(ann.client)).toEqual({ email: 'zoe@example.net', name: 'Zoe' });
    expect(await guestFor(backend)).toEqual({ email: 'zoe@example.net', name: 'Zoe' });
    expect(await guestFor(writer.client)).toEqual({ email: null, name: 'Zoe' });
  });

  test('has what the product keeps with the event for the organizer and keys', async () => {
    const { id } = await create({ metadata: { case: '1' } }, backend);
    await change(id, { metadata: { case: '2' } }, backend);
    expect((await history(id))[0].previous).toEqual({ metadata: { case: '1' } });
    expect((await history(id, writer.client))[0]).toMatchObject({ changed_fields: [], previous: {} });
  });

  test('goes on after a handover', async () => {
    const { id, attendees } = await create({ invited_user_ids: [bob.id] });
    await bob.client.send('POST', `/event-invites/${attendees[1].invite_id}:accept`);
    await change(id, { organizer_user_id: bob.id });
    const [handover] = await history(id, bob.client);
    expect(handover).toMatchObject({
      user_id: ann.id,
      acting_for: null,
      previous: { organizer_user_id: ann.id },
    });
    expect(await statusFor(id, ann.client)).toBe(403);
  });
});
