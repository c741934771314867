import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';
const START = '2026-01-05T09:00:00Z';
const EVENT = { title: 'Meeting', start_date: START, duration: 3600 };
const SERIES = { ...EVENT, repeat: { frequency: 'daily', count: 3 } } satisfies Partial<NewEvent>;

/** No row of this id is there; ids in tests have as many digits. */
const UNKNOWN = 9_999;

/** A user, an event of the user with another attendee, and the invite to it. */
interface Target {
  readonly user: number;
  readonly email: string;
  readonly event: number;
  readonly inviteId: number;
}

const UNKNOWN_TARGET: Target = {
  user: UNKNOWN,
  email: 'unknown@example.com',
  event: UNKNOWN,
  inviteId: UNKNOWN,
};

type Request = readonly [
  status: number,
  method: string,
  path: (target: Target) => string,
  body?: (target: Target) => object,
];

const BY_ADDRESS: Request = [200, 'GET', ({ email }) => `/users?email=${email.toUpperCase()}`];

/** Every request that reaches another user, with the status for a caller who sees the user. */
const REQUESTS: readonly Request[] = [
  [200, 'GET', ({ user }) => `/users/${user}`],
  [
    403,
    'PATCH',
    ({ user }) => `/users/${user}`,
    () => ({ name: 'Mine', password: 'wrong wrong', current_password: 'x' }),
  ],
  BY_ADDRESS,
  [403, 'POST', ({ user }) => `/users/${user}:verify-email`],
  [200, 'GET', ({ user }) => `/users/${user}/events?${WINDOW}`],
  [200, 'GET', ({ user }) => `/users/${user}/events?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`],
  [403, 'GET', ({ user }) => `/users/${user}/event-invites`],
  [403, 'GET', ({ user, event }) => `/users/${user}/events/${event}/reminders`],
  [
    403,
    'PUT',
    ({ user, event }) => `/users/${user}/events/${event}/reminders`,
    () => ({ use_default: true }),
  ],
  [200, 'GET', ({ user }) => `/free-busy?user_ids=${user}&${WINDOW}`],
  [200, 'GET', ({ user }) => `/events:nearest-empty-time-interval?duration=1h&user_ids=${user}&${WINDOW}`],
  [403, 'POST', () => '/events', ({ user }) => ({ ...EVENT, organizer_user_id: user })],
  [200, 'GET', ({ event }) => `/events/${event}`],
  [403, 'PATCH', ({ event }) => `/events/${event}`, () => ({ title: 'Mine' })],
  [403, 'DELETE', ({ event }) => `/events/${event}`],
  [200, 'GET', ({ event }) => `/events/${event}/occurrences?${WINDOW}`],
  [403, 'PATCH', ({ event }) => `/events/${event}/occurrences/${START}`, () => ({ title: 'Mine' })],
  [403, 'DELETE', ({ event }) => `/events/${event}/occurrences/${START}?scope=following`],
  [200, 'GET', ({ inviteId }) => `/event-invites/${inviteId}`],
  [403, 'POST', ({ inviteId }) => `/event-invites/${inviteId}:accept`],
  [403, 'POST', ({ inviteId }) => `/event-invites/${inviteId}:decline`],
  [403, 'POST', ({ inviteId }) => `/event-invites/${inviteId}:tentative`],
];

/** How a caller and a user become related, and whether the caller then sees the user. */
interface Relation {
  readonly name: string;
  readonly sees: boolean;
  readonly meet: (caller: Account, user: Account, third: Account) => Promise<void>;
}

async function invite(organizer: Account, invited: readonly Account[], fields: Partial<NewEvent> = {}) {
  const { status, body } = await organizer.client.post('/events', {
    ...EVENT,
    ...fields,
    organizer_user_id: organizer.id,
    invited_user_ids: invited.map(({ id }) => id),
  });
  expect(status).toBe(201);
  return body;
}

async function answer(
  account: Account,
  { attendees }: Pick<BookedEvent, 'attendees'>,
  verb: InviteVerb,
): Promise<void> {
  const inviteId = attendees.find(({ user }) => user?.id === account.id)?.invite_id;
  expect((await account.client.post(`/event-invites/${inviteId}:${verb}`)).status).toBe(200);
}

