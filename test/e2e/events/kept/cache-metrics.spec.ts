import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CACHE_SHARES } from '../../../../src/platform/memory/cache-shares.js';
import { Client } from '../../../support/client/client.js';
import { createUsers } from '../../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../../support/service/application.js';

const WEEK = 'from=2126-01-07T00:00:00Z&to=2126-01-14T00:00:00Z';
const CHUNKS_OF_THE_CACHE = 150;

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication({ REMINDER_DISPATCH: 'off', WEBHOOK_DISPATCH: 'off' });
  client = new Client(application.url);
});
afterAll(async () => application.close());

/** The value of a metric; 0: it has none yet. */
async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${application.url}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.split(' ')
      .at(-1) ?? 0,
  );
}

async function reads(part: string): Promise<number[]> {
  const of = async (result: string): Promise<number> =>
    metric(`calendar_cache_reads_total{part="${part}",result="${result}"}`);
  return [await of('hit'), await of('load'), await of('bypass')];
}

test('the metrics have the bytes of the cache, and how reads used it', async () => {
  const users = await createUsers(client, 20);
  const [user] = users;
  await client.create('/events', {
    title: 'Planning',
    organizer_user_id: user,
    start_date: '2126-01-07T09:00:00Z',
    duration: 3_600,
  });
  for (const path of [`/free-busy?user_ids=${user}&${WEEK}`, `/users/${user}/events?${WEEK}`] as const)
    for (let time = 1; time <= 2; time += 1) expect((await client.send('GET', path)).status).toBe(200);
  for (const part of ['busy_time', 'lists']) {
    expect(await reads(part)).toEqual([1, 1, 0]);
    expect(await metric(`calendar_cache_bytes{part="${part}"}`)).toBeGreaterThan(1_000);
  }

  const all = users.map((id) => `user_ids=${id}`).join('&');
  const year = 'from=2126-01-07T00:00:00Z&to=2126-12-14T00:00:00Z';
  expect(users.length * 13).toBeGreaterThan(CHUNKS_OF_THE_CACHE);
  expect((await client.send('GET', `/free-busy?${all}&${year}`)).status).toBe(200);
  expect(await reads('busy_time')).toEqual([1, 1, 1]);
});

test('the metrics have the texts of feeds, which are a part of the cache', async () => {
  const [user] = await createUsers(client, 1);
  const { body: calendars } = await client.get(`/users/${user}/calendars`);
  const { body: feed } = await client.create(`/calendars/${calendars[0].id}/feeds`, { detail: 'full' });
  for (let time = 1; time <= 2; time += 1)
    expect((await fetch(feed.url.replace(/^.*(?=\/feeds\/)/, application.url))).status).toBe(200);
  expect(await reads('feeds')).toEqual([1, 1, 0]);
  expect(await metric('calendar_cache_bytes{part="feeds"}')).toBeGreaterThan(100);
  expect(Object.values(CACHE_SHARES).reduce((sum, share) => sum + share)).toBe(1);
});
