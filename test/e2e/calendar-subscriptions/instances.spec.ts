import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  MAX_FETCHES_AT_ONCE,
  MAX_FETCHES_OF_TENANT,
} from '../../../src/calendar-subscriptions/fetch/fetch-loop.js';
import type { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { calendarOf, eventOf, RemoteCalendar } from '../../support/servers/remote-calendar.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addGuest, addKey } from '../../support/tenants/tenant.js';

const NOW = '2026-03-02T09:00:00.000Z';
const FILE = calendarOf(...eventOf('party@elsewhere', 'Party', '20260310T180000Z'));

/** Seconds. */
const LEASE = 5 * 60;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 15_000; waited += 20) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error('It does not come to pass.');
}

/** Holds the responses to requests until the test releases them. */
class Held {
  private release = (): void => undefined;

  /** Responds with the file when it is released. */
  respond(response: ServerResponse): void {
    this.release = () => void response.writeHead(200).end(FILE);
  }

  end(): void {
    this.release();
  }
}

describe('several instances', () => {
  let clock: TestClock;
  let remote: RemoteCalendar;
  let origin: string;
  let writing: TestApplication;
  let backend: Client;
  let userId: number;
  const fetching: TestApplication[] = [];

  beforeAll(async () => {
    clock = new TestClock(NOW);
    writing = await startTestApplication({ CALENDAR_FETCH: 'off', WEBHOOK_ALLOW_PRIVATE: 'true' }, clock);
    backend = await addKey(writing, 1);
    userId = (await addGuest(backend)).id;
  });
  afterAll(async () => writing.close());
  beforeEach(async () => {
    remote = new RemoteCalendar();
    origin = await remote.start();
  });
  afterEach(async () => {
    await Promise.all(fetching.splice(0).map(async (instance) => instance.close()));
    for (const { id } of (await backend.get(`/users/${userId}/calendar-subscriptions`)).body)
      await backend.delete(`/calendar-subscriptions/${id}`);
    await remote.stop();
  });

  async function startFetching(): Promise<void> {
    fetching.push(
      await startTestApplication({ WEBHOOK_ALLOW_PRIVATE: 'true' }, clock, undefined, writing.database),
    );
  }

  async function subscribe(count: number): Promise<number[]> {
    const ids: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const body = { url: `${origin}/${index}.ics` };
      ids.push((await backend.create(`/users/${userId}/calendar-subscriptions`, body)).body.id);
    }
    return ids;
  }

  async function succeeded(): Promise<number> {
    const { body } = await backend.get(`/users/${userId}/calendar-subscriptions?limit=1000`);
    return body.filter(({ last_success_at: at }) => at !== null).length;
  }

  test('fetch each due calendar once', async () => {
    const count = 3 * MAX_FETCHES_AT_ONCE;
    await subscribe(count);
    remote.has(FILE);
    await Promise.all([startFetching(), startFetching(), startFetching()]);
    await until(async () => (await succeeded()) === count);
    expect(remote.received.map(({ path }) => path).toSorted()).toEqual(
      Array.from({ length: count }, (_, index) => `/${index}.ics`).toSorted(),
    );
  });

  test('fetch a few calendars of a tenant at a time each', async () => {
    await subscribe(MAX_FETCHES_OF_TENANT + 2);
    let open = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    remote.responds((response) => {
      open += 1;
      most = Math.max(most, open);
      waiting.push(() => {
        open -= 1;
        response.writeHead(200).end(FILE);
      });
    });
    await startFetching();
    await until(() => waiting.length === MAX_FETCHES_OF_TENANT);
    await sleep(200);
    expect(remote.received).toHaveLength(MAX_FETCHES_OF_TENANT);
    const release = setInterval(() => waiting.shift()?.(), 20);
    await until(async () => (await succeeded()) === MAX_FETCHES_OF_TENANT + 2);
    clearInterval(release);
    expect(most).toBe(MAX_FETCHES_OF_TENANT);
  });

  test('take over the calendar of an instance that was killed, after its lease', async () => {
    const [id] = await subscribe(1);
    const until5 = new Date(clock.now().getTime() + LEASE * 1_000).toISOString();
    const lease = `UPDATE calendar_subscriptions SET next_fetch_at = '${until5}', leased_until = '${until5}'`;
    await query(writing.database.url, `${lease} WHERE id = ${id}`);
    remote.has(FILE);
    await startFetching();
    // A request for a refresh does not end the lease of another instance.
    await backend.send('POST', `/calendar-subscriptions/${id}:refresh`);
    await sleep(300);
    expect(remote.received).toEqual([]);
    clock.advance(LEASE);
    await startFetching();
    await until(async () => (await succeeded()) === 1);
  });

  test('change nothing by a fetch that ends after its subscription', async () => {
    const [id] = await subscribe(1);
    const { calendar_id: calendarId } = (await backend.get(`/calendar-subscriptions/${id}`)).body;
    const held = new Held();
    remote.responds((response) => held.respond(response));
    await startFetching();
    await until(() => remote.received.length === 1);
    await backend.delete(`/calendar-subscriptions/${id}`);
    held.end();
    await Promise.all(fetching.splice(0).map(async (instance) => instance.close()));
    const inIt = `SELECT event_id FROM attendees WHERE calendar_id = ${calendarId}`;
    expect(await query(writing.database.url, inIt)).toEqual([]);
  });

  test('record nothing of a fetch whose subscription has another address by then', async () => {
    const [id] = await subscribe(1);
    const held = new Held();
    remote.responds((response, { url }) => {
      if (url === '/other.ics') response.writeHead(404).end();
      else held.respond(response);
    });
    await startFetching();
    await until(() => remote.received.length === 1);
    await backend.patch(`/calendar-subscriptions/${id}`, { url: `${origin}/other.ics` });
    held.end();
    await until(async () => (await backend.get(`/calendar-subscriptions/${id}`)).body.last_error !== null);
    expect((await backend.get(`/calendar-subscriptions/${id}`)).body).toMatchObject({
      last_success_at: null,
      last_error_code: 'http_status',
    });
  });
});