function callersEvent(name: string, sees: boolean, ...verbs: readonly InviteVerb[]): Relation {
  return {
    name: `has invited the user, who ${name}`,
    sees,
    meet: async (caller, user) => {
      const event = await invite(caller, [user]);
      for (const verb of verbs) await answer(user, event, verb);
    },
  };
}

const RELATIONS: readonly Relation[] = [
  { name: 'has never met the user', sees: false, meet: async () => undefined },
  callersEvent('has not answered', false),
  callersEvent('declined', false, 'decline'),
  callersEvent('answered with maybe', false, 'tentative'),
  callersEvent('accepted', true, 'accept'),
  callersEvent('accepted and then declined', false, 'accept', 'decline'),
  {
    name: 'has removed the user, who had accepted',
    sees: false,
    meet: async (caller, user) => {
      const event = await invite(caller, [user]);
      await answer(user, event, 'accept');
      await caller.client.patch(`/events/${event.id}`, { invited_user_ids: [] });
    },
  },
  {
    name: 'is invited by the user',
    sees: true,
    meet: async (caller, user) => void (await invite(user, [caller])),
  },
  {
    name: 'declined an invitation of the user',
    sees: true,
    meet: async (caller, user) => answer(caller, await invite(user, [caller]), 'decline'),
  },
  {
    name: 'was invited by the user, and is no longer',
    sees: false,
    meet: async (caller, user) => {
      const { id } = await invite(user, [caller]);
      await user.client.patch(`/events/${id}`, { invited_user_ids: [] });
    },
  },
  {
    name: 'is invited to an event that the user has accepted',
    sees: true,
    meet: async (caller, user, third) => answer(user, await invite(third, [caller, user]), 'accept'),
  },
  {
    name: 'accepted an event to which the user is invited',
    sees: false,
    meet: async (caller, user, third) => answer(caller, await invite(third, [caller, user]), 'accept'),
  },
];

async function send(
  client: Client,
  [, method, path, body]: Request,
  target: Target,
): Promise<ServiceResponse> {
  return client.send(method, path(target), body?.(target));
}

