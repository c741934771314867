import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-handovers-0123456789-0123456789';
const FIRST = '2126-01-07T09:00:00Z';
const SECOND = '2126-01-08T09:00:00Z';

type WithAttendees = Pick<BookedEvent, 'attendees'>;

function statuses({ attendees }: WithAttendees): [number, string][] {
  return attendees.map(({ user, status }) => [user?.id ?? 0, status]);
}

describe('an event that its organizer hands over', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let cid: Account;
  let event: BookedEvent;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT, DIRECTORY: 'shared' });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
  });
  afterAll(async () => application.close());

  let round = 0;
  beforeEach(async () => {
    round += 1;
    [ann, bob, cid] = await Promise.all(
      ['ann', 'bob', 'cid'].map(async (name) => signUp(nobody, `${name}${round}`)),
    );
    event = await newEvent();
  });

  /** A private series of Ann, to which Bob and Cid are invited. */
  async function newEvent(more: object = {}): Promise<BookedEvent> {
    const { body } = await ann.client.create('/events', {
      title: 'Stand-up',
      start_date: FIRST,
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id, cid.id],
      visibility: 'private',
      repeat: { frequency: 'daily', count: 5 },
      ...more,
    });
    return body;
  }

  async function answer(
    user: Account,
    verb: string,
    of: WithAttendees = event,
    body?: object,
  ): Promise<void> {
    const invite = of.attendees.find((attendee) => attendee.user?.id === user.id)?.invite_id;
    const { status } = await user.client.send('POST', `/event-invites/${invite}:${verb}`, body);
    expect(status).toBe(200);
  }

  async function handOver(to: number, client = ann.client, more: object = {}, id = event.id) {
    return client.send('PATCH', `/events/${id}`, { organizer_user_id: to, ...more });
  }

  async function read(client = ann.client) {
    return (await client.send('GET', `/events/${event.id}`)).body;
  }

  async function rows(table: string, userId: number): Promise<number> {
    const [row] = await query<{ count: number }>(
      application.database.url,
      `SELECT count(*)::integer FROM ${table} WHERE event_id = ${event.id} AND user_id = ${userId}`,
    );
    return row?.count ?? -1;
  }

  describe('by a person', () => {
    test('to an attendee who has accepted has the new organizer, and the old one as an attendee', async () => {
      await answer(bob, 'accept', event, { comment: 'Gladly.' });
      const { version } = await read();
      const { status, headers, body } = await handOver(bob.id);
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe(`"${version + 1}"`);
      expect(body).toMatchObject({ organizer_user_id: bob.id, version: version + 1, conflicts: [] });
      expect(statuses(body)).toEqual([
        [bob.id, 'organizer'],
        [cid.id, 'needs_action'],
        [ann.id, 'accepted'],
      ]);
      expect(body.attendees[0]).toMatchObject({ invite_id: null, comment: null });
      const { conflicts: _, conflicts_checked_until: __, ...shown } = body;
      const [{ id: calendar_id }] = (await bob.client.get('/calendars')).body;
      expect(await read(bob.client)).toEqual({ ...shown, calendar_id, external_id: null, metadata: {} });
      expect(await read(ann.client)).toEqual(shown);
    });

    test.each(['needs_action', 'declined', 'tentative'])(
      'to an attendee whose status is %s is refused',
      async (participation) => {
        if (participation === 'declined') await answer(bob, 'decline');
        if (participation === 'tentative') await answer(bob, 'tentative');
        const before = await read();
        for (const client of [ann.client, backend.as(ann.id)]) {
          expect(await handOver(bob.id, client, { title: 'Mine no more' })).toMatchObject({
            status: 409,
            body: { code: 'organizer_must_accept', errors: [{ field: 'organizer_user_id' }] },
          });
        }
        expect(await read()).toEqual(before);
      },
    );

    test('to a user who accepted single occurrences only is refused', async () => {
      await answer(bob, 'accept', event, { original_start: SECOND });
      expect((await handOver(bob.id)).body.code).toBe('organizer_must_accept');
    });

    test.each<[string, () => number]>([
      ['who does not exist', () => 2_000_000_000],
      ['whom the organizer does not see', () => stranger],
    ])('to a user %s is refused as an invitation of nobody is', async (_, id) => {
      const refused = await handOver(id());
      expect(refused).toMatchObject({
        status: 404,
        body: {
          code: 'user_not_found',
          detail: `organizer_user_id: no user ${id()}`,
          errors: [{ field: 'organizer_user_id', message: `no user ${id()}` }],
        },
      });
      const invited = await ann.client.patch(`/events/${event.id}`, { invited_user_ids: [2_000_000_000] });
      expect([invited.status, invited.body]).toMatchObject([404, { code: refused.body.code }]);
    });

    let stranger: number;
    beforeAll(async () => {
      [stranger] = await createUsers(nobody, 1);
    });

    test.each([0, -1, 1.5, '2', null, 2 ** 31])('to %j is a fault of the field', async (id) => {
      expect(await handOver(id as number)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'organizer_user_id' }] },
      });
    });

    test('who does not organize it is refused', async () => {
      await answer(bob, 'accept');
      expect((await handOver(bob.id, bob.client)).status).toBe(403);
      expect((await handOver(bob.id, cid.client)).status).toBe(403);
    });

    test('with a stale version is refused', async () => {
      await answer(bob, 'accept');
      const stale = ann.client.withHeaders({ 'if-match': '"1"' });
      expect((await handOver(bob.id, stale)).status).toBe(412);
      expect(await read()).toMatchObject({ organizer_user_id: ann.id });
    });

    test('to themselves changes no attendee', async () => {
      const { body } = await handOver(ann.id, ann.client, { title: 'Still mine' });
      expect(body).toMatchObject({ organizer_user_id: ann.id, title: 'Still mine', version: 2 });
      expect(statuses(body)).toEqual(statuses(event));
    });

    test('cannot be changed by that person afterwards, but by the new organizer', async () => {
      await answer(bob, 'accept');
      await handOver(bob.id);
      expect((await ann.client.patch(`/events/${event.id}`, { title: 'x' })).status).toBe(403);
      expect((await bob.client.patch(`/events/${event.id}`, { title: 'Led by Bob' })).status).toBe(200);
      expect((await bob.client.delete(`/events/${event.id}`)).status).toBe(204);
    });

    test('back again is as before, apart from the invites', async () => {
      await answer(bob, 'accept');
      await handOver(bob.id);
      const { body } = await handOver(ann.id, bob.client);
      expect(statuses(body)).toEqual([
        [ann.id, 'organizer'],
        [cid.id, 'needs_action'],
        [bob.id, 'accepted'],
      ]);
    });

    test('together with other fields and other attendees keeps the old organizer', async () => {
      await answer(bob, 'accept');
      const [dee] = await createUsers(nobody, 1);
      const { body } = await handOver(bob.id, ann.client, {
        title: 'Led by Bob',
        start_date: '2126-01-07T10:00:00Z',
        invited_user_ids: [dee, bob.id],
      });
      expect(body).toMatchObject({ title: 'Led by Bob', start_date: '2126-01-07T10:00:00Z', version: 3 });
      expect(statuses(body)).toEqual([
        [bob.id, 'organizer'],
        [ann.id, 'accepted'],
        [dee, 'needs_action'],
      ]);
    });

    test('is open to a caller without a token only as to a person', async () => {
      const [free, other] = await createUsers(nobody, 2);
      const { body } = await nobody.create('/events', {
        title: 'Open',
        start_date: FIRST,
        duration: 60,
        organizer_user_id: free,
        invited_user_ids: [other],
      });
      expect((await handOver(other, nobody, {}, body.id)).body.code).toBe('organizer_must_accept');
      await nobody.send('POST', `/event-invites/${body.attendees[1].invite_id}:accept`);
      expect((await handOver(other, nobody, {}, body.id)).status).toBe(200);
    });
  });

  describe('by a key', () => {
    test.each<[string, () => Promise<number>]>([
      ['an attendee who has not answered', async () => bob.id],
      [
        'an attendee who has declined',
        async () => {
          await answer(bob, 'decline');
          return bob.id;
        },
      ],
      ['a user who does not attend', async () => (await createUsers(nobody, 1))[0]],
    ])('to %s has that organizer', async (_, newOrganizer) => {
      const id = await newOrganizer();
      const { status, body } = await handOver(id, backend);
      expect(status).toBe(200);
      expect(statuses(body)[0]).toEqual([id, 'organizer']);
      expect(statuses(body)).toContainEqual([ann.id, 'accepted']);
      expect(new Set(body.attendees.map(({ user }) => user?.id)).size).toBe(body.attendees.length);
    });

    test('to a user who does not exist is refused', async () => {
      expect(await handOver(2_000_000_000, backend)).toMatchObject({
        status: 404,
        body: { code: 'user_not_found', errors: [{ field: 'organizer_user_id' }] },
      });
    });

    test('in a batch names the member that is refused', async () => {
      const other = await newEvent();
      const requests = [
        { id: event.id, organizer_user_id: bob.id },
        { id: other.id, organizer_user_id: 2_000_000_000 },
      ];
      const refused = await backend.send('POST', '/events:batch-update', { requests });
      expect(refused).toMatchObject({
        status: 404,
        body: { errors: [{ field: 'requests[1].organizer_user_id' }] },
      });
      expect(await read()).toMatchObject({ organizer_user_id: ann.id });
    });
  });

  describe('ends what the new organizer had as an attendee', () => {
    test('the invite and the answers to occurrences', async () => {
      await answer(bob, 'accept');
      await answer(bob, 'decline', event, { original_start: SECOND });
      const invite = event.attendees[1].invite_id;
      await handOver(bob.id);
      expect((await bob.client.get(`/event-invites/${invite}`)).status).toBe(404);
      expect((await bob.client.send('POST', `/event-invites/${invite}:decline`)).status).toBe(404);
      expect(await rows('occurrence_answers', bob.id)).toBe(0);
      const list = `/events/${event.id}/occurrences?from=${FIRST}&to=2126-01-20T00:00:00Z` as const;
      const { body } = await bob.client.get(list);
      expect(body.flatMap((occurrence) => ('answers' in occurrence ? occurrence.answers : []))).toEqual([]);
    });

    test('a remembered decline, which no later change recalls', async () => {
      await answer(bob, 'decline', event, { original_start: SECOND });
      await ann.client.patch(`/events/${event.id}`, { invited_user_ids: [cid.id] });
      expect(await rows('remembered_declines', bob.id)).toBe(1);
      await handOver(bob.id, backend);
      expect(await rows('remembered_declines', bob.id)).toBe(0);
      await bob.client.patch(`/events/${event.id}`, { invited_user_ids: [ann.id, cid.id] });
      expect(await rows('occurrence_answers', bob.id)).toBe(0);
    });
  });

  test('can be declined by the old organizer, who has an invite', async () => {
    await answer(bob, 'accept');
    const { body } = await handOver(bob.id);
    const { body: invites } = await ann.client.get(`/users/${ann.id}/event-invites`);
    expect(invites).toContainEqual(expect.objectContaining({ event_id: event.id, status: 'accepted' }));
    await answer(ann, 'decline', body);
    expect(statuses(await read(bob.client))).toContainEqual([ann.id, 'declined']);
  });

  test('keeps the overrides, and counts as busy time of both', async () => {
    await answer(bob, 'accept');
    await ann.client.patch(`/events/${event.id}/occurrences/${SECOND}`, { title: 'Once' });
    await handOver(bob.id);
    const { body } = await bob.client.patch(`/events/${event.id}/occurrences/${SECOND}`, {
      location: 'Here',
    });
    expect(body).toMatchObject({ title: 'Once', location: 'Here' });
    const window = `from=${FIRST}&to=2126-01-08T00:00:00Z`;
    const free = await backend.get(`/free-busy?user_ids=${ann.id}&user_ids=${bob.id}&${window}`);
    expect(free.status).toBe(200);
    const busy = JSON.stringify(free.body.map((ofUser) => ofUser.busy));
    expect(busy.match(/2126-01-07T10:00:00Z/g)).toHaveLength(2);
  });

  test('as the later part of a series leaves the earlier part to its organizer', async () => {
    await answer(bob, 'accept');
    const path = `/events/${event.id}/occurrences/${SECOND}`;
    const alone = await ann.client.send('PATCH', path, { organizer_user_id: bob.id });
    expect(alone).toMatchObject({ status: 400, body: { errors: [{ field: 'organizer_user_id' }] } });
    const split = await ann.client.send('PATCH', `${path}?scope=following`, { organizer_user_id: bob.id });
    expect(split.status).toBe(200);
    const { event_id: laterId } = split.body as unknown as { event_id: number };
    expect(laterId).not.toBe(event.id);
    expect(statuses((await bob.client.send('GET', `/events/${laterId}`)).body)).toEqual([
      [bob.id, 'organizer'],
      [cid.id, 'needs_action'],
      [ann.id, 'accepted'],
    ]);
    expect(await read()).toMatchObject({ organizer_user_id: ann.id });
  });

  test('has the reminders of the new organizer', async () => {
    const { body } = await nobody.create('/users', {
      name: 'reminded',
      email: 'reminded@example.com',
      default_reminders: [{ minutes_before: 10 }],
    });
    await handOver(body.id, backend);
    expect(await rows('pending_reminders', body.id)).toBe(1);
  });

  describe('to a user who allows no double booking', () => {
    let taken: BookedEvent;
    beforeEach(async () => {
      await bob.client.send('PATCH', `/users/${bob.id}`, { double_booking: 'reject' });
      await answer(bob, 'accept');
      await backend.send('PATCH', `/users/${bob.id}`, { double_booking: 'allow' });
      const { body } = await bob.client.create('/events', {
        title: 'Taken',
        start_date: FIRST,
        duration: 3600,
        organizer_user_id: bob.id,
      });
      taken = body;
      await bob.client.send('PATCH', `/users/${bob.id}`, { double_booking: 'reject' });
    });

    test('books no time again if the user had accepted all of it', async () => {
      const { status, body } = await handOver(bob.id);
      expect(status).toBe(200);
      expect(body.conflicts).toMatchObject([{ user_id: bob.id, start: FIRST }]);
    });

    test('is refused if the user is busy and did not attend', async () => {
      const other = await newEvent({ invited_user_ids: [cid.id], repeat: null });
      const refused = await handOver(bob.id, backend, {}, other.id);
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'time_taken', errors: [{ field: 'start_date' }] },
      });
      expect(await rows('attendees', bob.id)).toBe(1);
      await bob.client.delete(`/events/${taken.id}`);
      await handOver(ann.id, backend);
      await backend.send('DELETE', `/events/${event.id}`);
      expect((await handOver(bob.id, backend, {}, other.id)).status).toBe(200);
    });

    test('is no concern of another attendee who is double booked already', async () => {
      await backend.send('PATCH', `/users/${bob.id}`, { double_booking: 'allow' });
      const other = await newEvent({ invited_user_ids: [bob.id, cid.id] });
      await backend.send('PATCH', `/users/${bob.id}`, { double_booking: 'reject' });
      await answer(cid, 'accept', other);
      // Bob has not answered this event, and is busy by another one.
      const { status, body } = await handOver(cid.id, ann.client, {}, other.id);
      expect([status, body.code]).toEqual([200, undefined]);
    });
  });

  test('has the open invitations of the new organizer', async () => {
    const invited = await createUsers(nobody, 251);
    const [one, other] = [await newEvent({ invited_user_ids: [bob.id, ...invited] }), await newEvent()];
    const own = await bob.client.create('/events', {
      title: 'Own',
      start_date: SECOND,
      duration: 60,
      organizer_user_id: bob.id,
      invited_user_ids: invited,
    });
    await answer(bob, 'accept', one);
    await answer(bob, 'accept', other);
    const refused = await handOver(bob.id, ann.client, {}, one.id);
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_invitations', errors: [{ field: 'organizer_user_id' }] },
    });
    expect((await handOver(bob.id, ann.client, {}, other.id)).status).toBe(200);
    await bob.client.delete(`/events/${own.body.id}`);
    expect((await handOver(bob.id, ann.client, {}, one.id)).status).toBe(200);
  });
});
