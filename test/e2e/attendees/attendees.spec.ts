import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD } from '../../support/client/account.js';
import { Attendees, DAILY, FIRST, SECOND, THIRD, toldAttendees } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ONCE = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

describe('an attendee', () => {
  let application: TestApplication;
  let calendars: Attendees;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
  });
  afterAll(async () => application.close());

  async function event(organizer: number, ...invited: number[]) {
    return calendars.event('', { ...ONCE, organizer_user_id: organizer, invited_user_ids: invited });
  }

  test('who is added is invited, and the others keep their invites and answers', async () => {
    const [ann, bob, carl] = await calendars.everyone([{}, {}, {}]);
    const { id, attendees } = await event(ann, bob);
    await calendars.answer(attendees[1].invite_id, 'accept', undefined, 'Gladly');
    const added = await calendars.client.post(`/events/${id}/attendees`, { user_id: carl, role: 'optional' });
    expect(added).toMatchObject({
      status: 201,
      body: {
        status: 'needs_action',
        role: 'optional',
        only_occurrences: false,
        user: { id: carl },
        guest: null,
        comment: null,
        conflicts: [],
      },
    });
    expect(added.headers.get('location')).toBe(`/event-invites/${added.body.invite_id}`);
    const after = await calendars.read(id);
    expect(after.version).toBe(3);
    expect(after.attendees.map(({ role }) => role)).toEqual(['required', 'required', 'optional']);
    expect(after.attendees[1]).toMatchObject({
      status: 'accepted',
      comment: 'Gladly',
      invite_id: attendees[1].invite_id,
    });
    expect(toldAttendees(after.attendees)).toEqual([
      `${ann} organizer`,
      `${bob} accepted`,
      `${carl} needs_action`,
    ]);
    expect(await calendars.taken(carl)).toEqual(['07T09:00 - 07T10:00']);
  });

  test('who is removed loses the invite, the reminders and the time', async () => {
    const [ann, bob, carl] = await calendars.everyone([{}, {}, {}]);
    const { id, attendees } = await event(ann, bob, carl);
    await calendars.answer(attendees[2].invite_id, 'accept');
    const reminders = { use_default: false, overrides: [{ minutes_before: 10, method: 'log' as const }] };
    expect((await calendars.client.put(`/users/${bob}/events/${id}/reminders`, reminders)).status).toBe(200);
    await calendars.remove(id, bob);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${carl} accepted`]);
    expect(await calendars.taken(bob)).toEqual([]);
    expect(await calendars.listed(bob)).toEqual([]);
    const invite = await calendars.client.get(`/event-invites/${attendees[1].invite_id as number}`);
    expect(invite).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
    expect((await calendars.client.get(`/users/${bob}/events/${id}/reminders`)).status).toBe(404);
    await calendars.removeInvite(attendees[2].invite_id as number);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
  });

  test('who is added to a series with a moved occurrence sees it as the others do', async () => {
    const [ann, bob, carl] = await calendars.everyone([{}, {}, {}]);
    const { id } = await calendars.event('', {
      ...DAILY,
      organizer_user_id: ann,
      invited_user_ids: [bob],
    });
    await calendars.changeAt(id, SECOND, { start_date: '2126-01-08T15:00:00Z' });
    expect((await calendars.client.delete(`/events/${id}/occurrences/${THIRD}`)).status).toBe(204);
    await calendars.add(id, { user_id: carl });
    const listed = ['07T09:00 needs_action', '08T15:00 needs_action'];
    const taken = ['07T09:00 - 07T10:00', '08T15:00 - 08T16:00'];
    for (const user of [bob, carl]) {
      expect(await calendars.listed(user)).toEqual(listed);
      expect(await calendars.taken(user)).toEqual(taken);
    }
  });

  test('who attends already is not added again', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id, attendees } = await event(ann, bob);
    await calendars.answer(attendees[1].invite_id, 'decline');
    for (const user_id of [ann, bob]) {
      const again = await calendars.client.post(`/events/${id}/attendees`, { user_id });
      expect(again).toMatchObject({ status: 409, body: { code: 'already_attends' } });
    }
    expect((await calendars.read(id)).version).toBe(2);
  });

  test('who has declined and was removed is invited with the decline', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id, attendees } = await event(ann, bob);
    await calendars.answer(attendees[1].invite_id, 'decline', undefined, 'No time');
    await calendars.remove(id, bob);
    expect(await calendars.add(id, { user_id: bob })).toMatchObject({
      status: 'declined',
      comment: 'No time',
    });
    expect(await calendars.taken(bob)).toEqual([]);
  });

  test('is not removed if the attendee is the organizer, or attends nothing', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await event(ann);
    const path = (user: number) => `/events/${id}/attendees/${user}` as const;
    expect(await calendars.client.delete(path(ann))).toMatchObject({
      status: 409,
      body: { code: 'organizer_attends' },
    });
    expect(await calendars.client.delete(path(bob))).toMatchObject({
      status: 404,
      body: { code: 'attendee_not_found' },
    });
    expect((await calendars.read(id)).version).toBe(1);
  });

  test.each([
    [{}, 'user_id'],
    [{ user_id: 1, email: 'zoe@example.net' }, 'user_id'],
    [{ user_id: 1, name: 'Zoe' }, 'name'],
    [{ user_id: 0 }, 'user_id'],
    [{ email: 'zoe' }, 'email'],
    [{ user_id: 1, role: 'chair' }, 'role'],
    [{ user_id: 1, original_start: 'today' }, 'original_start'],
    [{ user_id: 1, status: 'accepted' }, 'status'],
  ])('by %j is refused', async (body, field) => {
    const ann = await calendars.someone();
    const { id } = await event(ann);
    const { status, body: problem } = await calendars.client.send('POST', `/events/${id}/attendees`, body);
    expect({ status, problem }).toMatchObject({ status: 400, problem: { errors: [{ field }] } });
    expect((await calendars.read(id)).version).toBe(1);
  });

  test('must exist, and so must the event and the occurrence', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await event(ann);
    const add = async (eventId: number, body: object) =>
      calendars.client.send('POST', `/events/${eventId}/attendees`, body);
    expect(await add(id, { user_id: 999_999 })).toMatchObject({
      status: 404,
      body: { code: 'user_not_found', errors: [{ field: 'user_id' }] },
    });
    expect(await add(999_999, { user_id: bob })).toMatchObject({
      status: 404,
      body: { code: 'event_not_found' },
    });
    expect(await add(id, { user_id: bob, original_start: '2126-01-08T09:00:00Z' })).toMatchObject({
      status: 404,
      body: { code: 'occurrence_not_found' },
    });
  });

  test('is added and removed only at the version that the caller knows', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await event(ann);
    const stale = { 'if-match': '"9"' };
    const path = `/events/${id}/attendees` as const;
    expect(await calendars.client.send('POST', path, { user_id: bob }, stale)).toMatchObject({
      status: 412,
    });
    await calendars.add(id, { user_id: bob });
    expect(await calendars.client.send('DELETE', `${path}/${bob}`, undefined, stale)).toMatchObject({
      status: 412,
    });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${bob} needs_action`]);
  });

  test('who allows no double booking is added only to time that is free', async () => {
    const [ann, bob] = await calendars.everyone([{}, { double_booking: 'reject' }]);
    const dentist = await calendars.event('', { ...ONCE, organizer_user_id: bob, title: 'Dentist' });
    const { id } = await event(ann);
    const path = `/events/${id}/attendees` as const;
    expect(await calendars.client.send('POST', path, { user_id: bob })).toMatchObject({
      status: 409,
      body: { code: 'time_taken', errors: [{ field: 'user_id' }] },
    });
    await calendars.client.patch(`/users/${bob}`, { double_booking: 'allow' });
    const rejecting = await calendars.client.send('POST', path, { user_id: bob, conflict_policy: 'reject' });
    expect(rejecting).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
    const { conflicts } = await calendars.add(id, { user_id: bob });
    expect(conflicts).toEqual([
      {
        user_id: bob,
        start: '2126-01-07T09:00:00Z',
        end: '2126-01-07T10:00:00Z',
        events: [{ id: dentist.id, title: 'Dentist' }],
      },
    ]);
  });

  test('is added once, however often the request with a key comes', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await event(ann);
    const add = async () =>
      calendars.client.send(
        'POST',
        `/events/${id}/attendees`,
        { user_id: bob },
        { 'idempotency-key': `add-${bob}` },
      );
    const [first, second] = [await add(), await add()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    // The repeat searches no conflicts.
    expect(second.body).toEqual({ ...first.body, conflicts_checked_until: expect.any(String) });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('never loses an answer to 50 others who are added at the same time', async () => {
    const organizer = await calendars.someone();
    const before = await calendars.everyone(Array.from({ length: 25 }, () => ({})));
    const added = await calendars.everyone(Array.from({ length: 25 }, () => ({})));
    const { id, attendees } = await event(organizer, ...before);
    const statuses = await Promise.all([
      ...attendees.slice(1).map(async ({ invite_id: invite }) => {
        const { status } = await calendars.client.post(`/event-invites/${invite as number}:accept`);
        return status;
      }),
      ...added.map(async (user_id) => {
        const { status } = await calendars.client.post(`/events/${id}/attendees`, { user_id });
        return status;
      }),
    ]);
    expect(statuses.filter((status) => status === 200)).toHaveLength(25);
    expect(statuses.filter((status) => status === 201)).toHaveLength(25);
    const after = await calendars.read(id);
    expect(after.version).toBe(51);
    expect(toldAttendees(after.attendees).toSorted()).toEqual(
      [
        `${organizer} organizer`,
        ...before.map((user) => `${user} accepted`),
        ...added.map((user) => `${user} needs_action`),
      ].toSorted(),
    );
  });
});

