import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import {
  addCalendar,
  type GrantedAccess,
  primaryCalendarOf,
  share,
  shareWithTenant,
} from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';
const START = '2026-03-02T09:00:00Z';

type Part = 'full' | 'times' | 'hidden';
type Visibility = 'public' | 'private';

/** What a caller sees of an event on each path. */
type Seen = Readonly<Record<string, Part>>;

const one = (status: number, redacted: boolean) => (status === 404 ? 'hidden' : redacted ? 'times' : 'full');

describe('an event in a shared calendar', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let carl: Account;
  let eve: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    [ann, bob, carl, eve] = await Promise.all(
      ['ann', 'bob', 'carl', 'eve'].map(async (name) => signUp(anyone, name)),
    );
  });
  afterAll(async () => application.close());

  /** An event of Ann in a calendar of her own, which Bob attends in one of his. */
  async function plant(visibility: Visibility) {
    const [ofAnn, ofBob] = [await addCalendar(ann, 'Of Ann'), await addCalendar(bob, 'Of Bob')];
    const { body: event } = await ann.client.create('/events', {
      title: `word${ofAnn}`,
      start_date: START,
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      calendar_id: ofAnn,
      visibility,
    });
    await bob.client.patch(`/users/${bob.id}/events/${event.id}`, { calendar_id: ofBob });
    return { ...event, ofAnn, ofBob, inviteId: event.attendees[1].invite_id as number };
  }

  type Planted = Awaited<ReturnType<typeof plant>>;

  async function seenBy(client: Client, planted: Planted): Promise<Seen> {
    const { id, title, ofAnn, ofBob, inviteId } = planted;
    const listed = async (
      path: `/users/${number}/events` | `/calendars/${number}/events`,
      others: number,
    ) => {
      const { status, body } = await client.get(`${path}?${WINDOW}`);
      if (status === 404) return 'hidden';
      const inFull = body.some((event) => !event.redacted && event.id === id);
      if (inFull) return 'full';
      return body.filter(({ redacted }) => redacted).length > others ? 'times' : 'hidden';
    };
    const event = await client.get(`/events/${id}`);
    const occurrences = await client.get(`/events/${id}/occurrences?${WINDOW}`);
    const found = await client.get(`/events?q=${title}`);
    const invite = await client.get(`/event-invites/${inviteId}`);
    const count = occurrences.status === 404 ? 1 : occurrences.body.length;
    expect(count).toBe(1);
    return {
      event: one(event.status, event.body.redacted),
      occurrences: one(occurrences.status, occurrences.body[0]?.redacted ?? false),
      found: found.body.some((other) => other.id === id) ? 'full' : 'hidden',
      invite: invite.status === 200 ? 'full' : 'hidden',
      ofAnn: await listed(`/calendars/${ofAnn}/events`, 0),
      ofBob: await listed(`/calendars/${ofBob}/events`, 0),
    };
  }

  /** The parts of an event on all paths, if a caller sees one part through the organizer's calendar and one through both. */
  const everywhere = (organizers: Part, both: Part): Seen => ({
    event: organizers,
    occurrences: organizers,
    found: organizers === 'full' ? 'full' : 'hidden',
    invite: both === 'full' ? 'full' : 'hidden',
    ofAnn: organizers,
    ofBob: both,
  });

  // The access of the viewer to the calendars of Ann and of Bob, and the parts through the first and through both.
  test.each<[GrantedAccess, GrantedAccess, Visibility, Part, Part]>([
    ['none', 'owner', 'public', 'hidden', 'hidden'],
    ['free_busy_reader', 'reader', 'public', 'times', 'times'],
    ['reader', 'none', 'public', 'full', 'hidden'],
    ['reader', 'free_busy_reader', 'public', 'full', 'times'],
    ['reader', 'reader', 'public', 'full', 'full'],
    ['writer', 'owner', 'public', 'full', 'full'],
    ['reader', 'reader', 'private', 'times', 'times'],
    ['reader+', 'reader', 'private', 'full', 'times'],
    ['reader+', 'reader+', 'private', 'full', 'full'],
    ['writer', 'writer+', 'private', 'times', 'times'],
    ['writer+', 'owner', 'private', 'full', 'full'],
    ['owner', 'free_busy_reader+', 'private', 'full', 'times'],
    ['free_busy_reader+', 'owner', 'private', 'times', 'times'],
    ['none', 'none', 'private', 'hidden', 'hidden'],
  ])(
    'is seen with %s on the calendar of the organizer and %s on that of the attendee: %s',
    async (ofAnn, ofBob, visibility, organizers, both) => {
      const planted = await plant(visibility);
      await share(ann.client, planted.ofAnn, eve.id, ofAnn);
      await share(bob.client, planted.ofBob, eve.id, ofBob);
      const expected = everywhere(organizers, both);
      // A writer of the calendar of the invited user answers, and so sees the invite.
      const writes = both === 'times' && ['writer+', 'owner'].includes(ofBob);
      expect(await seenBy(eve.client, planted)).toEqual({ ...expected, ...(writes && { invite: 'full' }) });
      expect(await seenBy(backend.as(eve.id), planted)).toEqual({
        ...expected,
        ...(writes && { invite: 'full' }),
      });
    },
  );

  test.each<[GrantedAccess, Visibility, Part, Part]>([
    ['none', 'public', 'hidden', 'hidden'],
    ['free_busy_reader', 'public', 'times', 'times'],
    ['reader', 'private', 'times', 'times'],
    ['reader+', 'private', 'full', 'times'],
    ['owner', 'public', 'full', 'full'],
    ['owner', 'private', 'full', 'times'],
  ])(
    'is seen by users and by callers without a token, if the tenant has %s: %s',
    async (access, visibility, ofUser, ofAnyone) => {
      const planted = await plant(visibility);
      await shareWithTenant(ann.client, planted.ofAnn, access);
      await shareWithTenant(bob.client, planted.ofBob, access);
      expect(await seenBy(carl.client, planted)).toEqual(everywhere(ofUser, ofUser));
      expect(await seenBy(anyone, planted)).toEqual(everywhere(ofAnyone, ofAnyone));
    },
  );

  test.each<Visibility>(['public', 'private'])(
    'is seen in full by those who attend, by keys and by its organizer, whatever the grants: %s',
    async (visibility) => {
      const planted = await plant(visibility);
      await shareWithTenant(ann.client, planted.ofAnn, 'none');
      await share(ann.client, planted.ofAnn, bob.id, 'none');
      await shareWithTenant(bob.client, planted.ofBob, 'none');
      await share(bob.client, planted.ofBob, ann.id, 'none');
      expect(await seenBy(backend, planted)).toEqual(everywhere('full', 'full'));
      // A calendar of the role none has no list, and a user's list has the event.
      expect(await seenBy(bob.client, planted)).toEqual({ ...everywhere('full', 'full'), ofAnn: 'hidden' });
      expect(await seenBy(ann.client, planted)).toEqual({ ...everywhere('full', 'full'), ofBob: 'hidden' });
      const ofBob = await ann.client.get(`/users/${bob.id}/events?${WINDOW}`);
      expect(ofBob.body.some((event) => !event.redacted && event.id === planted.id)).toBe(true);
    },
  );

  test('is hidden at once when the grant ends, and the own grant wins over that of the tenant', async () => {
    const planted = await plant('public');
    await shareWithTenant(ann.client, planted.ofAnn, 'none');
    const grant = await share(ann.client, planted.ofAnn, eve.id, 'reader');
    expect((await eve.client.get(`/events/${planted.id}`)).status).toBe(200);
    await ann.client.delete(`/calendars/${planted.ofAnn}/grants/${grant}`);
    expect((await eve.client.get(`/events/${planted.id}`)).status).toBe(404);
    expect((await eve.client.get(`/events?q=${planted.title}`)).body).toEqual([]);
  });

  test('is in the list of a user in the part that each calendar allows', async () => {
    const fay = await signUp(anyone, 'fay');
    const [hidden, times] = [await addCalendar(fay, 'Hidden'), await addCalendar(fay, 'Times')];
    await share(fay.client, hidden, eve.id, 'none');
    await share(fay.client, times, eve.id, 'free_busy_reader');
    for (const [index, calendar_id] of [hidden, times, await primaryCalendarOf(fay)].entries()) {
      await fay.client.create('/events', {
        title: `event ${index}`,
        start_date: START,
        duration: 60,
        organizer_user_id: fay.id,
        calendar_id,
        repeat: { frequency: 'daily', count: 2 },
      });
    }
    const { body } = await eve.client.get(`/users/${fay.id}/events?${WINDOW}`);
    expect(body.map((event) => (event.redacted ? Object.keys(event).toSorted() : event.title))).toEqual([
      'event 2',
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
    ]);
    expect((await eve.client.get(`/users/${fay.id}/events?${WINDOW}&expand=true`)).body).toHaveLength(4);
    const page = await eve.client.get(`/users/${fay.id}/events?${WINDOW}&limit=2`);
    expect(page.body).toHaveLength(2);
    expect(page.headers.get('link')).toBeNull();
  });

  test('of busy time alone has a moved occurrence at its present time, and not a deleted one', async () => {
    const calendar = await addCalendar(ann, 'Times');
    await share(ann.client, calendar, eve.id, 'free_busy_reader');
    const { body: series } = await ann.client.create('/events', {
      title: 'secret',
      start_date: START,
      duration: 3600,
      organizer_user_id: ann.id,
      calendar_id: calendar,
      repeat: { frequency: 'daily', count: 3 },
    });
    await ann.client.delete(`/events/${series.id}/occurrences/${START}`);
    await ann.client.patch(`/events/${series.id}/occurrences/2026-03-03T09:00:00Z`, {
      start_date: '2026-03-03T11:00:00Z',
      title: 'secret too',
    });
    const expected = ['2026-03-03T11:00:00Z', '2026-03-04T09:00:00Z'];
    const { body: listed } = await eve.client.get(`/calendars/${calendar}/events?${WINDOW}`);
    expect(listed.flatMap(({ occurrences }) => occurrences.map(({ start }) => start))).toEqual(expected);
    const { body: occurrences } = await eve.client.get(`/events/${series.id}/occurrences?${WINDOW}`);
    expect(occurrences.map(({ start }) => start)).toEqual(expected);
    expect(JSON.stringify([listed, occurrences])).not.toContain('secret');
  });
});

