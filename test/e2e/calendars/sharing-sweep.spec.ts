import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SHARED_START } from '../../support/calendars/shared-writes.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import {
  addCalendar,
  type GrantedAccess,
  primaryCalendarOf,
  share,
  shareWithTenant,
} from '../../support/client/sharing.js';
import { documentOf } from '../../support/openapi/operation.js';
import { operationsOf, requestsOf, type Values } from '../../support/openapi/operations.js';
import { type Exchange, exchange, textOf } from '../../support/openapi/walk.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const WINDOW = { from: ['2026-03-01T00:00:00Z'], to: ['2026-04-01T00:00:00Z'] };
const MOVED = '2026-03-19T09:00:00Z';

/** What a caller sees who sees the event in full, in each notation. */
const WORDS = [
  'the-title',
  'the-description',
  'the-location',
  'the-invite-comment',
  'the-own-title',
  'the-answer-comment',
  'INTERVAL=17',
];

/** A grant, and a caller for whom it decides. */
interface Case {
  readonly access: GrantedAccess;
  readonly visibility: 'public' | 'private';
  readonly caller:
    | 'a grantee'
    | 'a key that acts as the grantee'
    | 'a user of the tenant'
    | 'a call without a token';
}

const HIDING: readonly Case[] = [
  { access: 'none', visibility: 'public', caller: 'a grantee' },
  { access: 'free_busy_reader+', visibility: 'public', caller: 'a key that acts as the grantee' },
  { access: 'reader', visibility: 'private', caller: 'a grantee' },
  { access: 'free_busy_reader', visibility: 'private', caller: 'a user of the tenant' },
  { access: 'none', visibility: 'public', caller: 'a call without a token' },
  { access: 'owner', visibility: 'private', caller: 'a call without a token' },
];

const SHOWING: readonly Case[] = [
  { access: 'reader', visibility: 'public', caller: 'a grantee' },
  { access: 'reader+', visibility: 'private', caller: 'a user of the tenant' },
  { access: 'owner', visibility: 'public', caller: 'a call without a token' },
];

/** Ann, who shares a calendar with a series; Bob, who attends it; and a caller. */
class World {
  private constructor(
    private readonly application: TestApplication,
    readonly client: Client,
    readonly calendarId: number,
    private readonly values: Values,
  ) {}

  static async of({ access, visibility, caller }: Case): Promise<World> {
    const application = await startTestApplication();
    const anyone = new Client(application.url);
    const [ann, bob, eve] = [
      await signUp(anyone, 'ann'),
      await signUp(anyone, 'bob'),
      await signUp(anyone, 'eve'),
    ];
    const calendarId = await addCalendar(ann, 'the-calendar-name');
    const isOwn = caller === 'a grantee' || caller === 'a key that acts as the grantee';
    const grantId = isOwn ? await share(ann.client, calendarId, eve.id, access) : 1;
    if (!isOwn) await shareWithTenant(ann.client, calendarId, access);
    const { eventId, inviteId } = await plant(ann, bob, calendarId, visibility);
    const clients = {
      'a grantee': eve.client,
      'a key that acts as the grantee': (await addKey(application, 1)).as(eve.id),
      'a user of the tenant': eve.client,
      'a call without a token': anyone,
    };
    const created = {
      title: "eve's",
      start_date: SHARED_START,
      duration: 60,
      organizer_user_id: ann.id,
      calendar_id: calendarId,
    };
    return new World(application, clients[caller], calendarId, {
      ...WINDOW,
      event_id: [eventId],
      id: [eventId],
      ids: [[eventId]],
      requests: [[{ id: eventId, title: "eve's" }], [created]],
      calendar_id: [calendarId],
      grant_id: [grantId],
      grantee: [{ type: 'user', user_id: bob.id }],
      name: ["eve's"],
      user_id: [ann.id, bob.id, eve.id],
      invite_id: [inviteId],
      user_ids: [[ann.id, bob.id]],
      original_start: [SHARED_START, MOVED],
      limit: [1],
      organizer_user_id: [ann.id, eve.id],
      attendee_user_id: [bob.id],
      invited_user_ids: [[ann.id]],
      start_date: [SHARED_START],
      title: ["eve's"],
      q: ['the-title', 'the-own-title'],
      email: ['ann@example.com', 'eve@example.com'],
      current_password: ['not the password'],
      deleted: [eve.id],
    });
  }

  /** Sends requests to every operation. The caller, who learns nothing after their end, is not deleted. */
  async walk(only = /^/): Promise<Exchange[]> {
    const requests = requestsOf(await documentOf(this.client), this.values);
    const [own] = this.values.deleted;
    const exchanges: Exchange[] = [];
    for (const request of requests) {
      if (
        !only.test(request.operation) ||
        `${request.method} ${request.path}`.startsWith(`DELETE /users/${String(own)}`)
      )
        continue;
      exchanges.push(...(await exchange(this.client, request)));
    }
    return exchanges;
  }

  async operations(): Promise<string[]> {
    return operationsOf(await documentOf(this.client));
  }

  async close(): Promise<void> {
    await this.application.close();
  }
}