/** All that an answer tells, its request's own id and the ids that the client wrote aside. */
function toldBy({ status, headers, body }: ServiceResponse, { user, event, inviteId }: Target): unknown {
  const said = [...headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
  const text = JSON.stringify(body).replaceAll(/\b\d+\b/g, (number) =>
    [user, event, inviteId].map(String).includes(number) ? 'ID' : number,
  );
  return { status, said, text };
}

async function found({ caller, target }: { caller: Account; target: Target }): Promise<number[]> {
  return (await caller.client.get(`/users?email=${target.email}`)).body.map(({ id }) => id);
}

/** The addresses of the attendees of an event, or of the first event of a list. */
async function addresses(client: Client, path: string): Promise<(string | null)[]> {
  const { body } = await client.get(path);
  const { attendees }: Pick<BookedEvent, 'attendees'> = Array.isArray(body) ? body[0] : body;
  return attendees.map(({ user }) => user?.email ?? null);
}

describe('with DIRECTORY=shared', () => {
  let application: TestApplication;
  let nobody: Client;
  let accounts = 0;

  beforeAll(async () => {
    application = await startTestApplication({ DIRECTORY: 'shared' });
    nobody = new Client(application.url);
  });
  afterAll(async () => application.close());

  async function person(): Promise<Account> {
    accounts += 1;
    return signUp(nobody, `person${accounts}`);
  }

  async function targetOf(user: Account): Promise<Target> {
    const event = await invite(user, [await person()], SERIES);
    return {
      user: user.id,
      email: user.email,
      event: event.id,
      inviteId: event.attendees[1].invite_id as number,
    };
  }

  /** A person and a user with this relation. */
  async function related({ meet }: Relation): Promise<{ caller: Account; target: Target }> {
    const [caller, user, third] = [await person(), await person(), await person()];
    const target = await targetOf(user);
    await meet(caller, user, third);
    return { caller, target };
  }

  test.each(RELATIONS.filter(({ sees }) => sees))('a person who $name sees the user', async (relation) => {
    const { caller, target } = await related(relation);
    const told: unknown[] = [];
    for (const request of REQUESTS) {
      const reply = await send(caller.client, request, target);
      told.push([reply.status, request[1], request[2](target)]);
    }
    expect(told).toEqual(REQUESTS.map(([status, method, path]) => [status, method, path(target)]));
    expect(await found({ caller, target })).toEqual([target.user]);
  });

  test.each(RELATIONS.filter(({ sees }) => !sees))(
    'for a person who $name the user is as one who is not there',
    async (relation) => {
      const { caller, target } = await related(relation);
      for (const request of REQUESTS) {
        const reply = await send(caller.client, request, target);
        const unknown = await send(caller.client, request, UNKNOWN_TARGET);
        expect(toldBy(reply, target)).toEqual(toldBy(unknown, UNKNOWN_TARGET));
        expect(reply.status).toBe(request === BY_ADDRESS ? 200 : 404);
      }
      expect(await found({ caller, target })).toEqual([]);
    },
  );

  test('a person sees themself, and a request without a token everybody', async () => {
    const user = await person();
    const target = await targetOf(user);
    for (const request of REQUESTS.filter(([status, method]) => status === 200 && method === 'GET')) {
      expect((await send(user.client, request, target)).status).toBe(200);
      expect((await send(nobody, request, target)).status).toBe(200);
    }
  });

  test('several users are asked about at once, and those who are not seen are named as unknown ones are', async () => {
    const [caller, friend, stranger] = [await person(), await person(), await person()];
    await invite(friend, [caller]);
    const ids = [caller.id, friend.id, stranger.id, UNKNOWN];
    const named = `no user ${stranger.id}, ${UNKNOWN}`;
    const query = ids.map((id) => `user_ids=${id}`).join('&');
    for (const path of ['/free-busy?', '/events:nearest-empty-time-interval?duration=1h&']) {
      expect(await caller.client.get(`${path}${query}&${WINDOW}`)).toMatchObject({
        status: 404,
        body: { code: 'user_not_found', errors: [{ field: 'user_ids', message: named }] },
      });
    }
    const optional = `user_ids=${friend.id}&optional_user_ids=${stranger.id}&optional_user_ids=${UNKNOWN}`;
    expect(
      await caller.client.get(`/events:nearest-empty-time-interval?duration=1h&${optional}&${WINDOW}`),
    ).toMatchObject({ status: 404, body: { errors: [{ field: 'optional_user_ids', message: named }] } });
    const both = `user_ids=${caller.id}&user_ids=${friend.id}&${WINDOW}`;
    const { body } = await caller.client.get(`/free-busy?${both}`);
    expect(body.map(({ user_id }) => user_id)).toEqual([caller.id, friend.id]);
  });

  describe('an invitation of a stranger', () => {
    test('is accepted, and shows a name but no address until the stranger accepts', async () => {
      const [caller, stranger] = [await person(), await person()];
      const event = await invite(caller, [stranger]);
      expect(event.attendees[1]).toMatchObject({
        status: 'needs_action',
        user: { id: stranger.id, name: expect.stringMatching(/^person/), email: null },
      });
      const renamed = await caller.client.patch(`/events/${event.id}`, { title: 'Ball' });
      expect(renamed.body.attendees[1].user.email).toBeNull();
      const paths = [`/events/${event.id}`, `/users/${caller.id}/events?${WINDOW}`];
      for (const path of paths) expect(await addresses(caller.client, path)).toEqual([caller.email, null]);
      expect(await addresses(stranger.client, paths[0])).toEqual([caller.email, stranger.email]);
      expect(await addresses(nobody, paths[0])).toEqual([caller.email, stranger.email]);
      await answer(stranger, event, 'accept');
      for (const path of paths)
        expect(await addresses(caller.client, path)).toEqual([caller.email, stranger.email]);
    });

    test('to a person who is not there is told from one who is, since it is accepted', async () => {
      const caller = await person();
      const event = { ...EVENT, organizer_user_id: caller.id, invited_user_ids: [UNKNOWN] };
      expect(await caller.client.post('/events', event)).toMatchObject({
        status: 404,
        body: { code: 'user_not_found' },
      });
    });

    test("tells nothing of the stranger's time", async () => {
      const [caller, stranger] = [await person(), await person()];
      await invite(stranger, [], { ...EVENT, title: 'Secret' });
      const event = { ...EVENT, organizer_user_id: caller.id, invited_user_ids: [stranger.id] };
      const refused = await caller.client.post('/events', { ...event, conflict_policy: 'reject' });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'time_taken', detail: 'An attendee is busy at that time.' },
      });
      expect(refused.body.errors).toBeUndefined();
      const { id, conflicts } = (await caller.client.post('/events', event)).body;
      expect(conflicts).toEqual([]);
      expect((await caller.client.patch(`/events/${id}`, { title: 'Ball' })).body.conflicts).toEqual([]);
      const twice = await caller.client.post('/events', { ...event, conflict_policy: 'reject' });
      expect(twice.body.errors).toEqual([
        { field: 'start_date', message: `user ${caller.id} is busy from ${START} to 2026-01-05T10:00:00Z` },
      ]);
    });

    test('is seen by the stranger as by every attendee', async () => {
      const [caller, stranger, other] = [await person(), await person(), await person()];
      const event = await invite(caller, [stranger, other]);
      const { status, body } = await stranger.client.get(`/events/${event.id}`);
      expect(status).toBe(200);
      expect(body.attendees.map(({ user }) => user.email)).toEqual([caller.email, stranger.email, null]);
    });
  });

  test('a friend’s list has the events of strangers too, without addresses of people who are not seen', async () => {
    const [caller, friend, stranger] = [await person(), await person(), await person()];
    await answer(
      friend,
      await invite(caller, [friend], { ...EVENT, start_date: '2025-01-06T09:00:00Z' }),
      'accept',
    );
    const { id } = await invite(stranger, [friend]);
    const { body } = await caller.client.get(`/users/${friend.id}/events?${WINDOW}`);
    expect(body.map((event) => [event.id, event.attendees.map(({ user }) => user.email)])).toEqual([
      [id, [null, friend.email]],
    ]);
    expect((await caller.client.get(`/events/${id}`)).body.attendees[0].user.email).toBeNull();
  });
});

