import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const FULL = {
  name: 'Lovelace',
  kind: 'room' as const,
  capacity: 8,
  features: ['video', 'whiteboard'],
  place: { building: 'Headquarters', floor: '2' },
  time_zone: 'Asia/Tokyo',
  opening_hours: OFFICE_HOURS,
  availability_overrides: [{ date: '2031-01-06', intervals: [{ from: '12:00', to: '24:00' }] }],
  away: [{ from: '2031-01-08', to: '2031-01-09', reason: 'Painters' }],
  auto_accept: false,
  metadata: { inventory: '4711' },
};

const DEFAULTS = {
  kind: 'room',
  capacity: null,
  features: [],
  place: { building: null, floor: null },
  time_zone: 'UTC',
  opening_hours: null,
  availability_overrides: [],
  away: [],
  auto_accept: true,
  external_id: null,
  metadata: {},
};

describe('rooms', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    ann = await signUp(anyone, 'ann');
  });
  afterAll(async () => application.close());

  test('have all the fields that a key names', async () => {
    const created = await backend.post('/rooms', { ...FULL, external_id: 'lovelace' });
    expect(created).toMatchObject({ status: 201, body: { ...FULL, external_id: 'lovelace' } });
    expect(created.headers.get('location')).toBe(`/rooms/${created.body.id}`);
    expect((await backend.get(`/rooms/${created.body.id}`)).body).toEqual(created.body);
    expect((await backend.get('/rooms/by-external-id/lovelace')).body).toEqual(created.body);
  });

  test('have defaults, and an address of their own', async () => {
    const { body } = await backend.post('/rooms', { name: 'Hopper' });
    expect(body).toMatchObject({ name: 'Hopper', ...DEFAULTS, email: `room-${body.id}@resource.invalid` });
  });

  test('are users of their kind, with a primary calendar', async () => {
    const { id } = await rooms.create({ name: 'Van', kind: 'equipment' });
    expect((await backend.get(`/users/${id}`)).body).toMatchObject({ id, name: 'Van', kind: 'equipment' });
    expect((await backend.get(`/users/${id}/calendars`)).body).toMatchObject([
      { user_id: id, primary: true },
    ]);
    const listed = async (query: string) =>
      (await backend.get(`/users?${query}`)).body.map((user) => user.id);
    expect(await listed('kind=equipment')).toEqual([id]);
    expect(await listed('kind=room')).not.toContain(id);
    expect(await listed('limit=1000')).not.toContain(id);
    expect(await listed('limit=1000')).toContain(ann.id);
  });

  test('change by PATCH, which keeps absent fields', async () => {
    const { id } = await rooms.create({ ...FULL, metadata: { a: '1', b: '2' } });
    const patch = { name: 'Curie', capacity: null, place: { floor: '3' }, metadata: { a: null, c: '3' } };
    const changed = await backend.patch(`/rooms/${id}`, { ...patch, kind: 'equipment', opening_hours: null });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        ...FULL,
        kind: 'equipment',
        name: 'Curie',
        capacity: null,
        opening_hours: null,
        place: { building: null, floor: '3' },
        metadata: { b: '2', c: '3' },
      },
    });
    expect((await backend.get(`/rooms/${id}`)).body).toEqual(changed.body);
  });

  test('may have an address, which is unique, and can lose it', async () => {
    const { id } = await rooms.create({ email: 'Curie@rooms.example' });
    expect(await backend.post('/rooms', { name: 'Other', email: 'curie@ROOMS.example' })).toMatchObject({
      status: 409,
      body: { code: 'email_taken', errors: [{ field: 'email' }] },
    });
    expect(await anyone.post('/users', { name: 'Eve', email: 'curie@rooms.example' })).toMatchObject({
      status: 409,
    });
    expect((await backend.patch(`/rooms/${id}`, { email: null })).body.email).toBe(
      `room-${id}@resource.invalid`,
    );
    expect((await anyone.post('/users', { name: 'Eve', email: 'curie@rooms.example' })).status).toBe(201);
  });

  test('exist although a person has taken the address that a room gets', async () => {
    const { id } = await rooms.create();
    const email = `room-${id + 2}@resource.invalid`;
    expect((await anyone.post('/users', { name: 'Mallory', email })).status).toBe(201);
    expect(await backend.post('/rooms', { name: 'Next' })).toMatchObject({ status: 201, body: { email } });
  });

  test('are read by persons, without what the product keeps', async () => {
    const { id } = await rooms.create({ ...FULL, external_id: 'read' });
    const { body } = await ann.client.get(`/rooms/${id}`);
    const { metadata: _metadata, away: _away, ...seen } = FULL;
    expect(body).toMatchObject(seen);
    expect(body.away).toEqual([{ from: '2031-01-08', to: '2031-01-09' }]);
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['metadata']));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['external_id']));
    expect((await ann.client.get('/rooms?limit=1000')).body.map((room) => room.id)).toContain(id);
  });

  test.each(['ann', 'a key as ann'])('are not written by %s', async (name) => {
    const client = name === 'ann' ? ann.client : backend.as(ann.id);
    const before = await rooms.create();
    const refused = { status: 403, body: { code: 'key_required' } };
    expect(await client.post('/rooms', { name: 'Mine' })).toMatchObject(refused);
    expect(await client.patch(`/rooms/${before.id}`, { name: 'Mine' })).toMatchObject(refused);
    expect(await client.delete(`/rooms/${before.id}`)).toMatchObject(refused);
    expect(await client.put('/rooms/by-external-id/mine', { name: 'Mine' })).toMatchObject(refused);
    expect((await backend.get(`/rooms/${before.id}`)).body).toEqual(before);
  });

  test('are written without a token in optional mode', async () => {
    const { body } = await anyone.post('/rooms', { name: 'Open' });
    expect(body).toMatchObject({ name: 'Open', metadata: {} });
    expect((await anyone.patch(`/rooms/${body.id}`, { name: 'Closed' })).status).toBe(200);
    expect((await anyone.delete(`/rooms/${body.id}`)).status).toBe(204);
    expect(await anyone.get(`/rooms/${body.id}`)).toMatchObject({
      status: 404,
      body: { code: 'room_not_found' },
    });
  });

  test.each([
    ['name', {}],
    ['name', { name: '' }],
    ['kind', { kind: 'person' }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: 1.5 }],
    ['features', { features: ['a', 'a'] }],
    ['features', { features: [''] }],
    ['features', { features: 'video' }],
    ['place.floor', { place: { floor: 'x'.repeat(101) } }],
    ['time_zone', { time_zone: 'Mars/Olympus' }],
    ['opening_hours', { opening_hours: [{ days_of_week: [1], from: '09:00', to: '09:00' }] }],
    ['availability_overrides.0.date', { availability_overrides: [{ date: '2031-02-30', intervals: [] }] }],
    ['away.0.to', { away: [{ from: '2031-01-06', to: '2031-01-06' }] }],
    ['auto_accept', { auto_accept: 'yes' }],
    ['email', { email: 'nobody' }],
    ['metadata', { metadata: { 'a b': '1' } }],
  ])('are refused at %s: %j', async (field, fields) => {
    const named = Object.keys(fields).length === 0 ? {} : { name: 'Bad', ...fields };
    const before = (await backend.get('/rooms?limit=1000')).body.length;
    const { status, body } = await backend.send('POST', '/rooms', named);
    expect({ status, body }).toMatchObject({ status: 400, body: { code: expect.any(String) } });
    expect((body as { errors: { field: string }[] }).errors[0].field).toContain(field);
    expect((await backend.get('/rooms?limit=1000')).body).toHaveLength(before);
  });

  test('are no rooms if they are persons', async () => {
    const absent = { status: 404, body: { code: 'room_not_found' } };
    expect(await backend.get(`/rooms/${ann.id}`)).toMatchObject(absent);
    expect(await backend.patch(`/rooms/${ann.id}`, { name: 'Ann' })).toMatchObject(absent);
    expect(await backend.delete(`/rooms/${ann.id}`)).toMatchObject(absent);
  });

  test('are created and replaced by the external id', async () => {
    const path = '/rooms/by-external-id/room%2F7';
    const created = await backend.put(path, { name: 'Seven', ...DEFAULTS_OF_PUT, capacity: 7 });
    expect(created).toMatchObject({ status: 201, body: { external_id: 'room/7', capacity: 7 } });
    const again = await backend.put(path, { name: 'Seven', capacity: 7 });
    expect(again).toMatchObject({ status: 200, body: created.body });
    expect(again.body.updated_at).toBe(created.body.updated_at);
    const replaced = await backend.put(path, { name: 'Eight', features: ['video'] });
    expect(replaced).toMatchObject({
      status: 200,
      body: { ...DEFAULTS, id: created.body.id, name: 'Eight', features: ['video'], external_id: 'room/7' },
    });
    const only = backend.withHeaders({ 'if-none-match': '*' });
    expect((await only.put(path, { name: 'Nine' })).status).toBe(412);
    expect(await backend.put(path, { name: 'Nine', external_id: 'other' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'external_id' }] },
    });
  });

  test('share their external ids with persons', async () => {
    const user = { name: 'Zoe', email: 'zoe@example.com', external_id: 'shared' };
    await backend.create('/users', user);
    const taken = { status: 409, body: { code: 'external_id_taken' } };
    expect(await backend.put('/rooms/by-external-id/shared', { name: 'Shared' })).toMatchObject(taken);
    expect(await backend.post('/rooms', { name: 'Shared', external_id: 'shared' })).toMatchObject(taken);
    expect(await backend.get('/rooms/by-external-id/shared')).toMatchObject({ status: 404 });
  });

  test('never sign in', async () => {
    const { id } = await rooms.create({ email: 'door@rooms.example' });
    const password = 'correct horse battery staple';
    expect(await backend.patch(`/users/${id}`, { password })).toMatchObject({
      status: 409,
      body: { code: 'not_a_person' },
    });
    expect(await backend.post('/auth/token-exchange', { user_id: id })).toMatchObject({
      status: 404,
      body: { code: 'user_not_found' },
    });
    expect((await backend.as(id).get('/users/me')).status).toBe(404);
    expect((await anyone.post('/auth/login', { email: 'door@rooms.example', password })).status).toBe(401);
    expect((await anyone.get('/users?email=door@rooms.example')).body).toEqual([]);
  });

  test('organize no events, and take over none', async () => {
    const { id } = await rooms.create();
    const event = { title: 'Mine', start_date: '2031-01-06T09:00:00Z', duration: 3600 };
    expect(await backend.post('/events', { ...event, organizer_user_id: id })).toMatchObject({
      status: 404,
      body: { code: 'user_not_found', errors: [{ field: 'organizer_user_id' }] },
    });
    const { body } = await backend.create('/events', {
      ...event,
      organizer_user_id: ann.id,
      invited_room_ids: [id],
    });
    expect(await backend.patch(`/events/${body.id}`, { organizer_user_id: id })).toMatchObject({
      status: 404,
      body: { errors: [{ field: 'organizer_user_id' }] },
    });
    const [leaver] = await createUsers(anyone, 1);
    expect(await backend.delete(`/users/${leaver}?events=transfer&transfer_to=${id}`)).toMatchObject({
      status: 404,
      body: { errors: [{ field: 'transfer_to' }] },
    });
  });

  test('that are deleted leave the events that are not over, with their other attendees', async () => {
    const { id } = await rooms.create({ email: 'gone@rooms.example', external_id: 'gone' });
    const { body } = await rooms.book(ann.id, [id], { time: '07 09:00 - 10:00' });
    const past = await backend.create('/events', {
      title: 'Over',
      start_date: '2021-01-06T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      invited_room_ids: [id],
    });
    expect((await backend.delete(`/rooms/${id}`)).status).toBe(204);
    const attendees = async (event: number) =>
      (await ann.client.get(`/events/${event}`)).body.attendees.map(({ user }) => user.name);
    expect(await attendees(body.id)).toEqual(['ann']);
    expect(await attendees(past.body.id)).toEqual(['ann', 'deleted user']);
    for (const path of [`/rooms/${id}`, `/users/${id}`] as const)
      expect((await backend.get(path)).status).toBe(404);
    expect((await backend.get('/rooms?limit=1000')).body.map((room) => room.id)).not.toContain(id);
    const next = await backend.post('/rooms', {
      name: 'Next',
      email: 'gone@rooms.example',
      external_id: 'gone',
    });
    expect(next).toMatchObject({ status: 201, body: { external_id: 'gone' } });
  });
});

/** Fields that a request may name with the value that they have anyway. */
const DEFAULTS_OF_PUT = { kind: 'room' as const, features: [], auto_accept: true };