async function plant(ann: Account, bob: Account, calendarId: number, visibility: Case['visibility']) {
  const { body: event } = await ann.client.create('/events', {
    title: 'the-title',
    description: 'the-description',
    location: 'the-location',
    start_date: SHARED_START,
    duration: 3600,
    organizer_user_id: ann.id,
    invited_user_ids: [bob.id],
    calendar_id: calendarId,
    visibility,
    repeat: { frequency: 'daily', interval: 17 },
  });
  const occurrence = `/events/${event.id}/occurrences/${MOVED}` as const;
  await ann.client.patch(occurrence, { title: 'the-own-title', start_date: '2026-03-20T09:00:00Z' });
  const inviteId = event.attendees[1].invite_id as number;
  const accept = `/event-invites/${inviteId}:accept` as const;
  await bob.client.post(accept, { comment: 'the-invite-comment' });
  await bob.client.post(accept, { comment: 'the-answer-comment', original_start: MOVED });
  return { eventId: event.id, inviteId };
}

describe.each(HIDING)('$access hides a $visibility event from $caller', (hiding) => {
  let world: World;
  let exchanges: Exchange[];

  beforeAll(async () => {
    world = await World.of(hiding);
    exchanges = await world.walk();
  });
  afterAll(async () => world.close());

  test('through every operation of the document', async () => {
    const names = hiding.access === 'reader' || hiding.access === 'owner' ? [] : ['the-calendar-name'];
    const words = [...WORDS, ...names];
    const telling = exchanges.filter((one) => words.some((word) => textOf(one).includes(word)));
    expect(telling.map(({ request }) => request)).toEqual([]);
    const reached = exchanges
      .filter(
        ({ answer }) =>
          answer.status !== 400 || textOf({ answer } as Exchange).includes('invalid_mailed_token'),
      )
      .map(({ request }) => request.operation);
    expect(new Set(reached)).toEqual(new Set(await world.operations()));
    expect(exchanges.filter(({ answer }) => answer.status >= 500)).toEqual([]);
  });
});

test.each(SHOWING)('$access shows a $visibility event to $caller, with every word', async (showing) => {
  const world = await World.of(showing);
  try {
    const text = (await world.walk(/^GET/)).map(textOf).join('');
    expect([...WORDS, 'the-calendar-name'].filter((word) => !text.includes(word))).toEqual([]);
  } finally {
    await world.close();
  }
});

/** The answers to all requests that read, without those that tell the time or the load of the service. */
async function answersTo(client: Client, values: Values): Promise<[string, string][]> {
  // The search leaves out hidden time, as a booking refuses it.
  const left = /^GET (?!\/metrics|\/health|\/events:nearest)/;
  const requests = requestsOf(await documentOf(client), values).filter(({ operation }) =>
    left.test(operation),
  );
  const answers: [string, string][] = [];
  for (const request of requests) {
    for (const { answer } of await exchange(client, request)) {
      const told = ['etag', 'link', 'location'].map((name) => answer.headers.get(name));
      answers.push([request.path, JSON.stringify([answer.status, told, answer.body])]);
    }
  }
  return answers;
}

describe('objects in hidden calendars', () => {
  let application: TestApplication;
  let ann: Account;
  let gil: Account;
  let eve: Account;
  let anyone: Client;
  let hidden: number;
  let shown: number;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    [ann, gil, eve] = [await signUp(anyone, 'ann'), await signUp(anyone, 'gil'), await signUp(anyone, 'eve')];
    hidden = await addCalendar(ann, 'Hidden');
    for (const [owner, id] of [
      [ann, hidden],
      [gil, await primaryCalendarOf(gil)],
    ] as const)
      await shareWithTenant(owner.client, id, 'none');
    shown = (await ann.client.create('/events', event())).body.id;
  });
  afterAll(async () => application.close());

  const event = (fields: object = {}) => ({
    title: 'planning',
    start_date: SHARED_START,
    duration: 3600,
    organizer_user_id: ann.id,
    ...fields,
  });

  test('are neither found nor counted: the answers to a caller of no role are those before there were any', async () => {
    const next = { event: shown + 1, calendar: hidden + 1 };
    const invite = 1;
    const values: Values = {
      ...WINDOW,
      event_id: [shown, next.event, next.event + 1, next.event + 2],
      calendar_id: [await primaryCalendarOf(ann), hidden, next.calendar],
      user_id: [ann.id, gil.id, eve.id],
      invite_id: [invite, invite + 1],
      user_ids: [[ann.id, gil.id], [ann.id]],
      limit: [1, 100],
      expand: ['true', 'false'],
      show_cancelled: ['true'],
      q: ['planning'],
      organizer_user_id: [ann.id, gil.id],
      attendee_user_id: [ann.id, gil.id],
      email: ['ann@example.com'],
      original_start: [SHARED_START],
    };
    const before = [await answersTo(eve.client, values), await answersTo(anyone, values)];
    await ann.client.create('/events', event({ calendar_id: hidden, invited_user_ids: [gil.id] }));
    const series = { calendar_id: hidden, repeat: { frequency: 'daily', count: 9 } };
    await ann.client.create('/events', event(series));
    const cancelled = await ann.client.create(
      '/events',
      event({ calendar_id: hidden, visibility: 'private' }),
    );
    await ann.client.patch(`/events/${cancelled.body.id}`, { status: 'cancelled' });
    const second = await addCalendar(ann, 'Second');
    await shareWithTenant(ann.client, second, 'none');
    await share(ann.client, hidden, gil.id, 'reader');
    expect([cancelled.body.id, second]).toEqual([next.event + 2, next.calendar]);
    const after = [await answersTo(eve.client, values), await answersTo(anyone, values)];
    expect(after).toEqual(before);
    // The same requests find them for their owner.
    expect((await ann.client.get('/events?q=planning&show_cancelled=true')).body).toHaveLength(4);
  });
});
