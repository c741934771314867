import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Invite, NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = 'from=2026-03-02T00:00:00Z&to=2026-04-01T00:00:00Z';
const SERIES = {
  title: 'Planning',
  start_date: '2026-03-02T09:00:00Z',
  duration: 3600,
  repeat: { frequency: 'daily', count: 10 },
} satisfies Partial<NewEvent>;
const THIRD = '2026-03-04T09:00:00Z';

async function expectStatuses(
  answers: Record<string, Promise<ServiceResponse>>,
  status: number,
): Promise<void> {
  const statuses: Record<string, number> = {};
  for (const [name, answer] of Object.entries(answers)) statuses[name] = (await answer).status;
  expect(statuses).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, status])));
}

function changesOf(id: number, client: Client): Record<string, Promise<ServiceResponse>> {
  return {
    change: client.patch(`/events/${id}`, { title: 'Mine' }),
    changeOccurrence: client.patch(`/events/${id}/occurrences/${THIRD}`, { title: 'Mine' }),
    changeFollowing: client.patch(`/events/${id}/occurrences/${THIRD}?scope=following`, { title: 'Mine' }),
    deleteOccurrence: client.delete(`/events/${id}/occurrences/${THIRD}`),
    deleteFollowing: client.delete(`/events/${id}/occurrences/${THIRD}?scope=following`),
    delete: client.delete(`/events/${id}`),
  };
}

function ids({ body }: ServiceResponse<Invite[]>): number[] {
  return body.map((invite) => invite.id);
}

