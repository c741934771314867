import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { NewEvent, Problem } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { documentOf } from '../../support/openapi/operation.js';
import { operationsOf, requestsOf, type Values } from '../../support/openapi/operations.js';
import { type Exchange, exchange, textOf } from '../../support/openapi/walk.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = { from: ['2026-03-01T00:00:00Z'], to: ['2026-04-01T00:00:00Z'] };
const FIRST = '2026-03-02T09:00:00Z';
const MOVED = '2026-03-19T09:00:00Z';

/** The values that only attendees may see, in each notation. */
const PRIVATE_WORDS = [
  'the-title',
  'the-description',
  'the-location',
  'the-invite-comment',
  'the-own-title',
  'the-own-description',
  'the-own-location',
  'the-answer-comment',
  'the-guest-name',
  'the-guest@example.net',
  'INTERVAL=17',
  '"interval":17',
  'Pacific/Chatham',
];

/** Why the organizer is away. Attendees do not see it either. */
const REASON = 'the-reason-to-be-away';

/** The forms that other users see. */
const FORMS = [
  ['all_day', 'end_date', 'floating', 'id', 'redacted', 'start_date', 'visibility'],
  [
    'all_day',
    'end_date',
    'floating',
    'occurrences',
    'occurrences_truncated',
    'redacted',
    'start_date',
    'visibility',
  ],
  ['end', 'event_id', 'original_start', 'redacted', 'start', 'visibility'],
];

/** Whether the input passed, so that the service looked for the token. */
function isOfToken({ body }: ServiceResponse): boolean {
  return (body as Problem).code === 'invalid_mailed_token';
}

/** Every object in a body, however deep. */
function objectsIn(body: unknown): Record<string, unknown>[] {
  if (typeof body !== 'object' || body === null) return [];
  const inside = Object.values(body).flatMap(objectsIn);
  return Array.isArray(body) ? inside : [body as Record<string, unknown>, ...inside];
}

