import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FEED_LIMIT } from '../../../src/rate-limit/rate-limits.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { primaryCalendarOf } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const UNKNOWN = `/feeds/feed_${'x'.repeat(43)}/calendar.ics`;

describe('the limit of the requests of feeds', () => {
  let clock: TestClock;
  let application: TestApplication;
  let anyone: Client;
  let ann: Account;
  let calendarId: number;

  beforeEach(() => {
    clock = new TestClock();
  });
  afterEach(async () => application.close());

  async function start(environment: NodeJS.ProcessEnv): Promise<void> {
    application = await startTestApplication(environment, clock);
    anyone = new Client(application.url);
    ann = await signUp(anyone, 'ann');
    calendarId = await primaryCalendarOf(ann);
  }

  async function addressOfFeed(): Promise<string> {
    return (await ann.client.create(`/calendars/${calendarId}/feeds`, { detail: 'full' })).body.url;
  }

  async function statusesOf(path: string, count: number): Promise<number[]> {
    const found: number[] = [];
    for (let sent = 0; sent < count; sent += 1) found.push((await anyone.get(path)).status);
    return found;
  }

  test('is that of the feed, and not that of the address of the client', async () => {
    await start({ RATE_LIMIT: '8/min' });
    const [first, second] = [await addressOfFeed(), await addressOfFeed()];
    const { requests } = FEED_LIMIT;
    expect(await statusesOf(first, requests)).toEqual(Array.from({ length: requests }, () => 200));
    const refused = await anyone.get(first);
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', detail: 'Too many requests of this feed.' },
    });
    expect(Number(refused.headers.get('retry-after'))).toBe(60);
    expect(await statusesOf(second, 1)).toEqual([200]);
    clock.advance(60);
    expect(await statusesOf(first, 1)).toEqual([200]);
  });

  test('is that of the address for feeds that do not exist, and then for all feeds', async () => {
    await start({ RATE_LIMIT: '6/min' });
    const known = await addressOfFeed();
    clock.advance(60);
    expect(await statusesOf(UNKNOWN, 7)).toEqual([404, 404, 404, 404, 404, 404, 429]);
    expect(await statusesOf(known, 1)).toEqual([429]);
    // Other requests have a limit of their own.
    expect((await ann.client.get(`/calendars/${calendarId}`)).status).toBe(200);
    clock.advance(60);
    expect(await statusesOf(known, 1)).toEqual([200]);
  });

  test('is off with RATE_LIMIT=off', async () => {
    await start({ RATE_LIMIT: 'off' });
    const path = await addressOfFeed();
    expect(new Set(await statusesOf(path, FEED_LIMIT.requests + 1))).toEqual(new Set([200]));
  });
});
