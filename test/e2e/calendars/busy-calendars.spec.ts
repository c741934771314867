import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Calendars } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const SERIES = { repeat: { frequency: 'weekly', count: 2 } } as const;

describe('a calendar that does not count as busy', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  const addCalendar = async (userId: number, counts_as_busy = false) =>
    (await calendars.client.create(`/users/${userId}/calendars`, { name: 'Free', counts_as_busy })).body.id;

  test.each<[string, object, string]>([
    ['an event', {}, '2026-01-05 10:00'],
    ['a series', SERIES, '2026-01-05 10:00'],
  ])('takes no time of its user by %s, and all of an attendee', async (_, fields) => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const calendar_id = await addCalendar(ann);
    const event = { organizer_user_id: ann, invited_user_ids: [bob], calendar_id, ...fields };
    await calendars.event('09:00 - 10:00', event);
    expect(await calendars.busy(ann)).toEqual([]);
    expect(await calendars.busy(bob)).toEqual(['09:00 - 10:00']);
    const from = 'from=2026-01-05T09:00:00Z';
    expect((await calendars.nearest([ann], from)).time).toBe('09:00 - 10:00');
    expect((await calendars.nearest([bob], from)).time).toBe('10:00 - 11:00');
    expect((await calendars.nearest([ann, bob], from)).reasons).toEqual(['2 busy']);
  });

  test.each([{}, SERIES])('of an attendee decides for the attendee alone: %j', async (fields) => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const event = { organizer_user_id: ann, invited_user_ids: [bob], ...fields };
    const { id } = await calendars.event('09:00 - 10:00', event);
    await calendars.client.patch(`/users/${bob}/events/${id}`, { calendar_id: await addCalendar(bob) });
    expect([await calendars.busy(ann), await calendars.busy(bob)]).toEqual([['09:00 - 10:00'], []]);
  });

  test('takes time once it counts as busy, and no more when it does not', async () => {
    const ann = await calendars.someone();
    const id = await addCalendar(ann);
    await calendars.event('09:00 - 10:00', { organizer_user_id: ann, calendar_id: id });
    await calendars.event('12:00 - 13:00', { organizer_user_id: ann });
    const busyWith = async (counts_as_busy: boolean) => {
      await calendars.client.patch(`/calendars/${id}`, { counts_as_busy });
      return calendars.busy(ann);
    };
    expect(await busyWith(true)).toEqual(['09:00 - 10:00', '12:00 - 13:00']);
    expect(await busyWith(false)).toEqual(['12:00 - 13:00']);
  });

  test('may be the primary one', async () => {
    const ann = await calendars.someone({ busy: '09:00 - 10:00' });
    const [primary] = (await calendars.client.get(`/users/${ann}/calendars`)).body;
    await calendars.client.patch(`/calendars/${primary.id}`, { counts_as_busy: false });
    expect(await calendars.busy(ann)).toEqual([]);
  });

  describe.each([{}, SERIES])('in conflicts of %j', (fields) => {
    test('gives none to a new event, as an event that is there', async () => {
      const ann = await calendars.someone();
      await calendars.event('09:00 - 10:00', {
        organizer_user_id: ann,
        calendar_id: await addCalendar(ann),
        ...fields,
      });
      const event = await calendars.event('09:30 - 10:30', {
        organizer_user_id: ann,
        conflict_policy: 'reject',
      });
      expect(event.conflicts).toEqual([]);
    });

    test('gives none to its user, as a new event, and one to each attendee', async () => {
      const [ann, bob] = await calendars.everyone([{ busy: '09:00 - 10:00' }, { busy: '09:00 - 10:00' }]);
      const event = await calendars.event('09:30 - 10:30', {
        organizer_user_id: ann,
        invited_user_ids: [bob],
        calendar_id: await addCalendar(ann),
        ...fields,
      });
      expect(event.conflicts.map(({ user_id }) => user_id)).toEqual([bob]);
    });

    test('is not named behind the conflict that another event gives', async () => {
      const ann = await calendars.someone();
      const calendar_id = await addCalendar(ann);
      await calendars.event('09:00 - 10:00', {
        title: 'Free',
        organizer_user_id: ann,
        calendar_id,
        ...fields,
      });
      await calendars.event('09:00 - 10:00', { title: 'Busy', organizer_user_id: ann, ...fields });
      const event = await calendars.event('09:30 - 10:30', { organizer_user_id: ann });
      expect(event.conflicts.map((conflict) => conflict.events.map(({ title }) => title))).toEqual([
        ['Busy'],
      ]);
    });

    test('lets a user without double booking have a second event', async () => {
      const ann = await calendars.someone({ double_booking: 'reject', busy: '09:00 - 10:00' });
      const calendar_id = await addCalendar(ann);
      const second = { ...timed, organizer_user_id: ann, ...fields };
      expect((await calendars.client.post('/events', { ...second, calendar_id })).status).toBe(201);
      const refused = await calendars.client.send('POST', '/events', second);
      expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
    });

    test('lets a user without double booking accept, and refuses a move that takes the time', async () => {
      const [ann, bob] = await calendars.everyone([{}, {}]);
      const event = await calendars.event('09:00 - 10:00', {
        organizer_user_id: ann,
        invited_user_ids: [bob],
        ...fields,
      });
      const [primary] = (await calendars.client.get(`/users/${bob}/calendars`)).body;
      const path = `/users/${bob}/events/${event.id}`;
      await calendars.client.patch(path as '/users/1/events/1', { calendar_id: await addCalendar(bob) });
      await calendars.event('09:30 - 10:30', { organizer_user_id: bob });
      await calendars.client.patch(`/users/${bob}`, { double_booking: 'reject' });
      const move = async () => calendars.client.send('PATCH', path, { calendar_id: primary.id });
      // An unanswered invitation takes no time for certain.
      expect((await move()).status).toBe(200);
      await calendars.client.patch(path as '/users/1/events/1', { calendar_id: await addCalendar(bob) });
      const accepted = await calendars.client.post(`/event-invites/${event.attendees[1].invite_id}:accept`);
      expect(accepted.status).toBe(200);
      const refused = await move();
      expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
      expect(
        (await calendars.client.get(`/users/${bob}/events?from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z`))
          .body,
      ).toHaveLength(2);
      expect(await calendars.busy(bob)).toEqual(['09:30 - 10:30']);
      // A calendar that does not count either is no change of time.
      const other = await addCalendar(bob);
      expect((await calendars.client.send('PATCH', path, { calendar_id: other })).status).toBe(200);
    });
  });

  test('refuses the organizer who moves an event into time that is taken, with `reject`', async () => {
    const ann = await calendars.someone({ busy: '09:00 - 10:00' });
    const event = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      calendar_id: await addCalendar(ann),
    });
    const calendar_id = await addCalendar(ann, true);
    const path = `/events/${event.id}` as const;
    const refused = await calendars.client.send('PATCH', path, { calendar_id, conflict_policy: 'reject' });
    expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
    const allowed = await calendars.client.patch(path, { calendar_id });
    expect([allowed.status, allowed.body.conflicts.length]).toEqual([200, 1]);
  });

  test('is the only one from which a move takes time: an event in conflict moves between calendars that count', async () => {
    const ann = await calendars.someone({ busy: '09:00 - 10:00' });
    const event = await calendars.event('09:00 - 10:00', { organizer_user_id: ann });
    await calendars.client.patch(`/users/${ann}`, { double_booking: 'reject' });
    const move = async (fields: object) => calendars.client.send('PATCH', `/events/${event.id}`, fields);
    expect((await move({ title: 'Renamed', calendar_id: event.calendar_id })).status).toBe(200);
    expect((await move({ calendar_id: await addCalendar(ann, true) })).status).toBe(200);
    expect((await move({ calendar_id: await addCalendar(ann) })).status).toBe(200);
    const refused = await move({ calendar_id: event.calendar_id });
    expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
  });

  test('counts for other attendees of a change as before', async () => {
    const [ann, bob] = await calendars.everyone([{}, { busy: '11:00 - 12:00' }]);
    const event = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      invited_user_ids: [bob],
      calendar_id: await addCalendar(ann),
    });
    const moved = await calendars.client.patch(`/events/${event.id}`, {
      start_date: '2026-01-05T11:00:00Z',
      end_date: '2026-01-05T12:00:00Z',
    });
    expect(moved.body.conflicts.map(({ user_id }) => user_id)).toEqual([bob]);
  });

  test('is read with the calendars of many users, in several windows', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const calendar_id = await addCalendar(ann);
    await calendars.event('09:00 - 10:00', { organizer_user_id: ann, invited_user_ids: [bob], calendar_id });
    const requests = ['2026-01-05T09:00:00Z', '2026-01-05T09:30:00Z'].map((start_date) => ({
      title: 'Batch',
      start_date,
      duration: 600,
      organizer_user_id: ann,
      invited_user_ids: [bob],
    }));
    const { body } = await calendars.client.post('/events:batch-create', { requests });
    expect(body.events.map(({ conflicts }) => conflicts.map(({ user_id }) => user_id))).toEqual([
      [bob],
      [bob],
    ]);
  });
});

const timed = { title: 'Second', start_date: '2026-01-05T09:30:00Z', end_date: '2026-01-05T10:30:00Z' };
