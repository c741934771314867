import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { shareWithTenant } from '../../support/client/sharing.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const NINE_TO_TEN = 'free_from=2031-01-06T09:00:00Z&free_to=2031-01-06T10:00:00Z';

describe('a search of rooms', () => {
  let application: TestApplication;
  let client: Client;
  let rooms: Rooms;
  let small: number;
  let large: number;
  let tokyo: number;
  let van: number;
  let organizer: number;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    rooms = new Rooms(client);
    [organizer] = await createUsers(client, 1);
    small = await rooms.room({ capacity: 4, features: ['video'], opening_hours: OFFICE_HOURS });
    large = await rooms.room({ capacity: 20, features: ['video', 'whiteboard'] });
    tokyo = await rooms.room({
      capacity: 8,
      features: ['whiteboard'],
      time_zone: 'Asia/Tokyo',
      opening_hours: OFFICE_HOURS,
    });
    van = await rooms.room({ kind: 'equipment', opening_hours: OFFICE_HOURS });
  });
  afterAll(async () => application.close());

  test.each([
    ['', () => [small, large, tokyo, van]],
    ['capacity=8', () => [large, tokyo]],
    ['capacity=20', () => [large]],
    ['capacity=21', () => []],
    ['features=video', () => [small, large]],
    ['features=video&features=whiteboard', () => [large]],
    ['features=Video', () => []],
    ['capacity=5&features=whiteboard', () => [large, tokyo]],
    // In Tokyo it is 18:00.
    [NINE_TO_TEN, () => [small, large, van]],
    ['free_from=2031-01-06T00:00:00Z&free_to=2031-01-06T08:00:00Z', () => [large, tokyo]],
    ['free_from=2031-01-06T07:59:00Z&free_to=2031-01-06T08:00:01Z', () => [large]],
    ['free_from=2031-01-06T16:00:00Z&free_to=2031-01-06T17:00:00Z', () => [small, large, van]],
    ['free_from=2031-01-06T16:00:00Z&free_to=2031-01-06T17:00:01Z', () => [large]],
    // From Monday to Tuesday: all others are closed at night.
    ['free_from=2031-01-06T09:00:00Z&free_to=2031-01-07T10:00:00Z', () => [large]],
  ])('%s finds those that match', async (query, expected) => {
    expect(await rooms.found(query)).toEqual(expected());
  });

  test('has pages, also of free rooms', async () => {
    expect(await rooms.found('limit=1')).toEqual([small, large, tokyo, van]);
    expect(await rooms.found(`limit=1&${NINE_TO_TEN}`)).toEqual([small, large, van]);
    const { headers, body } = await client.get(`/rooms?limit=3&${NINE_TO_TEN}`);
    expect(body).toHaveLength(3);
    expect(headers.get('link')).toBeNull();
  });

  test('of free rooms finds none with busy time, answered or not', async () => {
    await client.patch(`/rooms/${van}`, { auto_accept: false });
    const window = 'free_from=2031-01-08T12:00:00Z&free_to=2031-01-08T13:00:00Z';
    await rooms.book(organizer, [small, van], { time: '08 12:30 - 13:30' });
    expect(await rooms.found(window)).toEqual([large]);
    expect(await rooms.found('free_from=2031-01-08T13:30:00Z&free_to=2031-01-08T14:00:00Z')).toEqual([
      small,
      large,
      van,
    ]);
    await rooms.book(organizer, [large], {
      time: '07 12:00 - 12:15',
      repeat: { frequency: 'daily', count: 3 },
    });
    expect(await rooms.found(window)).toEqual([]);
  });

  test('sees rooms beyond the first step of its work', async () => {
    const more = await Promise.all(
      Array.from({ length: 60 }, async () => rooms.room({ features: ['many'] })),
    );
    const ids = more.toSorted((a, b) => a - b);
    await rooms.book(organizer, ids.slice(0, 50), { time: '09 09:00 - 10:00' });
    const window = 'free_from=2031-01-09T09:00:00Z&free_to=2031-01-09T10:00:00Z&features=many';
    expect(await rooms.found(`${window}&limit=7`)).toEqual(ids.slice(50));
  });

  test('of free rooms tells a person nothing about a calendar that is not shared', async () => {
    const ann = await signUp(client, 'ann');
    const id = await rooms.room({ features: ['secret'] });
    const [calendar] = (await client.get(`/users/${id}/calendars`)).body;
    await shareWithTenant(client, calendar.id, 'none');
    const search = new Rooms(ann.client);
    const free = `features=secret&${NINE_TO_TEN}`;
    expect([await search.found('features=secret'), await search.found(free)]).toEqual([[id], []]);
    expect(await rooms.found(free)).toEqual([id]);
    await rooms.book(organizer, [id], { time: '09:00 - 10:00' });
    expect([await search.found(free), await rooms.found(free)]).toEqual([[], []]);
  });

  test.each([
    ['free_to', 'free_from=2031-01-06T09:00:00Z'],
    ['free_from', 'free_to=2031-01-06T09:00:00Z'],
    ['free_to', 'free_from=2031-01-06T09:00:00Z&free_to=2031-01-06T09:00:00Z'],
    ['free_to', 'free_from=2031-01-06T09:00:00Z&free_to=2031-02-07T09:00:01Z'],
    ['free_from', 'free_from=2031-01-06&free_to=2031-01-07T09:00:00Z'],
    ['capacity', 'capacity=0'],
    ['capacity', 'capacity=many'],
    ['features', 'features='],
    ['limit', 'limit=0'],
    ['page_token', 'page_token=x'],
  ])('is refused at %s: %s', async (field, query) => {
    expect(await client.send('GET', `/rooms?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ field }] },
    });
  });
});
