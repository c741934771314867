import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createUsers } from '../../support/client/users.js';
import { type CachedInstances, startCachedInstances } from '../../support/service/cached-instances.js';
import { addKey } from '../../support/tenants/tenant.js';

const AWAY = [{ from: '2026-01-05', to: '2026-01-06' }];
const ROUNDS = 5;

let instances: CachedInstances;

beforeAll(async () => {
  instances = await startCachedInstances();
});
afterAll(async () => instances.close());

test('a creation by calendars in memory follows each change of time away by another instance', async () => {
  const key = await addKey(instances.plain, 1);
  const [one, other] = instances.cached.map(({ url }) => key.at(url));
  const [ann] = await createUsers(key, 1, { double_booking: 'reject' });
  const create = async (round: number) =>
    other.send('POST', '/events', {
      title: 'Planning',
      organizer_user_id: ann,
      start_date: `2026-01-05T${String(10 + round).padStart(2, '0')}:00:00Z`,
      duration: 3600,
    });
  // The second instance keeps the calendar from now on.
  expect((await create(-1)).status).toBe(201);
  for (let round = 0; round < ROUNDS; round += 1) {
    await one.patch(`/users/${ann}`, { away: AWAY });
    const refused = await create(round);
    expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
    await one.patch(`/users/${ann}`, { away: [] });
    expect((await create(round)).status).toBe(201);
  }
});

test('of a change to be away and bookings at the same time, each booking before it stands, and none after it', async () => {
  const key = await addKey(instances.plain, 1);
  const clients = instances.cached.map(({ url }) => key.at(url));
  const users = await createUsers(key, ROUNDS, { double_booking: 'reject' });
  for (const user of users) {
    let isAway = false;
    const leave = async () => {
      await clients[0].patch(`/users/${user}`, { away: AWAY });
      isAway = true;
    };
    const change = leave();
    const bookings = Array.from({ length: 12 }, async (_, hour) => {
      await new Promise((resolve) => setTimeout(resolve, 4 * hour));
      const afterChange = isAway;
      const { status } = await clients[hour % 2].send('POST', '/events', {
        title: 'Planning',
        organizer_user_id: user,
        start_date: `2026-01-05T${String(hour).padStart(2, '0')}:00:00Z`,
        duration: 3600,
      });
      return { afterChange, status };
    });
    const booked = await Promise.all(bookings);
    await change;
    expect(booked.filter(({ afterChange, status }) => afterChange && status !== 409)).toEqual([]);
    expect(booked.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  }
});
