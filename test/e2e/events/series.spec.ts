import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventPatch, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** A daily stand-up at nine in Berlin; the clocks go back on 30 October 2022. */
const STAND_UP = {
  title: 'Stand-up',
  start_date: '2022-10-28T09:00:00',
  time_zone: 'Europe/Berlin',
  duration: 900,
  repeat: { frequency: 'daily' },
} satisfies Partial<NewEvent>;
const WINDOW = 'from=2022-10-28T00:00:00Z&to=2022-11-02T00:00:00Z';

const OCT_28 = '2022-10-28T07:00:00Z';
const OCT_29 = '2022-10-29T07:00:00Z';
const OCT_30 = '2022-10-30T08:00:00Z';
const OCT_31 = '2022-10-31T08:00:00Z';
const NOV_1 = '2022-11-01T08:00:00Z';

describe('series', () => {
  let application: TestApplication;
  let client: Client;
  let ann: number;
  let bob: number;
  let eventId: number;
  let inviteId: number;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    ann = (await client.create('/users', { name: 'ann', email: 'ann@example.com' })).body.id;
    bob = (await client.create('/users', { name: 'bob', email: 'bob@example.com' })).body.id;
  });
  afterAll(async () => application.close());

  beforeEach(async () => {
    await create({});
  });

  async function create(difference: Partial<NewEvent>): Promise<void> {
    const event = { ...STAND_UP, organizer_user_id: ann, invited_user_ids: [bob], ...difference };
    const { status, body } = await client.post('/events', event);
    expect({ status, body }).toMatchObject({ status: 201 });
    eventId = body.id;
    inviteId = body.attendees[1].invite_id as number;
  }

  async function starts(id = eventId, window = WINDOW): Promise<string[]> {
    const { body } = await client.get(`/events/${id}/occurrences?${window}`);
    return body.map((occurrence) => occurrence.start);
  }

  async function change<Path extends string>(path: Path, body: EventPatch) {
    const answer = await client.send('PATCH', `/events/${eventId}${path}`, body);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
    return answer.body;
  }

  async function remove(path: string): Promise<void> {
    expect((await client.delete(`/events/${eventId}${path}`)).status).toBe(204);
  }

  async function version(): Promise<number> {
    return (await client.get(`/events/${eventId}`)).body.version;
  }

  test('keeps its civil time when the clocks change', async () => {
    expect(await starts()).toEqual([OCT_28, OCT_29, OCT_30, OCT_31, NOV_1]);
  });

  test('pages its occurrences', async () => {
    const pages: string[][] = [];
    for await (const { body } of client.pages(`/events/${eventId}/occurrences?${WINDOW}&limit=3`))
      pages.push(body.map(({ start }) => start));
    expect(pages).toEqual([
      [OCT_28, OCT_29, OCT_30],
      [OCT_31, NOV_1],
    ]);
  });

  describe('one occurrence', () => {
    test('is moved, and keeps its name', async () => {
      const moved = await change(`/occurrences/${OCT_29}`, {
        start_date: '2022-10-29T12:00:00Z',
        duration: 1800,
        title: 'Retro',
      });
      expect(moved).toMatchObject({
        event_id: eventId,
        start: '2022-10-29T12:00:00Z',
        end: '2022-10-29T12:30:00Z',
        original_start: OCT_29,
        status: 'confirmed',
        title: 'Retro',
      });
      expect(await starts()).toEqual([OCT_28, '2022-10-29T12:00:00Z', OCT_30, OCT_31, NOV_1]);
      await change(`/occurrences/${OCT_29}`, { description: 'Bring cake.' });
      const { body } = await client.get(`/users/${bob}/events?from=${OCT_29}&to=2022-10-29T23:00:00Z`);
      const listed = body.find((event) => event.id === eventId);
      expect(listed).toMatchObject({
        title: 'Stand-up',
        occurrences: [{ original_start: OCT_29, title: 'Retro', description: 'Bring cake.' }],
      });
    });

    test('is moved out of the span of a series that ends', async () => {
      await create({ repeat: { frequency: 'daily', count: 2 } });
      await change(`/occurrences/${OCT_29}`, { start_date: '2023-03-01T12:00:00Z' });
      const window = 'from=2023-03-01T00:00:00Z&to=2023-03-02T00:00:00Z';
      expect(await starts(eventId, window)).toEqual(['2023-03-01T12:00:00Z']);
      const { body } = await client.get(`/users/${ann}/events?${window}`);
      expect(body.map((event) => event.id)).toContain(eventId);
    });

    test('is cancelled, and brought back', async () => {
      await remove(`/occurrences/${OCT_30}`);
      expect(await starts()).toEqual([OCT_28, OCT_29, OCT_31, NOV_1]);
      await change(`/occurrences/${OCT_30}`, { status: 'confirmed' });
      expect(await starts()).toEqual([OCT_28, OCT_29, OCT_30, OCT_31, NOV_1]);
    });

    test('is answered alone, and that holds in lists and free/busy', async () => {
      await client.post(`/event-invites/${inviteId}:accept`);
      const answer = { original_start: OCT_30, comment: 'A day off.' };
      expect((await client.post(`/event-invites/${inviteId}:decline`, answer)).body).toMatchObject({
        id: inviteId,
        status: 'declined',
        comment: 'A day off.',
        original_start: OCT_30,
      });
      expect((await client.get(`/event-invites/${inviteId}`)).body).toMatchObject({ status: 'accepted' });
      const window = `from=${OCT_30}&to=2022-10-31T09:00:00Z`;
      const listed = (await client.get(`/users/${bob}/events?${window}`)).body.find(
        (event) => event.id === eventId,
      );
      expect(listed?.occurrences).toMatchObject([
        { start: OCT_30, attendee_status: 'declined' },
        { start: OCT_31, attendee_status: 'accepted' },
      ]);
      const { body } = await client.get(`/events/${eventId}/occurrences?${window}`);
      expect(body[0].answers).toEqual([
        { user_id: bob, invite_id: inviteId, status: 'declined', removed: false, comment: 'A day off.' },
      ]);
    });

    test.each([
      ['a start that is none', '2022-10-29T07:00:01Z', { title: 'New' }, 404, []],
      ['no time at all', 'tomorrow', { title: 'New' }, 400, ['original_start']],
      ['a date of a timed series', '2022-10-29', { title: 'New' }, 400, ['original_start']],
      ['a rule of its own', OCT_29, { repeat: { frequency: 'daily' } }, 400, ['repeat']],
      ['attendees of its own', OCT_29, { invited_user_ids: [] }, 400, ['invited_user_ids']],
      ['no title', OCT_29, { title: null }, 400, ['title']],
      ['an end before its start', OCT_29, { end_date: '2026-10-28T00:00:00Z' }, 400, ['end_date']],
    ])('refuses %s', async (_, originalStart, body, status, fields) => {
      const before = await version();
      const answer = await client.send('PATCH', `/events/${eventId}/occurrences/${originalStart}`, body);
      expect(answer.status).toBe(status);
      expect((answer.body.errors ?? []).map((error) => error.field)).toEqual(fields);
      expect(await version()).toBe(before);
    });
  });

  describe('this and following', () => {
    test('become a series of their own that loses nothing', async () => {
      await create({ repeat: { frequency: 'daily', count: 5, exdates: [OCT_31] } });
      await client.post(`/event-invites/${inviteId}:tentative`, { comment: 'Perhaps.' });
      await client.post(`/event-invites/${inviteId}:decline`, { original_start: NOV_1, comment: 'Away.' });
      await change(`/occurrences/${NOV_1}`, {
        title: 'Late one',
        start_date: '2022-11-01T15:00:00Z',
        keep_answers: true,
      });
      await change(`/occurrences/${OCT_28}`, { title: 'First one' });
      const changed = await change(`/occurrences/${OCT_30}?scope=following`, {
        location: 'Room 5',
        keep_answers: true,
      });
      expect(changed).toMatchObject({ start: OCT_30, location: 'Room 5' });
      expect(changed.event_id).not.toBe(eventId);

      const earlier = (await client.get(`/events/${eventId}`)).body;
      expect(earlier).toMatchObject({ location: null, repeat: { frequency: 'daily', count: 2 } });
      expect(await starts()).toEqual([OCT_28, OCT_29]);

      const later = (await client.get(`/events/${changed.event_id}`)).body;
      expect(later).toMatchObject({
        location: 'Room 5',
        start_date: OCT_30,
        repeat: { frequency: 'daily', count: 3, exdates: [OCT_31] },
        attendees: [
          { status: 'organizer', user: { id: ann } },
          { status: 'tentative', comment: 'Perhaps.', user: { id: bob } },
        ],
      });
      expect(later.attendees[1].invite_id).not.toBe(inviteId);
      const { body } = await client.get(`/events/${later.id}/occurrences?${WINDOW}`);
      expect(body).toMatchObject([
        { start: OCT_30, answers: [] },
        {
          start: '2022-11-01T15:00:00Z',
          original_start: NOV_1,
          title: 'Late one',
          answers: [{ user_id: bob, status: 'declined', comment: 'Away.' }],
        },
      ]);
    });

    test('take a new time of day, and their exceptions with it', async () => {
      await remove(`/occurrences/${OCT_31}`);
      const changed = await change(`/occurrences/${OCT_30}?scope=following`, {
        start_date: '2022-10-30T10:00:00',
      });
      expect(await starts(changed.event_id)).toEqual(['2022-10-30T09:00:00Z', '2022-11-01T09:00:00Z']);
      expect(await starts()).toEqual([OCT_28, OCT_29]);
    });

    test('end', async () => {
      await remove(`/occurrences/${OCT_30}?scope=following`);
      expect(await starts()).toEqual([OCT_28, OCT_29]);
      expect((await client.get(`/events/${eventId}`)).body.repeat).toEqual({
        frequency: 'daily',
        until: '2022-10-29',
      });
    });

    test('from the first on are the whole series', async () => {
      const changed = await change(`/occurrences/${OCT_28}?scope=following`, { title: 'All' });
      expect(changed).toMatchObject({ event_id: eventId, title: 'All' });
      await remove(`/occurrences/${OCT_28}?scope=following`);
      expect((await client.get(`/events/${eventId}`)).status).toBe(404);
    });
  });

  describe('as a whole', () => {
    test('takes a new time of day, and its exceptions with it', async () => {
      await change(`/occurrences/${OCT_29}`, { title: 'Retro' });
      await remove(`/occurrences/${OCT_30}`);
      await client.post(`/event-invites/${inviteId}:decline`, { original_start: OCT_31 });
      await change('', { start_date: '2022-10-28T18:00:00', keep_answers: true });
      const { body } = await client.get(`/events/${eventId}/occurrences?${WINDOW}`);
      expect(body).toMatchObject([
        { start: '2022-10-28T16:00:00Z', title: 'Stand-up' },
        { start: '2022-10-29T16:00:00Z', title: 'Retro' },
        { start: '2022-10-31T17:00:00Z', answers: [{ user_id: bob, status: 'declined' }] },
        { start: '2022-11-01T17:00:00Z', answers: [] },
      ]);
    });

    test('drops the exceptions that occur no more under a new rule', async () => {
      await change(`/occurrences/${OCT_29}`, { title: 'Saturday' });
      await change(`/occurrences/${OCT_31}`, { title: 'Monday' });
      await change('', { repeat: { frequency: 'weekdays' } });
      const { body } = await client.get(`/events/${eventId}/occurrences?${WINDOW}`);
      expect(body).toMatchObject([
        { start: OCT_28, title: 'Stand-up' },
        { start: OCT_31, title: 'Monday' },
        { start: NOV_1, title: 'Stand-up' },
      ]);
    });

    test('changes its texts, its attendees, its zone and its end', async () => {
      await client.post(`/event-invites/${inviteId}:accept`);
      const carol = (await client.post('/users', { name: 'carol', email: `carol${eventId}@example.com` }))
        .body.id;
      const before = await version();
      const changed = await change('', {
        title: 'Sync',
        desc: 'Short.',
        invited_user_ids: [bob, carol],
        time_zone: 'America/New_York',
        repeat: { frequency: 'daily', until: '2022-10-30' },
        keep_answers: true,
      });
      expect(changed).toMatchObject({
        title: 'Sync',
        description: 'Short.',
        start_date: '2022-10-28T13:00:00Z',
        rrule: 'DTSTART;TZID=America/New_York:20221028T090000\nFREQ=DAILY;UNTIL=20221031T035959Z',
        repeat: { frequency: 'daily', until: '2022-10-30' },
        version: before + 1,
        attendees: [
          { status: 'organizer' },
          { status: 'accepted', user: { id: bob } },
          { status: 'needs_action', user: { id: carol } },
        ],
      });
      expect((await change('', { invited_user_ids: [] })).attendees).toHaveLength(1);
      expect((await client.get(`/event-invites/${inviteId}`)).status).toBe(404);
    });

    test('becomes one event, all-day, and repeats again', async () => {
      expect(await change('', { repeat: null })).toMatchObject({ rrule: null, repeat: null, recurrence: [] });
      expect(await change('', { all_day: true, start_date: '2022-10-28', duration: 2 })).toMatchObject({
        start_date: '2022-10-28',
        end_date: '2022-10-30',
        duration: 2,
      });
      const weekly = await change('', { repeat: { frequency: 'weekly', count: 2 } });
      expect(weekly.rrule).toBe('DTSTART;VALUE=DATE:20221028\nFREQ=WEEKLY;COUNT=2');
      await remove('/occurrences/2022-11-04');
      expect(await starts(eventId, 'from=2022-10-01T00:00:00Z&to=2022-12-01T00:00:00Z')).toEqual([
        '2022-10-28',
      ]);
    });

    test('is cancelled, and deleted', async () => {
      expect(await change('', { status: 'cancelled' })).toMatchObject({ status: 'cancelled' });
      await remove('');
      expect((await client.get(`/events/${eventId}`)).status).toBe(404);
      expect((await client.get(`/event-invites/${inviteId}`)).status).toBe(404);
      expect((await client.delete(`/events/${eventId}`)).status).toBe(404);
    });
  });

  test('an event that does not repeat is its one occurrence', async () => {
    await create({ repeat: null });
    expect(await starts()).toEqual([OCT_28]);
    expect(await change(`/occurrences/${OCT_28}`, { title: 'Once' })).toMatchObject({ title: 'Once' });
    await client.post(`/event-invites/${inviteId}:accept`, { original_start: OCT_28 });
    expect((await client.get(`/event-invites/${inviteId}`)).body.status).toBe('accepted');
    await remove(`/occurrences/${OCT_28}`);
    expect((await client.get(`/events/${eventId}`)).status).toBe(404);
  });

  test('no edit and no answer is lost when many come at once', async () => {
    const edits = [
      client.patch(`/events/${eventId}`, { title: 'New title' }),
      client.patch(`/events/${eventId}`, { location: 'New place', keep_answers: true }),
      client.patch(`/events/${eventId}`, { desc: 'New description' }),
      client.patch(`/events/${eventId}/occurrences/${OCT_30}`, { title: 'Special' }),
      client.delete(`/events/${eventId}/occurrences/${OCT_29}`),
      client.post(`/event-invites/${inviteId}:accept`),
      client.post(`/event-invites/${inviteId}:decline`, { original_start: OCT_31 }),
    ];
    const before = await version();
    expect((await Promise.all(edits)).map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 204, 200, 200,
    ]);
    const { body } = await client.get(`/events/${eventId}`);
    expect(body).toMatchObject({
      title: 'New title',
      location: 'New place',
      description: 'New description',
      attendees: [{}, { status: 'accepted' }],
    });
    expect(await starts()).toEqual([OCT_28, OCT_30, OCT_31, NOV_1]);
    expect(body.version).toBeGreaterThanOrEqual(before);
  });
});
