import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CALLERS,
  expectedOf,
  SHARED_CASES,
  type SharedObjects,
  SharedWorld,
} from '../../support/calendars/shared-world.js';
import { SHARED_START } from '../../support/calendars/shared-writes.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { documentOf } from '../../support/openapi/operation.js';
import { requestsOf, type Values } from '../../support/openapi/operations.js';
import { type Exchange, exchange, textOf } from '../../support/openapi/walk.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = { from: ['2026-03-01T00:00:00Z'], to: ['2026-04-01T00:00:00Z'] };

type Case = (typeof SHARED_CASES)[number];

const nameOf = ({ access, visibility, grantee }: Case) => `${visibility} event, ${access} of ${grantee}`;

/** Cases whose events no caller of the walk sees in full, with that caller. */
const WRITES: readonly (readonly [
  caller: (typeof CALLERS)[number],
  ...of: readonly [Case['access'], Case['visibility'], Case['grantee']],
])[] = [
  ['a user', 'none', 'public', 'the caller'],
  ['a key that acts as the user', 'free_busy_reader+', 'public', 'the caller'],
  ['a user', 'reader', 'private', 'the caller'],
  ['a user', 'writer', 'private', 'the caller'],
  ['a user', 'free_busy_reader+', 'private', 'the tenant'],
  ['a call without a token', 'none', 'public', 'the tenant'],
  ['a call without a token', 'owner', 'private', 'the tenant'],
];

/** The operations whose requests the service has taken, as far as the access of the caller is concerned. */
function reached(exchanges: readonly Exchange[]): Set<string> {
  return new Set(
    exchanges
      .filter((one) => one.answer.status !== 400 || textOf(one).includes('invalid_mailed_token'))
      .map(({ request }) => request.operation),
  );
}

/** The statuses of the requests that name an object of the case. */
function statusesOf(
  exchanges: readonly Exchange[],
  { eventId, calendarId, inviteId, roomsInviteId }: SharedObjects,
): number[] {
  const named = new RegExp(
    `^/(?:events/${eventId}|calendars/${calendarId}|event-invites/(?:${inviteId}|${roomsInviteId}))(?![0-9])`,
  );
  const statuses = exchanges
    .filter(({ request }) => named.test(request.path))
    .map(({ answer }) => answer.status);
  return [...new Set(statuses)];
}

/** The ids of the events that searches have found. */
function foundIds(exchanges: readonly Exchange[]): number[] {
  return exchanges
    .filter(({ request, answer }) => request.operation === 'GET /events' && answer.status === 200)
    .flatMap(({ answer }) => answer.body as { id: number }[])
    .map(({ id }) => id);
}

describe('every operation of the document', () => {
  let world: SharedWorld;

  beforeAll(async () => {
    world = await SharedWorld.start();
  });
  afterAll(async () => world.close());

  const operations = (method: 'GET' | 'other') =>
    new Set(world.operations().filter((name) => name.startsWith('GET ') === (method === 'GET')));

  test.each(CALLERS)('that reads shows %s, in each case, what the policy allows', async (caller) => {
    const exchanges = await world.read(world.clientOf(caller));
    expect(exchanges.filter(({ answer }) => answer.status >= 500)).toEqual([]);
    expect(reached(exchanges)).toEqual(operations('GET'));
    // A search that found an event by its words would tell them, although it shows the times alone.
    const inFull = world.objects.filter((one) => expectedOf(one, caller)[0] === 'full');
    expect(new Set(foundIds(exchanges))).toEqual(new Set(inFull.map(({ eventId }) => eventId)));
    const texts = exchanges.map((one) => ({ path: one.request.path, text: textOf(one) }));
    const placesOf = (word: string) =>
      texts.filter(({ path, text }) => text.includes(word) && !path.includes(word)).map(({ path }) => path);
    for (const one of world.objects) {
      const [part, showsName] = expectedOf(one, caller);
      const words = [
        ...one.secrets,
        ...(part === 'full' ? [] : one.words),
        ...(showsName ? [] : [one.calendarName]),
      ];
      if (part === 'hidden') words.push(`"event_id":${one.eventId},`, `"calendar_id":${one.calendarId},`);
      const telling = words.flatMap((word) => placesOf(word).map((path) => ({ word, path })));
      const shown = [...(part === 'full' ? one.words : []), ...(showsName ? [one.calendarName] : [])];
      const missing = shown.filter((word) => placesOf(word).length === 0);
      expect({ case: nameOf(one), telling, missing }).toEqual({
        case: nameOf(one),
        telling: [],
        missing: [],
      });
      const statuses = statusesOf(exchanges, one);
      const isHidden = statuses.length === 1 && statuses[0] === 404;
      expect({ case: nameOf(one), isHidden, isRead: statuses.includes(200) }).toEqual({
        case: nameOf(one),
        isHidden: part === 'hidden',
        isRead: part !== 'hidden',
      });
    }
  });

  test.each(WRITES)(
    'that writes tells %s nothing of what it does not see: %s, %s, %s',
    async (caller, access, visibility, grantee) => {
      const objects = world.objects.find(
        (one) => one.access === access && one.visibility === visibility && one.grantee === grantee,
      );
      if (!objects) throw new Error('no such case');
      const [part, showsName] = expectedOf(objects, caller);
      expect(part).not.toBe('full');
      const exchanges = await world.write(world.clientOf(caller), objects);
      expect(exchanges.filter(({ answer }) => answer.status >= 500)).toEqual([]);
      expect(reached(exchanges)).toEqual(operations('other'));
      const words = [...objects.secrets, ...objects.words, ...(showsName ? [] : [objects.calendarName])];
      const telling = exchanges.filter((one) => words.some((word) => textOf(one).includes(word)));
      expect(telling.map(({ request }) => request)).toEqual([]);
    },
  );
});

/** The answers to all requests that read, without those that tell the time, the load or the place in the log. */
async function answersTo(client: Client, values: Values): Promise<[string, string][]> {
  // The search leaves out hidden time, as a booking refuses it.
  const left = /^GET (?!\/metrics|\/health|\/events:nearest|\/changes:stream)/;
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
