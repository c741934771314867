import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { primaryCalendarOf, shareWithTenant } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** A Monday. */
const DATE = '2031-01-06';
const AFTERNOON = { date: DATE, intervals: [{ from: '13:00', to: '24:00' }] };
const CLOSED = { from: '2031-01-06T10:00:00Z', to: '2031-01-06T12:00:00Z', reason: 'Painters' };
const TEN_TO_ELEVEN = 'free_from=2031-01-06T10:00:00Z&free_to=2031-01-06T11:00:00Z';

describe('a room', () => {
  let application: TestApplication;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    ann = await signUp(new Client(application.url), 'ann');
  });
  afterAll(async () => application.close());

  test.each<[string, string, number]>([
    ['before the hours of the date', '10:00 - 11:00', 409],
    ['across their start', '12:30 - 13:30', 409],
    ['within them', '13:00 - 14:00', 201],
    ['after the weekly hours, within them', '22:00 - 23:59', 201],
    ['on another date', '07 10:00 - 11:00', 201],
  ])('with other hours on a date: a booking %s', async (_, time, status) => {
    const room = await rooms.room({ opening_hours: OFFICE_HOURS, availability_overrides: [AFTERNOON] });
    const booked = await rooms.book(ann.id, [room], { time });
    expect(booked.status).toBe(status);
    expect(booked.body).toMatchObject(status === 201 ? {} : { code: 'time_taken' });
  });

  test('that is closed refuses bookings, and says when', async () => {
    const room = await rooms.room({ away: [CLOSED] });
    const { status, body } = await rooms.book(ann.id, [room], { time: '09:00 - 11:00' });
    expect([status, body]).toMatchObject([
      409,
      {
        code: 'time_taken',
        conflicts: [{ user_id: room, start: '2031-01-06T10:00:00Z', end: '2031-01-06T11:00:00Z' }],
      },
    ]);
    expect((await rooms.book(ann.id, [room], { time: '12:00 - 13:00' })).status).toBe(201);
  });

  test('that is closed keeps the events that it has, and takes no further time of them', async () => {
    const room = await rooms.room();
    const { body } = await rooms.book(ann.id, [room], { time: '09:00 - 11:00' });
    await backend.patch(`/rooms/${room}`, { away: [CLOSED] });
    const path = `/events/${body.id}` as const;
    expect((await backend.patch(path, { title: 'Renamed' })).status).toBe(200);
    const longer = await backend.send('PATCH', path, { end_date: '2031-01-06T11:30:00Z' });
    expect([longer.status, longer.body.code]).toEqual([409, 'time_taken']);
    expect((await backend.patch(path, { end_date: '2031-01-06T10:30:00Z' })).status).toBe(200);
  });

  test('is found as free within its hours and while it is not closed', async () => {
    const room = await rooms.room({ features: ['sink'] });
    const found = async () => rooms.found(`features=sink&${TEN_TO_ELEVEN}`);
    expect(await found()).toEqual([room]);
    await backend.patch(`/rooms/${room}`, { away: [CLOSED] });
    expect(await found()).toEqual([]);
    await backend.patch(`/rooms/${room}`, { away: [], availability_overrides: [AFTERNOON] });
    expect(await found()).toEqual([]);
    await backend.patch(`/rooms/${room}`, { availability_overrides: [] });
    expect(await found()).toEqual([room]);
  });

  test('is no part of a suggestion outside of its hours, also without working hours', async () => {
    const room = await rooms.room({
      availability_overrides: [AFTERNOON],
      away: [{ from: '2031-01-06T13:00:00Z', to: '2031-01-06T14:00:00Z' }],
    });
    const asked = `duration=1h&user_ids=${room}&from=2031-01-06T10:00:00Z&working_hours=false` as const;
    const { body } = await backend.get(`/events:nearest-empty-time-interval?${asked}`);
    expect([body.start, body.reasons.map(({ rule }) => rule)]).toEqual([
      '2031-01-06T14:00:00Z',
      ['away', 'date_override'],
    ]);
  });

  test('shows when it is closed, and why to keys alone', async () => {
    const { id, away } = await rooms.create({ away: [CLOSED] });
    const { reason: _, ...times } = CLOSED;
    expect(away).toEqual([CLOSED]);
    expect((await ann.client.get(`/rooms/${id}`)).body.away).toEqual([times]);
    await shareWithTenant(backend, await primaryCalendarOf({ client: backend, id }), 'none');
    expect((await ann.client.get(`/rooms/${id}`)).body.away).toBeUndefined();
    const { body: all } = await ann.client.get('/rooms?limit=1000');
    expect(all.find((room) => room.id === id)?.away).toBeUndefined();
    expect((await backend.get(`/rooms/${id}`)).body.away).toEqual([CLOSED]);
    const refused = await ann.client.send('POST', '/events', {
      title: 'Planning',
      organizer_user_id: ann.id,
      invited_room_ids: [id],
      start_date: CLOSED.from,
      end_date: CLOSED.to,
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
    expect(JSON.stringify(refused.body)).not.toContain('2031-01-06');
  });

  test('is replaced by its external id, and a request that changes nothing writes nothing', async () => {
    const body = { name: 'Lab', availability_overrides: [AFTERNOON], away: [CLOSED] };
    const path = '/rooms/by-external-id/lab-1';
    const created = await backend.send('PUT', path, body);
    expect([created.status, created.body]).toMatchObject([201, body]);
    const again = await backend.send('PUT', path, body);
    expect([again.status, again.body]).toEqual([200, created.body]);
    const { body: emptied } = await backend.send('PUT', path, { name: 'Lab' });
    expect([emptied.availability_overrides, emptied.away]).toEqual([[], []]);
  });
});