describe('the attendees of an event whose organizer has a password', () => {
  let application: TestApplication;
  let people: Attendees;

  beforeAll(async () => {
    application = await startTestApplication();
    people = new Attendees(application.url);
  });
  afterAll(async () => application.close());

  test('are added and removed by the organizer alone', async () => {
    const bob = await people.someone();
    const user = { name: 'ann', email: 'ann@example.com', password: PASSWORD };
    const { body: ann } = await people.client.create('/users', user);
    const login = await people.client.post('/auth/login', { email: user.email, password: PASSWORD });
    const asAnn = new Client(application.url).with(login.body.access_token);
    const { body: event } = await asAnn.create('/events', {
      title: 'Planning',
      ...DAILY,
      organizer_user_id: ann.id,
      invited_user_ids: [bob],
    });
    const invite = event.attendees[1].invite_id as number;
    const carl = { name: 'carl', email: 'carl@example.com', password: PASSWORD };
    await people.client.create('/users', carl);
    const ofCarl = await people.client.post('/auth/login', { email: carl.email, password: PASSWORD });
    const requests = [
      ['POST', `/events/${event.id}/attendees`, { user_id: bob, original_start: FIRST }],
      ['DELETE', `/events/${event.id}/attendees/${bob}`, undefined],
      ['DELETE', `/event-invites/${invite}`, undefined],
    ] as const;
    for (const [method, path, body] of requests) {
      expect((await people.client.send(method, path, body)).status).toBe(401);
      const refused = await people.client.with(ofCarl.body.access_token).send(method, path, body);
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect((await asAnn.delete(`/event-invites/${invite}`)).status).toBe(204);
  });
});