describe('with DIRECTORY=open', () => {
  test('everybody sees everybody', async () => {
    const application = await startTestApplication({ DIRECTORY: 'open' });
    const nobody = new Client(application.url);
    const [caller, stranger] = [await signUp(nobody, 'ann'), await signUp(nobody, 'bob')];
    const { body: user } = await caller.client.get(`/users/${stranger.id}`);
    expect(user.email).toBe(stranger.email);
    const { attendees } = await invite(caller, [stranger]);
    expect(attendees[1].user.email).toBe(stranger.email);
    expect((await caller.client.get(`/users/${stranger.id}/events?${WINDOW}`)).body).toHaveLength(1);
    await application.close();
  });
});

describe('SIGN_UP and DEFAULT_VISIBILITY', () => {
  test('let nobody sign up where it is closed', async () => {
    const application = await startTestApplication({ SIGN_UP: 'closed' });
    const nobody = new Client(application.url);
    const ann = { name: 'ann', email: 'ann@example.com' };
    for (const body of [ann, { ...ann, password: 'correct horse battery' }]) {
      expect(await nobody.post('/users', body)).toMatchObject({
        status: 403,
        body: { code: 'sign_up_closed' },
      });
    }
    expect((await nobody.get('/users?email=ann@example.com')).body).toEqual([]);
    await application.close();
  });

  test.each<[string, NewEvent['visibility'], string]>([
    ['private', undefined, 'private'],
    ['private', 'public', 'public'],
    ['public', undefined, 'public'],
    ['public', 'private', 'private'],
  ])('with %s, a new event that says %s is %s', async (preset, visibility, expected) => {
    const application = await startTestApplication({ DEFAULT_VISIBILITY: preset });
    const ann = await signUp(new Client(application.url), 'ann');
    const event = await invite(ann, [], { ...SERIES, ...(visibility !== undefined && { visibility }) });
    expect(event.visibility).toBe(expected);
    const renamed = await ann.client.patch(`/events/${event.id}`, { title: 'Ball' });
    expect(renamed.body.visibility).toBe(expected);
    const following = `/events/${event.id}/occurrences/2026-01-06T09:00:00Z?scope=following` as const;
    const later = (await ann.client.patch(following, { title: 'Later' })).body.event_id;
    expect((await ann.client.get(`/events/${later}`)).body).toMatchObject({
      title: 'Later',
      visibility: expected,
    });
    await application.close();
  });
});
