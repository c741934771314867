import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CalendarSubscription } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { calendarOf, eventOf, RemoteCalendar } from '../../support/servers/remote-calendar.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addGuest, addKey } from '../../support/tenants/tenant.js';

const NOW = '2026-03-02T09:00:00.000Z';
const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';
const MINUTE = 60;
const HOUR = 60 * MINUTE;

const PARTY = eventOf('party@elsewhere', 'Party', '20260310T180000Z');
const DENTIST = eventOf('dentist@elsewhere', 'Dentist', '20260311T090000Z');

describe('a subscribed calendar', () => {
  let clock: TestClock;
  let remote: RemoteCalendar;
  let origin: string;
  let application: TestApplication;
  let backend: Client;
  let userId: number;

  beforeAll(async () => {
    clock = new TestClock(NOW);
    application = await startTestApplication({ WEBHOOK_ALLOW_PRIVATE: 'true' }, clock);
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    remote = new RemoteCalendar();
    origin = await remote.start();
    userId = (await addGuest(backend)).id;
  });
  afterEach(async () => {
    for (const { id } of (await backend.get(`/users/${userId}/calendar-subscriptions`)).body)
      await backend.delete(`/calendar-subscriptions/${id}`);
    await remote.stop();
  });

  /** The subscription after a fetch that ends after this call. */
  async function fetched(
    id: number,
    isEnd: (subscription: CalendarSubscription) => boolean,
  ): Promise<CalendarSubscription> {
    for (let waited = 0; waited < 15_000; waited += 20) {
      const { body } = await backend.get(`/calendar-subscriptions/${id}`);
      if (isEnd(body)) return body;
      await sleep(20);
    }
    throw new Error('The fetch does not end.');
  }

  async function subscribe(fields: object = {}): Promise<CalendarSubscription> {
    const body = { url: `${origin}/a.ics`, ...fields };
    const { id } = (await backend.create(`/users/${userId}/calendar-subscriptions`, body)).body;
    return fetched(id, ({ last_success_at: success, last_error: error }) => (success ?? error) !== null);
  }

  /** Lets time pass, and fetches the calendar again. */
  async function refresh({ id }: CalendarSubscription, seconds = MINUTE): Promise<CalendarSubscription> {
    clock.advance(seconds);
    const before = remote.received.length;
    await backend.send('POST', `/calendar-subscriptions/${id}:refresh`);
    return fetched(id, ({ next_fetch_at: next }) => remote.received.length > before && isLater(next));
  }

  /** Whether a fetch has ended: the lease, which ends in five minutes, is over. */
  function isLater(next: string): boolean {
    return (
      Date.parse(next) !== clock.now().getTime() + 5 * MINUTE * 1_000 &&
      Date.parse(next) > clock.now().getTime()
    );
  }

  async function titlesOf({ calendar_id: id }: CalendarSubscription): Promise<(string | null | undefined)[]> {
    const { body } = await backend.get(`/calendars/${id}/events?${WINDOW}`);
    return body.map((event) => ('title' in event ? event.title : null));
  }

  async function nameOf({ calendar_id: id }: CalendarSubscription): Promise<string | null> {
    return (await backend.get(`/calendars/${id}`)).body.name;
  }

  async function counted(result: string): Promise<number> {
    const { body } = await backend.send('GET', '/metrics');
    const value = new RegExp(`^calendar_fetches_total\\{result="${result}"\\} (\\d+)$`, 'm').exec(
      String(body),
    );
    return Number(value?.[1] ?? 0);
  }

  /** The seconds until the next fetch. */
  function delayOf({ next_fetch_at: next }: CalendarSubscription): number {
    return (Date.parse(next) - clock.now().getTime()) / 1_000;
  }

  /** Redirects a number of times before the file. */
  function redirects(count: number, location: (next: string) => string = (next) => next): void {
    remote.responds((response, { url = '' }) => {
      const hop = Number(/hop=(\d+)/.exec(url)?.[1] ?? 0);
      if (hop === count) response.writeHead(200).end(calendarOf(...PARTY));
      else response.writeHead(302, { location: location(`/a.ics?hop=${hop + 1}`) }).end();
    });
  }

  async function versionsOf({ calendar_id: id }: CalendarSubscription): Promise<unknown> {
    const { body } = await backend.get(`/calendars/${id}/events?${WINDOW}`);
    return body.map((event) => [event.id, event.updated_at]);
  }

  test('has the events of the file, beside those of the user', async () => {
    remote.has(calendarOf(...PARTY, ...DENTIST));
    const subscription = await subscribe();
    expect(subscription).toMatchObject({
      last_success_at: clock.now().toISOString(),
      last_error: null,
      last_error_code: null,
      failing_since: null,
    });
    expect(await titlesOf(subscription)).toEqual(['Party', 'Dentist']);
    const { body: all } = await backend.get(`/users/${userId}/events?${WINDOW}`);
    expect(all.map(({ calendar_id: id }) => id)).toEqual([
      subscription.calendar_id,
      subscription.calendar_id,
    ]);
  });

  test('follows the file: events come, change and go', async () => {
    remote.has(calendarOf(...PARTY, ...DENTIST));
    const subscription = await subscribe();
    remote.has(
      calendarOf(
        ...eventOf('party@elsewhere', 'Large party', '20260310T180000Z'),
        ...eventOf('new@elsewhere', 'New', '20260312T090000Z'),
      ),
    );
    const before = (await backend.get(`/calendars/${subscription.calendar_id}/events?${WINDOW}`)).body;
    await refresh(subscription);
    const after = (await backend.get(`/calendars/${subscription.calendar_id}/events?${WINDOW}`)).body;
    expect(await titlesOf(subscription)).toEqual(['Large party', 'New']);
    expect(after[0].id).toBe(before[0].id);
  });

  test.each([
    ['busy', 1],
    ['free', 0],
  ] as const)('counts as %s', async (countsAs, intervals) => {
    remote.has(calendarOf(...PARTY));
    await subscribe({ counts_as: countsAs });
    const { body } = await backend.get(`/free-busy?user_ids=${userId}&${WINDOW}`);
    expect(body[0].busy).toHaveLength(intervals);
  });

  test('has the name that the file gives it, unless the user gave one', async () => {
    remote.has(calendarOf('X-WR-CALNAME:Holidays\\, all', ...PARTY));
    const [named, own] = [await subscribe(), await subscribe({ name: 'Mine' })];
    expect([await nameOf(named), await nameOf(own)]).toEqual(['Holidays, all', 'Mine']);
  });

  describe('keeps its events as they are', () => {
    test.each<[string, string, () => void]>([
      ['a login page', 'not_icalendar', () => remote.has('<!doctype html><title>Log in</title>')],
      ['nothing', 'not_icalendar', () => remote.has('')],
      ['half a file', 'not_icalendar', () => remote.has(calendarOf(...PARTY, ...DENTIST).slice(0, -40))],
      [
        'a file that ends in the middle',
        'connection_failed',
        () =>
          remote.responds((response) => {
            response.writeHead(200, { 'content-length': 1_000 });
            response.write(calendarOf(...PARTY), () => response.destroy());
          }),
      ],
      ['a 404', 'http_status', () => remote.responds((response) => response.writeHead(404).end())],
      ['a 500', 'http_status', () => remote.responds((response) => response.writeHead(500).end())],
      ['no response', 'connection_failed', () => remote.responds((response) => response.destroy())],
      [
        'more than 16 MiB',
        'too_large',
        () => remote.has(calendarOf(...PARTY, `X-LONG:${'x'.repeat(17 * 1024 * 1024)}`)),
      ],
      [
        'a few kilobytes that are more than 16 MiB when decompressed',
        'too_large',
        () =>
          remote.responds((response) =>
            response
              .writeHead(200, { 'content-encoding': 'gzip' })
              .end(gzipSync('x'.repeat(17 * 1024 * 1024))),
          ),
      ],
    ])('after %s', async (_, code, breakRemote) => {
      remote.has(calendarOf(...PARTY, ...DENTIST));
      const subscription = await subscribe();
      const events = await versionsOf(subscription);
      const succeededAt = clock.now().toISOString();
      breakRemote();
      const failed = await refresh(subscription);
      const failedAt = clock.now().toISOString();
      expect(failed).toMatchObject({
        last_success_at: succeededAt,
        last_error: expect.any(String),
        last_error_code: code,
        failing_since: failedAt,
      });
      expect(await versionsOf(subscription)).toEqual(events);
      expect((await refresh(subscription)).failing_since).toBe(failedAt);
      remote.has(calendarOf(...PARTY));
      expect(await refresh(subscription)).toMatchObject({ last_error: null, failing_since: null });
      expect(await titlesOf(subscription)).toEqual(['Party']);
    });

    test('after a file whose times of writing alone are new', async () => {
      remote.has(calendarOf(...PARTY));
      const subscription = await subscribe();
      const events = await versionsOf(subscription);
      remote.has(calendarOf(...PARTY).replace('DTSTAMP:20260101T000000Z', 'DTSTAMP:20260302T090000Z'));
      const after = await refresh(subscription);
      expect(after).toMatchObject({ last_success_at: clock.now().toISOString(), last_error: null });
      expect(await versionsOf(subscription)).toEqual(events);
    });

    test('also for copies: a list since a sync token has no change by new times of writing', async () => {
      remote.has(calendarOf(...PARTY));
      const subscription = await subscribe();
      const path = `/calendars/${subscription.calendar_id}/events`;
      const full = await backend.get(`${path}?sync_token=`);
      const token = encodeURIComponent(full.headers.get('sync-token') as string);
      remote.has(calendarOf(...PARTY).replace('DTSTAMP:20260101T000000Z', 'DTSTAMP:20260302T090000Z'));
      await refresh(subscription);
      expect((await backend.get(`${path}?sync_token=${token}`)).body).toEqual([]);
    });

    test('after a file with other UIDs for the same events', async () => {
      remote.has(calendarOf(...PARTY, ...DENTIST));
      const subscription = await subscribe();
      const events = await versionsOf(subscription);
      remote.has(calendarOf(...PARTY, ...DENTIST).replaceAll('@elsewhere', '@again'));
      await refresh(subscription);
      expect(await versionsOf(subscription)).toEqual(events);
    });

    test('after a file without UIDs for the same events', async () => {
      const file = calendarOf(...PARTY, ...DENTIST).replaceAll(/UID:.*\r\n/g, '');
      remote.has(file);
      const subscription = await subscribe();
      const events = await versionsOf(subscription);
      expect(await titlesOf(subscription)).toEqual(['Party', 'Dentist']);
      remote.has(`${file}\r\n`);
      await refresh(subscription);
      expect(await versionsOf(subscription)).toEqual(events);
    });
  });

  test('is empty after a whole file without events', async () => {
    remote.has(calendarOf(...PARTY));
    const subscription = await subscribe();
    remote.has(calendarOf());
    await refresh(subscription);
    expect(await titlesOf(subscription)).toEqual([]);
  });

  test('invites nobody, mails nobody and reminds nobody', async () => {
    const bob = await addGuest(backend);
    await backend.patch(`/users/${userId}`, { default_reminders: [{ minutes_before: 10, method: 'log' }] });
    remote.has(
      calendarOf(
        ...eventOf(
          'meeting@elsewhere',
          'Meeting',
          '20260310T180000Z',
          'ORGANIZER;CN=Eve:mailto:eve@elsewhere.example',
          `ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${bob.email}`,
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          'TRIGGER:-PT15M',
          'DESCRIPTION:Now',
          'END:VALARM',
        ),
      ),
    );
    const subscription = await subscribe();
    const { body: events } = await backend.get(`/calendars/${subscription.calendar_id}/events?${WINDOW}`);
    expect(events).toMatchObject([{ organizer_user_id: null, owner_user_id: userId }]);
    expect((await backend.get(`/users/${bob.id}/event-invites`)).body).toEqual([]);
    const pending = await query(
      application.database.url,
      `SELECT FROM pending_reminders WHERE user_id = ${userId}`,
    );
    expect(pending).toEqual([]);
  });

  test('is counted by result in the metrics', async () => {
    remote.has(calendarOf(...PARTY));
    const before = [await counted('changed'), await counted('unchanged'), await counted('http_status')];
    const subscription = await subscribe();
    await refresh(subscription);
    remote.responds((response) => response.writeHead(503).end());
    await refresh(subscription);
    const after = [await counted('changed'), await counted('unchanged'), await counted('http_status')];
    expect(after.map((count, index) => count - before[index])).toEqual([1, 1, 1]);
  });

  test('does not share its UIDs with other calendars of the user', async () => {
    remote.has(calendarOf(...PARTY));
    const [first, second] = [await subscribe(), await subscribe()];
    expect([await titlesOf(first), await titlesOf(second)]).toEqual([['Party'], ['Party']]);
  });

  test('is not touched by an import of the same UIDs, which goes to the own calendars', async () => {
    remote.has(calendarOf(...PARTY));
    const subscription = await subscribe();
    const events = await versionsOf(subscription);
    const file = calendarOf(...eventOf('party@elsewhere', 'My party', '20260310T180000Z'));
    const type = { 'content-type': 'text/calendar' };
    const imported = await backend.send('POST', `/users/${userId}/events:import`, file, type);
    expect(imported.body).toMatchObject({ results: [{ uid: 'party@elsewhere', status: 'created' }] });
    expect(await versionsOf(subscription)).toEqual(events);
    await refresh(subscription);
    expect(await titlesOf(subscription)).toEqual(['Party']);
  });

  describe('is fetched', () => {
    test('by a request that names the tag and the date of the last file', async () => {
      remote.responds((response, { headers }) => {
        const named = { etag: '"1"', 'last-modified': 'Mon, 02 Mar 2026 09:00:00 GMT' };
        if (headers['if-none-match'] === '"1"') response.writeHead(304).end();
        else response.writeHead(200, named).end(calendarOf(...PARTY));
      });
      const subscription = await subscribe();
      expect(remote.received[0].headers).not.toHaveProperty('if-none-match');
      const after = await refresh(subscription);
      expect(remote.received[1].headers).toMatchObject({
        'if-none-match': '"1"',
        'if-modified-since': 'Mon, 02 Mar 2026 09:00:00 GMT',
      });
      expect(after).toMatchObject({ last_success_at: clock.now().toISOString(), last_error: null });
      expect(await titlesOf(subscription)).toEqual(['Party']);
    });

    test('again if the URL changes, also if both URLs have the same file', async () => {
      remote.has(calendarOf(...PARTY), '"1"');
      const { id } = await subscribe();
      clock.advance(MINUTE);
      await backend.patch(`/calendar-subscriptions/${id}`, { url: `${origin}/b.ics` });
      const after = await fetched(id, ({ last_success_at: at }) => at === clock.now().toISOString());
      expect(after).toMatchObject({ url: `${origin}/b.ics`, last_error: null });
      expect(remote.received.at(-1)).toMatchObject({ path: '/b.ics' });
      expect(remote.received.at(-1)?.headers).not.toHaveProperty('if-none-match');
    });

    test('about once an hour, and later by the file, at most a fifth later', async () => {
      remote.has(calendarOf(...PARTY));
      const subscription = await subscribe();
      expect(delayOf(subscription)).toBeGreaterThanOrEqual(HOUR);
      expect(delayOf(subscription)).toBeLessThanOrEqual(1.2 * HOUR);
      remote.has(calendarOf('REFRESH-INTERVAL;VALUE=DURATION:PT4H', ...PARTY));
      const later = await refresh(subscription);
      expect(delayOf(later)).toBeGreaterThanOrEqual(4 * HOUR);
      expect(delayOf(later)).toBeLessThanOrEqual(4.8 * HOUR);
    });

    test('later and later while it fails', async () => {
      const subscription = await subscribe();
      const delays: number[] = [];
      let present = subscription;
      for (let failures = 1; failures <= 4; failures += 1) {
        delays.push(delayOf(present) / MINUTE);
        present = await refresh(present);
      }
      const bases = [1, 5, 15, 60];
      expect(delays.map((delay, index) => delay >= bases[index] && delay <= 1.2 * bases[index])).toEqual(
        bases.map(() => true),
      );
    });

    test('when it is due, without a request', async () => {
      remote.has(calendarOf(...PARTY));
      const { id } = await subscribe();
      clock.advance(1.3 * HOUR);
      // The loop looks at the clock again after ten seconds at most.
      const again = await fetched(id, ({ last_success_at: at }) => at === clock.now().toISOString());
      expect(again.last_error).toBeNull();
      expect(remote.received).toHaveLength(2);
    });

    test('in compressed form', async () => {
      remote.responds((response, { headers }) => {
        expect(headers['accept-encoding']).toContain('gzip');
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(calendarOf(...PARTY)));
      });
      expect(await titlesOf(await subscribe())).toEqual(['Party']);
    });
  });

  describe('follows', () => {
    test('five redirects', async () => {
      redirects(5);
      expect(await titlesOf(await subscribe())).toEqual(['Party']);
      expect(remote.received).toHaveLength(6);
    });

    test('not a sixth', async () => {
      redirects(6);
      expect((await subscribe()).last_error_code).toBe('too_many_redirects');
      expect(remote.received).toHaveLength(6);
    });

    test.each([
      'ftp://example.com/a.ics',
      'file:///etc/passwd',
      'https://ann:secret@example.com/',
      'http://',
    ])('no redirect to %s', async (target) => {
      redirects(1, () => target);
      expect((await subscribe()).last_error_code).toBe('bad_redirect');
    });
  });
});

describe('a server without WEBHOOK_ALLOW_PRIVATE', () => {
  let application: TestApplication;
  let backend: Client;
  let remote: RemoteCalendar;
  beforeAll(async () => {
    application = await startTestApplication({}, new TestClock(NOW));
    backend = await addKey(application, 1);
    remote = new RemoteCalendar();
  });
  afterAll(async () => {
    await application.close();
    await remote.stop();
  });

  test('fetches no calendar at an address that is not public', async () => {
    const origin = await remote.start();
    remote.has(calendarOf(...PARTY));
    const { id } = await addGuest(backend);
    const path = `/users/${id}/calendar-subscriptions` as const;
    for (const url of [origin, origin.replace('127.0.0.1', 'localhost'), `http://${hostname()}:1/`])
      expect((await backend.send('POST', path, { url })).status).toBe(400);
    expect(remote.received).toEqual([]);
  });
});
