import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, NewUser } from '../../../clients/typescript/src/schema.js';
import { PASSWORD } from '../../support/client/account.js';
import { Attendees, DAILY, FIRST, SECOND, THIRD } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const ONCE = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

async function guestsSeenBy(client: Client, id: number) {
  const { body } = await client.get(`/events/${id}`);
  return body.redacted ? null : body.attendees.flatMap(({ guest }) => guest ?? []);
}

function crowd(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({ email: `s${from + index}@example.net` }));
}

function tooMany(field: string): object {
  return { status: 429, body: { code: 'too_many_invitations', errors: [{ field }] } };
}

describe('a guest', () => {
  let application: TestApplication;
  let calendars: Attendees;
  let guests = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
  });
  afterAll(async () => application.close());

  function someGuest(): string {
    guests += 1;
    return `guest${guests}@example.net`;
  }

  async function event(organizer: number, fields: Partial<NewEvent> = {}) {
    return calendars.event('', { ...ONCE, ...fields, organizer_user_id: organizer });
  }

  test('is invited by an address', async () => {
    const ann = await calendars.someone();
    const email = someGuest();
    const { attendees, conflicts } = await event(ann, {
      invited: [{ email, name: 'Zoe', role: 'optional' }],
    });
    expect(conflicts).toEqual([]);
    expect(attendees[1]).toEqual({
      status: 'needs_action',
      role: 'optional',
      only_occurrences: false,
      user: null,
      guest: { email, name: 'Zoe' },
      invite_id: expect.any(Number),
      comment: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
  });

  test('is one of each normalised address', async () => {
    const ann = await calendars.someone();
    const { id, attendees } = await event(ann, {
      invited: [{ email: 'A@x.example' }, { email: 'a@X.example ', name: 'Ada' }, { email: 'b@x.example' }],
    });
    expect(attendees.map(({ guest }) => guest)).toEqual([
      null,
      { email: 'a@X.example', name: 'Ada' },
      { email: 'b@x.example', name: null },
    ]);
    const again = await calendars.client.post(`/events/${id}/attendees`, { email: 'A@X.EXAMPLE' });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_attends' } });
    const changed = await calendars.change(id, {
      invited: [{ email: ' A@x.EXAMPLE' }, { email: 'a@x.example' }],
    });
    expect(changed.attendees.map(({ guest, invite_id }) => [guest?.email?.toLowerCase(), invite_id])).toEqual(
      [
        [undefined, null],
        ['a@x.example', attendees[1].invite_id],
      ],
    );
  });

  test('is one at all occurrences to which the address is invited', async () => {
    const ann = await calendars.someone();
    const { id } = await calendars.event('', { ...DAILY, organizer_user_id: ann });
    const first = await calendars.add(id, { email: 'Z@x.example', original_start: FIRST });
    const second = await calendars.add(id, { email: 'z@X.example ', original_start: SECOND });
    expect(second.invite_id).toBe(first.invite_id);
    const again = await calendars.client.post(`/events/${id}/attendees`, {
      email: 'z@x.example',
      original_start: SECOND,
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_attends' } });
  });

  test('whose address is a verified address is the user, once', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { body: user } = await calendars.client.get(`/users/${bob}`);
    const email = user.email?.toUpperCase() ?? '';
    const { body: organizer } = await calendars.client.get(`/users/${ann}`);
    const { id } = await event(ann, {
      invited_user_ids: [bob],
      invited: [{ email, role: 'optional' }, { email: organizer.email ?? '' }],
    });
    const { attendees } = await calendars.read(id);
    expect(attendees.map(({ user: of, guest, role }) => [of?.id, guest, role])).toEqual([
      [ann, null, 'required'],
      [bob, null, 'optional'],
    ]);
    expect(await calendars.taken(bob)).toEqual(['07T09:00 - 07T10:00']);
    const other = await event(ann);
    expect(await calendars.add(other.id, { email })).toMatchObject({ user: { id: bob }, guest: null });
    const again = await calendars.client.post(`/events/${other.id}/attendees`, { email });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_attends' } });
    const self = await calendars.client.post(`/events/${other.id}/attendees`, {
      email: organizer.email ?? '',
    });
    expect(self).toMatchObject({ status: 409, body: { code: 'already_attends' } });
  });

  test.each<[string, unknown, string]>([
    ['by no address', [{ email: 'zoe' }], 'invited.0.email'],
    ['by nothing', [{}], 'invited.0.email'],
    ['with an unknown role', [{ email: 'zoe@example.net', role: 'chair' }], 'invited.0.role'],
    ['with an empty name', [{ email: 'zoe@example.net', name: '' }], 'invited.0.name'],
    ['with an answer', [{ email: 'zoe@example.net', status: 'accepted' }], 'invited.0.status'],
    ['outside of a list', 'zoe@example.net', 'invited'],
    [
      'with a thousand others',
      Array.from({ length: 1_001 }, (_, index) => ({ email: `many${index}@example.net` })),
      'invited',
    ],
  ])('named %s is refused', async (_, invited, field) => {
    const ann = await calendars.someone();
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann, invited };
    const { status, body: problem } = await calendars.client.send('POST', '/events', body);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ field })]) });
  });

  test('counts among the attendees of an event', async () => {
    const ann = await calendars.someone();
    const invited = Array.from({ length: 1_000 }, (_, index) => ({ email: `crowd${index}@example.net` }));
    const { id } = await event(ann, { invited });
    const more = await calendars.client.post(`/events/${id}/attendees`, { email: someGuest() });
    expect(more).toMatchObject({ status: 400, body: { code: 'too_many_attendees' } });
    const bob = await calendars.someone();
    const changed = await calendars.client.patch(`/events/${id}`, { invited_user_ids: [bob] });
    expect(changed).toMatchObject({ status: 400, body: { code: 'too_many_attendees' } });
    const { body } = await calendars.client.get(`/events/${id}?max_attendees=3`);
    if (body.redacted) throw new Error();
    expect(body.attendees.map(({ guest }) => guest?.email)).toEqual([
      undefined,
      'crowd0@example.net',
      'crowd1@example.net',
    ]);
    expect(body.attendees_omitted).toBe(998);
    const { body: listed } = await calendars.client.get(
      `/users/${ann}/events?from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z&max_attendees=2`,
    );
    expect(listed[0]).toMatchObject({ attendees: [{}, { guest: {} }], attendees_omitted: 999 });
  });

  test('stays with the answer while a change names the guests, and users stay', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const [zoe, yan, xia] = [someGuest(), someGuest(), someGuest()];
    const { id, attendees } = await event(ann, {
      invited_user_ids: [bob],
      invited: [{ email: zoe, name: 'Zoe' }, { email: yan }],
    });
    await calendars.answer(attendees[1].invite_id, 'accept');
    const ofZoe = attendees[2].invite_id;
    await calendars.answer(ofZoe, 'accept', undefined, 'By phone');
    await calendars.change(id, { invited: [{ email: zoe.toUpperCase(), role: 'optional' }, { email: xia }] });
    expect(await calendars.told(id)).toEqual([
      `${ann} organizer`,
      `${bob} accepted`,
      `${zoe} accepted`,
      `${xia} needs_action`,
    ]);
    const after = await calendars.read(id);
    expect(after.attendees[2]).toMatchObject({
      role: 'optional',
      guest: { name: 'Zoe' },
      invite_id: ofZoe,
      comment: 'By phone',
    });
    await calendars.change(id, { invited_user_ids: [] });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${zoe} accepted`, `${xia} needs_action`]);
    await calendars.change(id, { invited: [] });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
  });

  test('is added to a change of users by the address of a user, and keeps the role that it names', async () => {
    const [ann, bob, carl] = await calendars.everyone([{}, {}, {}]);
    const { body: user } = await calendars.client.get(`/users/${carl}`);
    const { id } = await event(ann, { invited_user_ids: [bob] });
    await calendars.change(id, { invited: [{ email: user.email ?? '', role: 'optional' }] });
    expect(await calendars.told(id)).toEqual([
      `${ann} organizer`,
      `${bob} needs_action`,
      `${carl} needs_action`,
    ]);
    await calendars.change(id, { invited_user_ids: [carl] });
    const { attendees } = await calendars.read(id);
    expect(attendees.map(({ user: of, role }) => [of?.id, role])).toEqual([
      [ann, 'required'],
      [carl, 'optional'],
    ]);
  });

  test('is invited in a batch and by the external id, and an equal body changes nothing', async () => {
    const ann = await calendars.someone();
    const [zoe, yan] = [someGuest(), someGuest()];
    const body = {
      title: 'Planning',
      ...ONCE,
      organizer_user_id: ann,
      invited: [{ email: zoe, name: 'Zoe' }],
    };
    const batch = await calendars.client.post('/events:batch-create', { requests: [body, body] });
    expect(batch.body.events.map(({ attendees }) => attendees[1].guest?.email)).toEqual([zoe, zoe]);
    const put = async (fields: object = {}) =>
      calendars.client.send('PUT', '/events/by-external-id/with-guests', { ...body, ...fields });
    const created = await put();
    expect(created.status).toBe(201);
    const first = created.body as { id: number };
    const { attendees } = await calendars.read(first.id);
    await calendars.answer(attendees[1].invite_id, 'tentative');
    expect(await put()).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await put({ invited: [{ email: zoe }, { email: yan, role: 'optional' }] })).status).toBe(200);
    expect(await calendars.told(first.id)).toEqual([
      `${ann} organizer`,
      `${zoe} tentative`,
      `${yan} needs_action`,
    ]);
    expect((await put({ invited: undefined })).status).toBe(200);
    expect(await calendars.told(first.id)).toEqual([`${ann} organizer`]);
  });

  test('attends single occurrences, and the organizer answers for the guest', async () => {
    const ann = await calendars.someone();
    const zoe = someGuest();
    const { id } = await event(ann, DAILY);
    const added = await calendars.add(id, { email: zoe, original_start: SECOND });
    expect(added).toMatchObject({ only_occurrences: true, status: 'needs_action' });
    const invite = added.invite_id as number;
    await calendars.add(id, { email: zoe, original_start: THIRD });
    expect(await calendars.answer(invite, 'accept', SECOND)).toMatchObject({
      status: 'accepted',
      original_start: SECOND,
      user_id: null,
      guest: { email: zoe, name: null },
    });
    expect(await calendars.toldAnswers(id)).toEqual(['08: guest accepted', '09: guest needs_action']);
    const refused = await calendars.client.post(`/event-invites/${invite}:accept`, { original_start: FIRST });
    expect(refused).toMatchObject({ status: 404, body: { code: 'occurrence_not_found' } });
    await calendars.answer(invite, 'tentative');
    expect(await calendars.toldAnswers(id)).toEqual(['08: guest tentative', '09: guest tentative']);
    await calendars.changeAt(id, THIRD, { start_date: '2126-01-09T15:00:00Z' });
    expect(await calendars.toldAnswers(id)).toEqual(['08: guest tentative', '09: guest needs_action']);
    const { event_id: later } = await calendars.changeAt(id, THIRD, { title: 'B' }, 'following');
    expect(await calendars.told(later)).toEqual([`${ann} organizer`, `${zoe} needs_action, some`]);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${zoe} tentative, some`]);
    await calendars.removeInvite(invite, SECOND);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
    expect((await calendars.client.get(`/event-invites/${invite}`)).status).toBe(404);
  });

  test('goes with both parts of a split, and a change of the later part replaces the guests there', async () => {
    const ann = await calendars.someone();
    const [zoe, yan] = [someGuest(), someGuest()];
    const { id, attendees } = await event(ann, { ...DAILY, invited: [{ email: zoe }] });
    await calendars.answer(attendees[1].invite_id, 'accept');
    await calendars.answer(attendees[1].invite_id, 'decline', THIRD);
    const patch = { invited: [{ email: zoe }, { email: yan }] };
    const { event_id: later } = await calendars.changeAt(id, SECOND, patch, 'following');
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${zoe} accepted`]);
    expect(await calendars.told(later)).toEqual([
      `${ann} organizer`,
      `${zoe} accepted`,
      `${yan} needs_action`,
    ]);
    expect(await calendars.toldAnswers(later)).toEqual(['09: guest declined']);
  });

  test('is exported with the data of an attendee, and with that of no other user', async () => {
    const [ann, bob, carl] = await calendars.everyone([{}, {}, {}]);
    const email = someGuest();
    await event(ann, { invited_user_ids: [bob], invited: [{ email, name: 'Zoe' }] });
    for (const [user, isThere] of [
      [ann, true],
      [bob, true],
      [carl, false],
    ] as const) {
      const { status, body } = await calendars.client.get(`/users/${user}:export`);
      expect(status).toBe(200);
      expect(JSON.stringify(body).includes(email)).toBe(isThere);
    }
  });

  test('is answered for again after a move', async () => {
    const ann = await calendars.someone();
    const zoe = someGuest();
    const { id, attendees } = await event(ann, { invited: [{ email: zoe }] });
    await calendars.answer(attendees[1].invite_id, 'decline');
    await calendars.change(id, { location: 'Room 6' });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${zoe} needs_action`]);
  });
});