describe('a private event', () => {
  let application: TestApplication;
  let nobody: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  const privateIds: number[] = [];
  const inviteIds: number[] = [];
  const calendarIds: number[] = [];
  let values: Values;
  const logged: string[] = [];

  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
    application = await startTestApplication({ LOG_LEVEL: 'trace' });
    nobody = new Client(application.url);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    eve = await signUp(nobody, 'eve');
    await ann.client.patch(`/users/${ann.id}`, {
      away: [{ from: '2020-03-02', to: '2020-03-03', reason: REASON }],
    });
    await plant({ title: 'the-title', start_date: FIRST, duration: 3600 });
    await plant({ title: 'the-title', start_date: '2026-03-05', all_day: true, show_as: 'free' });
    await ann.client.patch(`/events/${privateIds[1]}`, { status: 'cancelled' });
    await plantSeries();
    for (const { client } of [ann, bob, eve]) calendarIds.push((await client.get('/calendars')).body[0].id);
    values = {
      ...WINDOW,
      event_id: privateIds,
      id: privateIds,
      ids: [privateIds],
      requests: [
        [{ id: privateIds[0], title: "eve's" }],
        [{ title: "eve's", start_date: FIRST, duration: 60, organizer_user_id: eve.id }],
      ],
      calendar_id: calendarIds,
      name: ["eve's"],
      user_id: [ann.id, bob.id, eve.id],
      invite_id: inviteIds,
      user_ids: [[ann.id, bob.id, eve.id], [ann.id]],
      groups: [[{ user_ids: [ann.id, bob.id], min_attending: 1 }]],
      original_start: [FIRST, MOVED],
      limit: [1],
      sync_token: [''],
      expand: ['true', 'false'],
      email: [ann.email, eve.email],
      organizer_user_id: [eve.id],
      invited_user_ids: [[ann.id]],
      start_date: [FIRST],
      title: ["eve's"],
      current_password: ['not the password'],
    };
  });
  afterAll(async () => {
    await application.close();
    jest.restoreAllMocks();
  });

  async function plant(
    event: Pick<NewEvent, 'title' | 'start_date'> & Partial<NewEvent>,
  ): Promise<ServiceResponse> {
    const answer = await ann.client.post('/events', {
      ...event,
      visibility: 'private',
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      invited: [{ email: 'the-guest@example.net', name: 'the-guest-name' }],
    });
    privateIds.push(answer.body.id);
    inviteIds.push(...answer.body.attendees.slice(1).map(({ invite_id: invite }) => invite as number));
    return answer;
  }

  async function plantSeries(): Promise<void> {
    await plant({
      title: 'the-title',
      description: 'the-description',
      location: 'the-location',
      start_date: FIRST,
      duration: 3600,
      time_zone: 'Pacific/Chatham',
      repeat: { frequency: 'daily', interval: 17 },
    });
    const own = { title: 'the-own-title', description: 'the-own-description', location: 'the-own-location' };
    const occurrence = `/events/${privateIds[2]}/occurrences/${MOVED}`;
    await ann.client.patch(occurrence, { ...own, start_date: '2026-03-20T09:00:00Z' });
    const accept = `/event-invites/${inviteIds[4]}:accept`;
    await bob.client.post(accept, { comment: 'the-invite-comment' });
    await bob.client.post(accept, { comment: 'the-answer-comment', original_start: MOVED });
  }

  async function walk(client: Client, only = /^/): Promise<Exchange[]> {
    const exchanges: Exchange[] = [];
    const requests = requestsOf(await documentOf(nobody), values);
    // A caller who is deleted learns nothing afterwards.
    const own = `DELETE /users/${eve.id}`;
    const left = requests.filter(({ method, path }) => !`${method} ${path}`.startsWith(own));
    for (const request of left)
      if (only.test(request.operation)) exchanges.push(...(await exchange(client, request)));
    return exchanges;
  }

  test.each(['ann', 'bob'])('is open to %s, who attends it, with every word', async (name) => {
    const exchanges = await walk(name === 'ann' ? ann.client : bob.client, /^GET/);
    const text = exchanges.map(textOf).join('').replaceAll('\\"', '"');
    expect(PRIVATE_WORDS.filter((word) => !text.includes(word))).toEqual([]);
  });

  test.each(['eve', 'nobody'])('shows %s none of its words through any route', async (name) => {
    const exchanges = await walk(name === 'eve' ? eve.client : nobody);
    const telling = exchanges.filter((one) =>
      [...PRIVATE_WORDS, REASON].some((word) => textOf(one).includes(word)),
    );
    expect(telling.map(({ request }) => request)).toEqual([]);

    // A token of `resetPassword` that the service did not make is a 400, after the input has passed.
    const reached = new Set(
      exchanges
        .filter(({ answer }) => answer.status !== 400 || isOfToken(answer))
        .map(({ request }) => request.operation),
    );
    expect(reached).toEqual(new Set(operationsOf(await documentOf(nobody))));
    expect(exchanges.filter(({ answer }) => answer.status >= 500)).toEqual([]);
  });

  test.each(['eve', 'nobody'])(
    'has the redacted fields for %s in every response, and no others',
    async (name) => {
      const exchanges = await walk(name === 'eve' ? eve.client : nobody, /^GET/);
      const seen = exchanges
        .flatMap(({ answer }) => objectsIn(answer.body))
        .filter(({ redacted }) => redacted === true);
      const forms = new Set(seen.map((object) => JSON.stringify(Object.keys(object).toSorted())));
      expect([...forms].toSorted()).toEqual(FORMS.map((form) => JSON.stringify(form)).toSorted());
      const ids = seen.map((object) => object.id ?? object.event_id).filter((id) => id !== undefined);
      expect(new Set(ids)).toEqual(new Set(privateIds));
      expect(new Set(seen.map((object) => object.visibility))).toEqual(new Set(['private']));
    },
  );

  test('is as busy as any other', async () => {
    const { body } = await eve.client.get(`/free-busy?user_ids=${ann.id}&from=${FIRST}&to=${WINDOW.to[0]}`);
    const busy = [
      { start: FIRST, end: '2026-03-02T10:00:00Z' },
      { start: '2026-03-20T09:00:00Z', end: '2026-03-20T10:00:00Z' },
    ];
    const intervals = busy.map(({ start, end }) => ({ start, end, show_as: 'busy' }));
    expect(body).toEqual([{ user_id: ann.id, busy, intervals }]);
  });

  test('leaves no word in the log', () => {
    const log = logged.join('');
    expect(log).toContain('Nest application successfully started');
    expect([...PRIVATE_WORDS, REASON].filter((word) => log.includes(word))).toEqual([]);
  });
});
