import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventPatch, NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');

/** A Tuesday, at 04:00Z the day of New York, and at 15:00Z of the day before the day of Tokyo. */
const DAY = { start_date: '2031-09-09', all_day: true, show_as: 'busy' } satisfies Partial<NewEvent>;
const [NEW_YORK, BERLIN, TOKYO] = ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo'];
const DAY_OF = {
  [NEW_YORK]: ['2031-09-09T04:00:00Z', '2031-09-10T04:00:00Z'],
  [BERLIN]: ['2031-09-08T22:00:00Z', '2031-09-09T22:00:00Z'],
  [TOKYO]: ['2031-09-08T15:00:00Z', '2031-09-09T15:00:00Z'],
};
const FROM = '2031-09-06T00:00:00Z';
const TO = '2031-09-13T00:00:00Z';

describe('all-day events float', () => {
  let application: TestApplication;
  let client: Client;
  let nobody: Client;
  let users = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    client = nobody.with(ROOT);
  });
  afterAll(async () => application.close());

  async function someone(time_zone: string, more: object = {}): Promise<number> {
    users += 1;
    const { status, body } = await client.send('POST', '/users', {
      name: `user ${users}`,
      email: `user${users}@example.com`,
      time_zone,
      ...more,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return (body as { id: number }).id;
  }

  async function personIn(time_zone: string): Promise<Account> {
    users += 1;
    const account = await signUp(nobody, `user${users}`);
    await account.client.patch(`/users/${account.id}`, { time_zone });
    return account;
  }

  async function event(organizer_user_id: number, more: Partial<NewEvent> = {}) {
    const { body } = await client.create('/events', { title: 'Day', organizer_user_id, ...DAY, ...more });
    return body;
  }

  async function accepted(organizer: number, invited: readonly number[], more: Partial<NewEvent> = {}) {
    const created = await event(organizer, { invited_user_ids: [...invited], ...more });
    for (const { invite_id } of created.attendees)
      if (invite_id !== null) await client.post(`/event-invites/${invite_id}:accept`);
    return created;
  }

  async function busy(userId: number, from = FROM, to = TO): Promise<string[][]> {
    const { body } = await client.get(`/free-busy?user_ids=${userId}&from=${from}&to=${to}`);
    return body[0].busy.map(({ start, end }) => [start, end]);
  }

  async function listedIn(userId: number, from: string, to: string, as = client): Promise<string[]> {
    const window = `from=${from}&to=${to}`;
    const { body } = await as.get(`/users/${userId}/events?${window}`);
    const { body: expanded } = await as.get(`/users/${userId}/events?${window}&expand=true`);
    const startsOf = (events: typeof body) =>
      events.flatMap(({ occurrences }) => occurrences.map(({ start }) => start));
    expect(startsOf(expanded)).toEqual(startsOf(body));
    return startsOf(body);
  }

  test('unless the creation names a zone or pins the days', async () => {
    const ann = await someone(BERLIN);
    expect(await event(ann)).toMatchObject({ floating: true, time_zone: BERLIN, start_date: '2031-09-09' });
    expect(await event(ann, { floating: true, time_zone: TOKYO })).toMatchObject({
      floating: true,
      time_zone: TOKYO,
    });
    expect(await event(ann, { time_zone: TOKYO })).toMatchObject({ floating: false, time_zone: TOKYO });
    expect(await event(ann, { time_zone: BERLIN })).toMatchObject({ floating: false, time_zone: BERLIN });
    expect(await event(ann, { floating: false })).toMatchObject({ floating: false, time_zone: BERLIN });
    const timed = { all_day: false, start_date: '2031-09-09T10:00:00Z', duration: 60 };
    expect(await event(ann, timed)).toMatchObject({ floating: false });
    expect(await event(ann, { ...timed, floating: false })).toMatchObject({ floating: false });
    const body = { title: 'Day', organizer_user_id: ann, ...DAY, ...timed, floating: true };
    expect(await client.post('/events', body)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'floating' }] },
    });
  });

  test('in free/busy: the days are those of each attendee', async () => {
    const [ann, bob, eve] = [await someone(BERLIN), await someone(NEW_YORK), await someone(TOKYO)];
    const { id } = await accepted(ann, [bob, eve]);
    expect(await busy(bob)).toEqual([DAY_OF[NEW_YORK]]);
    expect(await busy(ann)).toEqual([DAY_OF[BERLIN]]);
    expect(await busy(eve)).toEqual([DAY_OF[TOKYO]]);
    const both = await client.get(`/free-busy?user_ids=${bob}&user_ids=${eve}&from=${FROM}&to=${TO}`);
    expect(both.body.map(({ intervals }) => intervals)).toEqual(
      [NEW_YORK, TOKYO].map((zone) => [{ start: DAY_OF[zone][0], end: DAY_OF[zone][1], show_as: 'busy' }]),
    );
    await client.patch(`/events/${id}`, { floating: false });
    for (const user of [ann, bob, eve]) expect(await busy(user)).toEqual([DAY_OF[BERLIN]]);
  });

  test('with a user who moves to another zone', async () => {
    const ann = await someone(NEW_YORK);
    await event(ann);
    await event(ann, { time_zone: NEW_YORK, start_date: '2031-09-11' });
    await client.patch(`/users/${ann}`, { time_zone: TOKYO });
    expect(await busy(ann)).toEqual([DAY_OF[TOKYO], ['2031-09-11T04:00:00Z', '2031-09-12T04:00:00Z']]);
  });

  test.each([
    [NEW_YORK, '2031-09-09T03:00:00Z', '2031-09-09T04:00:00Z', false],
    [NEW_YORK, '2031-09-09T03:00:00Z', '2031-09-09T04:00:01Z', true],
    [NEW_YORK, '2031-09-10T03:59:59Z', '2031-09-11T00:00:00Z', true],
    [NEW_YORK, '2031-09-10T04:00:00Z', '2031-09-11T00:00:00Z', false],
    [NEW_YORK, '2031-09-09T04:00:00Z', '2031-09-09T04:00:00Z', true],
    [TOKYO, '2031-09-08T14:00:00Z', '2031-09-08T15:00:00Z', false],
    [TOKYO, '2031-09-08T14:00:00Z', '2031-09-08T15:00:01Z', true],
    [TOKYO, '2031-09-09T15:00:00Z', '2031-09-09T16:00:00Z', false],
  ])('in lists and windows of an event, in %s from %s to %s: %s', async (zone, from, to, expected) => {
    const [ann, bob] = [await someone(BERLIN), await personIn(zone)];
    const found = expected ? ['2031-09-09'] : [];
    for (const repeat of [null, { frequency: 'yearly', count: 2 }] as const) {
      const { id } = await event(ann, { invited_user_ids: [bob.id], repeat });
      // The list takes the zone of its user, also for another caller.
      expect(await listedIn(bob.id, from, to)).toEqual(found);
      expect(await listedIn(bob.id, from, to, bob.client)).toEqual(found);
      // The window of an event takes the zone of the caller, also of one who does not attend.
      expect(await occurrencesIn(id, from, to, bob.client)).toEqual(found);
      expect(await occurrencesIn(id, from, to, (await personIn(zone)).client)).toEqual(found);
      await client.delete(`/events/${id}`);
    }
  });

  test('in the window of an event for a caller that is no user: in the zone of the organizer', async () => {
    const ann = await someone(NEW_YORK);
    const { id } = await event(ann);
    for (const caller of [client, nobody]) {
      expect(await occurrencesIn(id, '2031-09-09T03:00:00Z', '2031-09-09T04:00:00Z', caller)).toEqual([]);
      expect(await occurrencesIn(id, '2031-09-10T03:00:00Z', '2031-09-10T04:00:00Z', caller)).toEqual([
        '2031-09-09',
      ]);
    }
    await client.patch(`/users/${ann}`, { time_zone: TOKYO });
    expect(await occurrencesIn(id, '2031-09-08T15:00:00Z', '2031-09-08T16:00:00Z', client)).toEqual([
      '2031-09-09',
    ]);
  });

  test('as a private event in the list of another, too', async () => {
    const [ann, eve] = [await someone(TOKYO), await personIn(NEW_YORK)];
    const { id } = await event(ann, { visibility: 'private' });
    expect((await eve.client.get(`/events/${id}`)).body).toEqual({
      redacted: true,
      id,
      visibility: 'private',
      start_date: '2031-09-09',
      end_date: '2031-09-10',
      all_day: true,
      floating: true,
    });
    const list = async (from: string, to: string) =>
      (await eve.client.get(`/users/${ann}/events?from=${from}&to=${to}`)).body;
    expect(await list('2031-09-08T15:00:00Z', '2031-09-08T16:00:00Z')).toEqual([
      {
        redacted: true,
        visibility: 'private',
        start_date: '2031-09-09',
        end_date: '2031-09-10',
        all_day: true,
        floating: true,
        occurrences: [{ start: '2031-09-09', end: '2031-09-10' }],
        occurrences_truncated: false,
      },
    ]);
    expect(await list('2031-09-09T15:00:00Z', '2031-09-09T16:00:00Z')).toEqual([]);
  });

  test.each([
    [NEW_YORK, '2031-09-10T00:00:00Z', '2031-09-10T01:00:00Z', ['Day']],
    [TOKYO, '2031-09-10T00:00:00Z', '2031-09-10T01:00:00Z', []],
    [TOKYO, '2031-09-08T15:00:00Z', '2031-09-08T16:00:00Z', ['Day']],
    [NEW_YORK, '2031-09-08T15:00:00Z', '2031-09-08T16:00:00Z', []],
  ])('in the search of a user in %s from %s', async (zone, from, to, expected) => {
    const [ann, bob] = [await someone(BERLIN), await personIn(zone)];
    await event(ann, { invited_user_ids: [bob.id] });
    const window = `from=${from}&to=${to}`;
    const own = await bob.client.get(`/events?attendee_user_id=${bob.id}&${window}`);
    expect(own.body.map(({ title }) => title)).toEqual(expected);
    // Berlin has neither hour.
    expect((await client.get(`/events?attendee_user_id=${bob.id}&${window}`)).body).toEqual([]);
  });

  test('in the search, by their dates', async () => {
    const ann = await someone('Pacific/Kiritimati');
    const late = { all_day: false, duration: 60, title: 'Late' };
    await event(ann, { ...late, start_date: '2031-09-09T00:00:01Z' });
    await event(ann, { title: 'Day' });
    await event(ann, { title: 'Days', repeat: { frequency: 'daily', count: 2 } });
    await event(ann, { ...late, title: 'Early', start_date: '2031-09-08T23:59:59Z' });
    const titles: string[] = [];
    let path = `/events?attendee_user_id=${ann}&limit=1`;
    for (let page = 0; page < 4; page += 1) {
      const { body, headers } = await client.send('GET', path as '/events');
      titles.push(...(body as unknown as { title: string }[]).map(({ title }) => title));
      const [, token] = /page_token=([^&>]+)/.exec(headers.get('link') ?? '') ?? [];
      path = `/events?attendee_user_id=${ann}&limit=1&page_token=${token}`;
    }
    expect(titles).toEqual(['Early', 'Day', 'Days', 'Late']);
  });

  test('in bookings: the day of each attendee is taken, and no other time', async () => {
    const [ann, bob] = [await someone(BERLIN), await someone(TOKYO, { double_booking: 'reject' })];
    await accepted(ann, [bob]);
    const meeting = (start: string, end: string) => ({
      title: 'Meeting',
      organizer_user_id: bob,
      start_date: start,
      end_date: end,
    });
    const [start, end] = DAY_OF[TOKYO];
    const evening = await client.post('/events', meeting('2031-09-09T14:00:00Z', '2031-09-09T16:00:00Z'));
    expect(evening).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    const morning = await client.post('/events', meeting('2031-09-08T14:00:00Z', '2031-09-08T15:00:01Z'));
    expect(morning).toMatchObject({ status: 409 });
    await client.create('/events', meeting('2031-09-08T14:00:00Z', start));
    await client.create('/events', meeting(end, '2031-09-09T18:00:00Z'));
  });

  test('in bookings of a floating day: the conflicts are those of the own day of each attendee', async () => {
    const [ann, bob] = [await someone(BERLIN), await someone(TOKYO)];
    const meeting = { all_day: false, title: 'Meeting' };
    // At the evening of Berlin and of the next day in Tokyo.
    for (const organizer of [ann, bob])
      await event(organizer, { ...meeting, start_date: '2031-09-09T20:00:00Z', duration: 3600 });
    // At the night before in Berlin, and in the morning in Tokyo.
    for (const organizer of [ann, bob])
      await event(organizer, { ...meeting, start_date: '2031-09-08T20:00:00Z', duration: 3600 });
    for (const repeat of [null, { frequency: 'yearly', count: 2 }] as const) {
      const { id, conflicts } = await accepted(ann, [bob], { repeat });
      const times = conflicts.map(({ user_id, start, end, events }) => [user_id, start, end, events.length]);
      expect(times).toEqual([
        [bob, '2031-09-08T20:00:00Z', '2031-09-08T21:00:00Z', 1],
        [ann, '2031-09-09T20:00:00Z', '2031-09-09T21:00:00Z', 1],
      ]);
      const changed = await client.patch(`/events/${id}/occurrences/2031-09-09`, { show_as: 'tentative' });
      expect(changed.body.conflicts.map(({ user_id }) => user_id)).toEqual([bob, ann]);
      await client.delete(`/events/${id}`);
    }
  });

  test('in bookings of a batch', async () => {
    const [ann, bob] = [await someone(TOKYO), await someone(NEW_YORK)];
    for (const organizer of [ann, bob]) await event(organizer, { repeat: { frequency: 'yearly', count: 2 } });
    const meetings = [ann, bob].map((organizer_user_id) => ({
      title: 'Meeting',
      organizer_user_id,
      start_date: '2031-09-09T14:00:00Z',
      end_date: '2031-09-09T16:00:00Z',
    }));
    const { status, body } = await client.post('/events:batch-create', { requests: meetings });
    expect(status).toBe(200);
    const conflicts = body.events.map((created) => created.conflicts.map(({ start, end }) => [start, end]));
    expect(conflicts).toEqual([
      [['2031-09-09T14:00:00Z', '2031-09-09T15:00:00Z']],
      [['2031-09-09T14:00:00Z', '2031-09-09T16:00:00Z']],
    ]);
  });

  test('explain the conflicts of the day of the attendee', async () => {
    const bob = await someone(TOKYO);
    const { id } = await event(bob);
    const { conflicts } = await event(bob, {
      all_day: false,
      title: 'Meeting',
      start_date: '2031-09-09T14:00:00Z',
      duration: 7200,
    });
    expect(conflicts).toEqual([
      {
        user_id: bob,
        start: '2031-09-09T14:00:00Z',
        end: '2031-09-09T15:00:00Z',
        events: [{ id, title: 'Day' }],
      },
    ]);
  });

  test('refuse a day whose own time is taken, and an answer to it', async () => {
    const [ann, bob] = [await someone(BERLIN), await someone(TOKYO, { double_booking: 'reject' })];
    const meeting = { all_day: false, title: 'Meeting', duration: 3600 };
    const invited = await event(ann, { invited_user_ids: [bob] });
    await client.patch(`/users/${bob}`, { double_booking: 'allow' });
    const first = await event(bob, { ...meeting, start_date: '2031-09-08T16:00:00Z' });
    await client.patch(`/users/${bob}`, { double_booking: 'reject' });
    const accept = async () => client.post(`/event-invites/${invited.attendees[1].invite_id}:accept`);
    expect(await accept()).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    // In the day of Berlin, and after that of Tokyo.
    await client.patch(`/events/${first.id}`, { start_date: '2031-09-09T16:00:00Z' });
    expect(await accept()).toMatchObject({ status: 200 });
  });

  test('in the search for a free interval', async () => {
    const [ann, bob] = [await someone(BERLIN), await someone(NEW_YORK)];
    await accepted(ann, [bob]);
    const search = `duration=1h&user_ids=${ann}&user_ids=${bob}&from=2031-09-08T22:00:00Z&to=${TO}`;
    const { body } = await client.get(`/events:nearest-empty-time-interval?${search}`);
    expect(body).toMatchObject({ start: '2031-09-10T04:00:00Z' });
  });

  test('also as series, with changed, moved, declined and deleted occurrences', async () => {
    const [ann, bob] = [await someone(BERLIN), await someone(NEW_YORK)];
    const { id, attendees } = await accepted(ann, [bob], { repeat: { frequency: 'daily', count: 5 } });
    const path = (date: string) => `/events/${id}/occurrences/${date}` as const;
    await client.delete(path('2031-09-10'));
    const moved = await client.patch(path('2031-09-11'), { start_date: '2031-09-15' });
    expect(moved.body).toMatchObject({
      start: '2031-09-15',
      end: '2031-09-16',
      original_start: '2031-09-11',
    });
    await client.patch(path('2031-09-12'), { show_as: 'free' });
    await client.post(`/event-invites/${attendees[1].invite_id}:decline`, { original_start: '2031-09-13' });
    const days = await busy(bob, FROM, '2031-09-20T00:00:00Z');
    expect(days).toEqual([DAY_OF[NEW_YORK], ['2031-09-15T04:00:00Z', '2031-09-16T04:00:00Z']]);
    const split = await client.patch(`${path('2031-09-13')}?scope=following`, { title: 'Later' });
    const { body: later } = await client.get(`/events/${(split.body as { event_id: number }).event_id}`);
    expect(later).toMatchObject({ floating: true, start_date: '2031-09-13' });
    expect((await client.get(`/events/${id}`)).body).toMatchObject({ floating: true });
    expect(await busy(ann, FROM, '2031-09-20T00:00:00Z')).toEqual([
      DAY_OF[BERLIN],
      ['2031-09-12T22:00:00Z', '2031-09-13T22:00:00Z'],
      ['2031-09-14T22:00:00Z', '2031-09-15T22:00:00Z'],
    ]);
  });

  test('in one occurrence cannot be pinned', async () => {
    const { id } = await event(await someone(BERLIN), { repeat: { frequency: 'daily', count: 3 } });
    const answer = await client.patch(`/events/${id}/occurrences/2031-09-10`, { floating: false });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'floating' }] } });
  });

  test.each<[string, Partial<NewEvent>, EventPatch, boolean]>([
    ['the present zone changes nothing', {}, { time_zone: BERLIN }, true],
    ['the present zone changes nothing of pinned days', { floating: false }, { time_zone: BERLIN }, false],
    [
      'the event sent back changes nothing',
      {},
      { start_date: '2031-09-09', end_date: '2031-09-10', all_day: true, time_zone: BERLIN },
      true,
    ],
    [
      'other days sent with the present zone float',
      {},
      { start_date: '2031-09-10', end_date: '2031-09-12', all_day: true, time_zone: BERLIN },
      true,
    ],
    ['another zone pins the days', {}, { time_zone: TOKYO }, false],
    ['another zone and floating', {}, { time_zone: TOKYO, floating: true }, true],
    ['pins them', {}, { floating: false }, false],
    ['lets them float', { time_zone: BERLIN }, { floating: true }, true],
    ['another title changes nothing', {}, { title: 'Other' }, true],
    ['other days change nothing', {}, { start_date: '2031-09-10', duration: 2 }, true],
    [
      'a time of day ends it',
      {},
      { all_day: false, start_date: '2031-09-09T10:00:00Z', duration: 60 },
      false,
    ],
    [
      'days in place of a time of day float',
      { all_day: false, start_date: '2031-09-09T10:00:00Z', duration: 60 },
      { all_day: true, start_date: '2031-09-09', duration: 1 },
      true,
    ],
    [
      'days of another zone in place of a time of day do not',
      { all_day: false, start_date: '2031-09-09T10:00:00Z', duration: 60 },
      { all_day: true, start_date: '2031-09-09', duration: 1, time_zone: TOKYO },
      false,
    ],
  ])('after a change: %s', async (_, created, change, floating) => {
    const { id } = await event(await someone(BERLIN), created);
    const { status, body } = await client.patch(`/events/${id}`, change);
    expect({ status, floating: body.floating }).toEqual({ status: 200, floating });
    expect((await client.get(`/events/${id}`)).body).toMatchObject({ floating, repeat: null });
  });

  test('after a change with the present zone of the event, of which its organizer has another now', async () => {
    const ann = await someone(BERLIN);
    const { id } = await event(ann, { repeat: { frequency: 'daily', count: 3 } });
    await client.patch(`/users/${ann}`, { time_zone: TOKYO });
    const present = await client.patch(`/events/${id}`, { time_zone: BERLIN });
    expect(present.body).toMatchObject({ floating: true, time_zone: BERLIN });
    const path = `/events/${id}/occurrences/2031-09-10?scope=following` as const;
    const split = await client.patch(path, { title: 'Later', time_zone: BERLIN });
    const { event_id: later } = split.body as { event_id: number };
    expect((await client.get(`/events/${later}`)).body).toMatchObject({ floating: true, time_zone: BERLIN });
    const other = await client.patch(`/events/${id}`, { time_zone: TOKYO });
    expect(other.body).toMatchObject({ floating: false, time_zone: TOKYO });
  });

  test('after a replacement as after a change', async () => {
    const ann = await someone(BERLIN);
    const path = `/events/by-external-id/days-${ann}` as const;
    const put = async (more: object = {}) => {
      const body = { title: 'Day', organizer_user_id: ann, ...DAY, ...more };
      const { body: saved } = await client.put(path, body);
      return [saved.floating, saved.version];
    };
    expect(await put()).toEqual([true, 1]);
    expect(await put()).toEqual([true, 1]);
    expect(await put({ time_zone: BERLIN })).toEqual([true, 1]);
    expect(await put({ time_zone: TOKYO })).toEqual([false, 2]);
    expect(await put({ time_zone: TOKYO })).toEqual([false, 2]);
    expect(await put({ floating: true })).toEqual([true, 3]);
    expect(await put({ floating: false })).toEqual([false, 4]);
    // An event of the version before does not start to float by being sent again.
    expect(await put()).toEqual([false, 4]);
  });

  test('are stored in a form that an instance of the version before reads as a day of the zone', async () => {
    const { id } = await event(await someone(BERLIN));
    const [row] = await query<object>(
      application.database.url,
      `SELECT start, rrule, rdates, lower(span)::text AS low, upper(span)::text AS high FROM events WHERE id = ${id}`,
    );
    expect(row).toEqual({
      start: '2031-09-09T00:00:00',
      rrule: null,
      // A series of one occurrence, whose time is not that of the span.
      rdates: ['2031-09-09T00:00:00', '2031-09-09T00:00:00'],
      low: '2031-09-08 00:00:00+00',
      high: '2031-09-11 00:00:00+00',
    });
    expect((await client.get(`/events/${id}`)).body).toMatchObject({ repeat: null, recurrence: [] });
  });

  test('of an instance of the version before stay pinned', async () => {
    const ann = await someone(BERLIN);
    await query(
      application.database.url,
      `WITH added AS (
         INSERT INTO events (organizer_id, title, all_day, time_zone, start, duration, span)
         VALUES (${ann}, 'Old', true, '${BERLIN}', '2031-09-09T00:00:00', 1,
                 '[2031-09-08T22:00:00Z,2031-09-09T22:00:00Z)')
         RETURNING id, span)
       INSERT INTO attendees (event_id, user_id, span, status) SELECT id, ${ann}, span, 'organizer' FROM added`,
    );
    await client.patch(`/users/${ann}`, { time_zone: TOKYO });
    expect(await busy(ann)).toEqual([DAY_OF[BERLIN]]);
  });
});

async function occurrencesIn(id: number, from: string, to: string, as: Client): Promise<string[]> {
  const { body } = await as.get(`/events/${id}/occurrences?from=${from}&to=${to}`);
  return body.map(({ start }) => start);
}