const sees = async (viewer: Account, other: Account) =>
  (await viewer.client.get(`/users/${other.id}`)).status === 200;

describe('with DIRECTORY=shared', () => {
  let application: TestApplication;
  let ann: Account;
  let bob: Account;
  let carl: Account;
  let calendar: number;

  beforeAll(async () => {
    application = await startTestApplication({ DIRECTORY: 'shared', AUTH_MODE: 'required' });
    const anyone = new Client(application.url);
    const backend = await addKey(application, 1);
    [ann, bob, carl] = await Promise.all(['ann', 'bob', 'carl'].map(async (name) => signUp(anyone, name)));
    calendar = await addCalendar(ann, 'Shared');
    await ann.client.create('/events', {
      title: 'planted',
      start_date: START,
      duration: 60,
      organizer_user_id: ann.id,
      calendar_id: calendar,
    });
    await share(backend, calendar, bob.id, 'reader');
  });
  afterAll(async () => application.close());

  test('a grant lets its grantee and the user of the calendar see each other, and no one else', async () => {
    expect([await sees(bob, ann), await sees(ann, bob)]).toEqual([true, true]);
    expect([await sees(carl, ann), await sees(carl, bob), await sees(bob, carl)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('a grantee finds the events of the calendar', async () => {
    expect((await bob.client.get('/events?q=planted')).body).toHaveLength(1);
    expect((await bob.client.get(`/calendars/${calendar}/events?${WINDOW}`)).body).toMatchObject([
      { title: 'planted' },
    ]);
    expect((await carl.client.get('/events?q=planted')).body).toEqual([]);
    expect((await carl.client.get(`/calendars/${calendar}`)).status).toBe(404);
  });

  test('a person grants nothing to a user whom they do not see', async () => {
    const grantee = { type: 'user', user_id: carl.id };
    const refused = await ann.client.send('POST', `/calendars/${calendar}/grants`, {
      grantee,
      role: 'reader',
    });
    expect(refused).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  });
});