describe('access', () => {
  let application: TestApplication;
  let nobody: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  /** A user without a password. */
  let guest: number;

  beforeAll(async () => {
    application = await startTestApplication();
    nobody = new Client(application.url);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    eve = await signUp(nobody, 'eve');
    guest = (await nobody.create('/users', { name: 'guest', email: 'guest@example.com' })).body.id;
  });
  afterAll(async () => application.close());

  /** An event of ann's with bob and the guest invited. */
  async function annsEvent(
    visibility: NewEvent['visibility'] = 'public',
  ): Promise<{ id: number; bobs: number; guests: number }> {
    const event = { ...SERIES, visibility, organizer_user_id: ann.id, invited_user_ids: [bob.id, guest] };
    const { body } = await ann.client.create('/events', event);
    const [, bobs, guests] = body.attendees.map(({ invite_id }) => invite_id as number);
    return { id: body.id, bobs, guests };
  }

  describe('to an event', () => {
    test.each(['public', 'private'] as const)(
      'that is %s lets its organizer alone change it',
      async (visibility) => {
        const { id } = await annsEvent(visibility);
        await expectStatuses(changesOf(id, eve.client), 403);
        await expectStatuses(changesOf(id, bob.client), 403);
        await expectStatuses(changesOf(id, nobody), 401);
        const { body } = await ann.client.get(`/events/${id}`);
        expect(body).toMatchObject({
          title: 'Planning',
          version: 1,
          recurrence: ['RRULE:FREQ=DAILY;COUNT=10'],
        });
        expect((await ann.client.patch(`/events/${id}/occurrences/${THIRD}`, { title: 'Ours' })).status).toBe(
          200,
        );
        expect((await ann.client.delete(`/events/${id}/occurrences/${THIRD}?scope=following`)).status).toBe(
          204,
        );
        expect((await ann.client.patch(`/events/${id}`, { title: 'Ours' })).status).toBe(200);
        expect((await ann.client.delete(`/events/${id}`)).status).toBe(204);
      },
    );

    test('lets nobody create one for another', async () => {
      const event = { ...SERIES, organizer_user_id: ann.id };
      await expectStatuses({ eve: eve.client.post('/events', event) }, 403);
      await expectStatuses({ nobody: nobody.post('/events', event) }, 401);
      const { headers, body } = await nobody.post('/events', event);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(body.code).toBe('token_required');
    });

    test.each(['id', 'version', 'created_at', 'organizer_id', 'attendees'])(
      'takes no %s, which is not for a client to say',
      async (field) => {
        const event = { ...SERIES, organizer_user_id: ann.id, [field]: 1 };
        expect((await ann.client.send('POST', '/events', event)).body.errors).toMatchObject([{ field }]);
      },
    );

    test('takes no other organizer', async () => {
      const { id } = await annsEvent();
      const { status, body } = await ann.client.send('PATCH', `/events/${id}`, {
        organizer_user_id: eve.id,
      });
      expect({ status, errors: body.errors }).toMatchObject({
        status: 409,
        errors: [{ field: 'organizer_user_id' }],
      });
    });
  });

  describe('to an invite', () => {
    const actions = ['accept', 'decline', 'tentative'] as const;

    async function answers(id: number, client: Client): Promise<number[]> {
      const given = actions.map(async (action) =>
        client.post(`/event-invites/${id}:${action}`, { comment: 'Yes' }),
      );
      return (await Promise.all(given)).map(({ status }) => status);
    }

    test('lets only its attendee answer', async () => {
      const { id, bobs } = await annsEvent();
      expect(await answers(bobs, eve.client)).toEqual([403, 403, 403]);
      expect(await answers(bobs, ann.client)).toEqual([403, 403, 403]);
      expect(await answers(bobs, nobody)).toEqual([401, 401, 401]);
      expect((await ann.client.get(`/events/${id}`)).body.attendees[1]).toMatchObject({
        status: 'needs_action',
        comment: null,
      });
      expect(await answers(bobs, bob.client)).toEqual([200, 200, 200]);
    });

    test('to a private event is not there for others', async () => {
      const { bobs } = await annsEvent('private');
      const missing = await eve.client.get('/event-invites/4711');
      for (const client of [eve.client, nobody]) {
        const hidden = await client.get(`/event-invites/${bobs}`);
        expect(hidden.status).toBe(404);
        expect(JSON.stringify(hidden.body).replaceAll(String(bobs), '4711')).toBe(
          JSON.stringify(missing.body),
        );
        expect(await answers(bobs, client)).toEqual([404, 404, 404]);
      }
      expect(await answers(bobs, ann.client)).toEqual([403, 403, 403]);
      expect((await ann.client.get(`/event-invites/${bobs}`)).status).toBe(200);
      expect(await answers(bobs, bob.client)).toEqual([200, 200, 200]);
    });

    test('lists it for its attendee', async () => {
      const { bobs, guests } = await annsEvent('private');
      const { guests: openGuests } = await annsEvent();
      expect(ids(await bob.client.get(`/users/${bob.id}/event-invites?limit=1000`))).toContain(bobs);
      await expectStatuses({ eve: eve.client.get(`/users/${bob.id}/event-invites`) }, 403);
      await expectStatuses({ nobody: nobody.get(`/users/${bob.id}/event-invites`) }, 401);
      const ofGuest = ids(await nobody.get(`/users/${guest}/event-invites?limit=1000`));
      expect(ofGuest).toContain(openGuests);
      expect(ofGuest).not.toContain(guests);
    });
  });

  describe('to a user', () => {
    test('lets them alone change themself', async () => {
      await expectStatuses({ eve: eve.client.patch(`/users/${ann.id}`, { name: 'eve' }) }, 403);
      await expectStatuses({ nobody: nobody.patch(`/users/${ann.id}`, { name: 'eve' }) }, 401);
      await expectStatuses(
        { password: eve.client.patch(`/users/${ann.id}`, { password: 'a new one of hers' }) },
        403,
      );
      expect((await ann.client.patch(`/users/${ann.id}`, { name: 'ann b' })).body.name).toBe('ann b');
    });

    test('without a password is open to requests without a token, until a password is set', async () => {
      const { body } = await nobody.create('/users', { name: 'open', email: 'open@example.com' });
      const path = `/users/${body.id}`;
      await expectStatuses({ eve: eve.client.patch(path, { name: 'eve' }) }, 403);
      await expectStatuses({ nobody: nobody.patch(path, { name: 'still open' }) }, 200);
      await expectStatuses({ claim: nobody.patch(path, { password: 'now it is closed' }) }, 200);
      await expectStatuses({ nobody: nobody.patch(path, { name: 'open again' }) }, 401);
      const login = { email: 'open@example.com', password: 'now it is closed' };
      expect((await nobody.post('/auth/login', login)).status).toBe(200);
    });

    test('without a password creates, changes and answers as in the contract', async () => {
      const { body: event } = await nobody.create('/events', {
        ...SERIES,
        organizer_user_id: guest,
        invited_user_ids: [ann.id],
      });
      expect((await nobody.patch(`/events/${event.id}`, { title: 'Ours' })).body.title).toBe('Ours');
      const { guests } = await annsEvent();
      expect((await nobody.post(`/event-invites/${guests}:accept`)).body.status).toBe('accepted');
      const annsInvite = event.attendees[1].invite_id;
      expect((await nobody.post(`/event-invites/${annsInvite}:accept`)).status).toBe(401);
    });

    test('shows everyone when they are busy, and their public events', async () => {
      await annsEvent();
      for (const client of [eve.client, nobody]) {
        const { body: busy } = await client.get(`/free-busy?user_ids=${ann.id}&${WINDOW}`);
        expect(busy[0].busy.length).toBeGreaterThan(0);
        expect((await client.get(`/users/${ann.id}/events?${WINDOW}`)).body[0]).toHaveProperty('title');
      }
    });

    test('cannot be guessed from what a token that is not good is told', async () => {
      const bad = nobody.with('a.b.c');
      const told = await Promise.all([ann.id, 4711].map(async (id) => bad.get(`/users/${id}`)));
      expect(told.map(({ status, body }) => [status, body.code, body.detail])).toEqual(
        told.map(() => [401, 'invalid_token', 'The token is not accepted.']),
      );
    });
  });
});