describe('a guest, with `AUTH_MODE=required`', () => {
  let application: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'required' });
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  let people = 0;

  async function person(fields: Partial<NewUser> = {}) {
    people += 1;
    const email = fields.email ?? `person${people}@example.com`;
    const { body } = await backend.create('/users', { name: 'person', email, password: PASSWORD, ...fields });
    const login = await backend.post('/auth/login', { email, password: PASSWORD });
    return { id: body.id, email, client: new Client(application.url).with(login.body.access_token) };
  }

  const ZOE = { email: 'Zoe@example.net', name: 'Zoe' };

  test('has an address that the organizer, attendees and keys see, and others do not', async () => {
    const [ann, bob, carl] = [await person(), await person(), await person()];
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id, invited_user_ids: [bob.id] };
    const { body: event } = await ann.client.create('/events', { ...body, invited: [ZOE] });
    expect(event.attendees[2].guest).toEqual(ZOE);
    for (const client of [ann.client, bob.client, backend])
      expect(await guestsSeenBy(client, event.id)).toEqual([ZOE]);
    expect(await guestsSeenBy(carl.client, event.id)).toEqual([{ email: null, name: 'Zoe' }]);
    const listed = await carl.client.get(
      `/users/${ann.id}/events?from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z`,
    );
    const found = await carl.client.get(`/events?q=Planning`);
    for (const { body: of } of [listed, found]) expect(JSON.stringify(of)).not.toMatch(/zoe@example/i);
    const invite = await carl.client.get(`/event-invites/${event.attendees[2].invite_id as number}`);
    expect(invite.body).toMatchObject({ user_id: null, guest: { email: null, name: 'Zoe' } });
    await backend.patch(`/events/${event.id}`, { visibility: 'private' });
    expect(await guestsSeenBy(carl.client, event.id)).toBeNull();
    const hidden = await carl.client.get(`/event-invites/${event.attendees[2].invite_id as number}`);
    expect(hidden.status).toBe(404);
  });

  test('is answered for by the organizer and keys alone', async () => {
    const [ann, bob] = [await person(), await person()];
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id, invited_user_ids: [bob.id] };
    const { body: event } = await ann.client.create('/events', { ...body, invited: [ZOE] });
    const path = `/event-invites/${event.attendees[2].invite_id as number}:accept` as const;
    expect(await bob.client.post(path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const { body: answered } = await ann.client.post(path);
    expect(answered).toMatchObject({ status: 'accepted', guest: ZOE });
    expect((await backend.post(path)).body).toEqual(answered);
    const { body: read } = await ann.client.get(`/event-invites/${event.attendees[2].invite_id as number}`);
    expect(read).toEqual(answered);
  });

  test('becomes the invite of the user who verifies the address, with the answers', async () => {
    const ann = await person();
    const email = 'yan@example.org';
    const body = { title: 'Planning', organizer_user_id: ann.id };
    const invited = [{ email, role: 'optional' as const }];
    const { body: series } = await ann.client.create('/events', { ...body, ...DAILY, invited });
    const { body: once } = await ann.client.create('/events', { ...body, ...ONCE, invited });
    const invite = series.attendees[1].invite_id as number;
    await ann.client.post(`/event-invites/${invite}:accept`, { comment: 'By phone' });
    await ann.client.post(`/event-invites/${invite}:decline`, { original_start: SECOND });
    // A person who signs up with the address has not verified it.
    const signUp = { name: 'Yan', email, password: PASSWORD };
    const { body: yan } = await new Client(application.url).create('/users', signUp);
    expect((await backend.get(`/event-invites/${invite}`)).body.user_id).toBeNull();
    const stillGuest = await ann.client.create('/events', { ...body, ...ONCE, invited });
    expect(stillGuest.body.attendees[1]).toMatchObject({ user: null, guest: { email } });
    // A key that sets the address verifies it.
    expect((await backend.patch(`/users/${yan.id}`, { email: email.toUpperCase() })).status).toBe(200);
    const { body: after } = await backend.get(`/events/${series.id}`);
    if (after.redacted) throw new Error();
    expect(after.attendees[1]).toMatchObject({
      status: 'accepted',
      role: 'optional',
      user: { id: yan.id },
      guest: null,
      invite_id: invite,
      comment: 'By phone',
    });
    expect(after.version).toBe(4);
    const login = await backend.post('/auth/login', { email, password: PASSWORD });
    const asYan = new Client(application.url).with(login.body.access_token);
    const { body: invites } = await asYan.get(`/users/me/event-invites`);
    expect(invites.map(({ id, event_id: of, status }) => [id, of, status])).toEqual([
      [invite, series.id, 'accepted'],
      [once.attendees[1].invite_id, once.id, 'needs_action'],
      [stillGuest.body.attendees[1].invite_id, stillGuest.body.id, 'needs_action'],
    ]);
    const { body: busy } = await asYan.get(
      `/free-busy?user_ids=${yan.id}&from=2126-01-08T00:00:00Z&to=2126-01-10T00:00:00Z`,
    );
    expect(busy[0].busy.map(({ start }) => start)).toEqual(['2126-01-09T09:00:00Z']);
    const { body: again } = await ann.client.create('/events', { ...body, ...ONCE, invited });
    expect(again.attendees[1]).toMatchObject({ user: { id: yan.id }, role: 'optional' });
  });

  test('ends if the user attends the event already', async () => {
    const [ann, bob] = [await person(), await person()];
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id };
    const { body: event } = await ann.client.create('/events', {
      ...body,
      invited_user_ids: [bob.id],
      invited: [{ email: 'other@example.org' }],
    });
    expect((await backend.patch(`/users/${bob.id}`, { email: 'other@example.org' })).status).toBe(200);
    const { body: after } = await backend.get(`/events/${event.id}`);
    if (after.redacted) throw new Error();
    expect(after.attendees.map(({ user, guest }) => [user?.id, guest])).toEqual([
      [ann.id, null],
      [bob.id, null],
    ]);
  });

  test('never stays a guest whose address is verified at the same time', async () => {
    const ann = await person();
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id };
    const addresses = Array.from({ length: 20 }, (_, index) => `race${index}@example.org`);
    const inviting = addresses.map(async (email) => {
      const { body: created } = await ann.client.create('/events', { ...body, invited: [{ email }] });
      return created.id;
    });
    const verifying = addresses.map(async (email) =>
      backend.create('/users', { name: 'racer', email, password: PASSWORD }),
    );
    await Promise.all(verifying);
    const ids = await Promise.all(inviting);
    const guests = await Promise.all(ids.map(async (id) => guestsSeenBy(ann.client, id)));
    expect(guests.flat()).toEqual([]);
  });

  test('is erased with the cancelled events of a deleted organizer', async () => {
    const [ann, bob] = [await person(), await person()];
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id, invited_user_ids: [bob.id] };
    const secret = 'erased-guest@example.net';
    const { body: event } = await ann.client.create('/events', {
      ...body,
      invited: [{ email: secret, name: 'Erased' }],
    });
    const { body: exported } = await bob.client.get(`/users/${bob.id}:export`);
    expect(JSON.stringify(exported)).toContain(secret);
    expect((await backend.delete(`/users/${ann.id}`)).status).toBe(204);
    await eventually(async () => (await guestsSeenBy(bob.client, event.id))?.length === 0);
    const rows = await query(application.database.url, `SELECT FROM guests WHERE address = '${secret}'`);
    expect(rows).toEqual([]);
  });

  test('counts among the unanswered invitations of strangers', async () => {
    const ann = await person();
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id };
    const { body: event } = await ann.client.create('/events', { ...body, invited: crowd(0, 500) });
    const one = await ann.client.post(`/events/${event.id}/attendees`, { email: 'one@example.net' });
    expect(one).toMatchObject({
      status: 429,
      body: { code: 'too_many_invitations', errors: [{ field: 'email' }] },
    });
    const another = await ann.client.post('/events', { ...body, invited: crowd(500, 1) });
    expect(another).toMatchObject({
      status: 429,
      body: { code: 'too_many_invitations', errors: [{ field: 'invited' }] },
    });
    // A move opens no invitation, and a key has no such limit.
    expect((await ann.client.patch(`/events/${event.id}`, { location: 'Room 6' })).status).toBe(200);
    const byKey = await backend.post(`/events/${event.id}/attendees`, { email: 'one@example.net' });
    expect(byKey.status).toBe(201);
    const invite = event.attendees[1].invite_id as number;
    await ann.client.post(`/event-invites/${invite}:accept`);
    await ann.client.post(`/event-invites/${invite + 1}:decline`);
    const after = await ann.client.post(`/events/${event.id}/attendees`, { email: 'two@example.net' });
    expect(after.status).toBe(201);
  });

  test('counts beside the users, in each request that invites', async () => {
    const ann = await person();
    const stranger = await person();
    const body = { title: 'Planning', ...ONCE, organizer_user_id: ann.id };
    const batch = {
      requests: [
        { ...body, invited: crowd(0, 300) },
        { ...body, invited: crowd(300, 201) },
      ],
    };
    expect(await ann.client.post('/events:batch-create', batch)).toMatchObject(
      tooMany('requests[1].invited'),
    );
    const invited = crowd(0, 498);
    const { body: series } = await ann.client.create('/events', { ...body, ...DAILY, invited });
    const path = `/events/${series.id}` as const;
    expect(await ann.client.patch(path, { invited: crowd(0, 501) })).toMatchObject(tooMany('invited'));
    const added = { email: 'at-one-occurrence@example.net', original_start: FIRST };
    expect((await ann.client.post(`${path}/attendees`, added)).status).toBe(201);
    expect((await ann.client.post(`${path}/attendees`, { user_id: stranger.id })).status).toBe(201);
    const again = { ...added, original_start: SECOND };
    expect((await ann.client.post(`${path}/attendees`, again)).status).toBe(201);
    const other = { email: 'two@example.net', original_start: FIRST };
    expect(await ann.client.post(`${path}/attendees`, other)).toMatchObject(tooMany('email'));
    // A key that acts as the person has the limit of the person.
    const acting = await backend.as(ann.id).post('/events', { ...body, invited: crowd(900, 1) });
    expect(acting).toMatchObject(tooMany('invited'));
    expect((await backend.post('/events', { ...body, invited: crowd(900, 1) })).status).toBe(201);
  });
});
