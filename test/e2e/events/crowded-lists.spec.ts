import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import type { SuccessBody } from '../../support/client/documented-body.js';
import { execute } from '../../support/database/test-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { dailySeries, storeSeries } from '../../support/service/series.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour).join();
const HOURLY = { rrule: `FREQ=DAILY;BYHOUR=${HOURS}` };
const DAY = 86_400;

type ListedElement = SuccessBody<'GET', '/users/1/events'>[number];

/** So many days of February. */
function dates(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}T00:00:00Z`,
  );
}

describe('what one invitation can do to the list of an attendee', () => {
  let application: TestApplication;
  let client: Client;
  let names = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
  });
  afterAll(async () => application.close());

  async function newUser(): Promise<number> {
    names += 1;
    return (await client.create('/users', { name: 'user', email: `user${names}@example.com` })).body.id;
  }

  async function post(fields: Pick<NewEvent, 'organizer_user_id'> & Partial<NewEvent>) {
    return client.post('/events', {
      title: 'Shift',
      start_date: '2026-01-01T00:00:00Z',
      duration: 60,
      ...fields,
    });
  }

  /** The list over so many days, page by page. */
  async function pagesOf(userId: number, days: number, query = ''): Promise<ListedElement[][]> {
    const to = new Date(Date.UTC(2026, 0, 1 + days)).toISOString();
    const pages: ListedElement[][] = [];
    const path = `/users/${userId}/events?from=2026-01-01T00:00:00Z&to=${to}&${query}` as const;
    for await (const { body } of client.pages(path)) pages.push(body);
    return pages;
  }

  describe('with 24 occurrences a day', () => {
    let host: number;
    let guest: number;
    let invite: number;
    beforeAll(async () => {
      [host, guest] = [await newUser(), await newUser()];
      const { body } = await post({
        organizer_user_id: host,
        invited_user_ids: [guest],
        repeat: HOURLY,
      });
      invite = body.attendees[1].invite_id as number;
      await post({ organizer_user_id: guest, start_date: '2026-03-01T00:30:00Z', title: 'Mine' });
    });

    test.each([
      [104, 2496, false],
      [105, 2500, true],
      [400, 2500, true],
    ])('over %d days it is listed with %d of them', async (days, shown, truncated) => {
      const [elements] = await pagesOf(guest, days);
      expect(elements).toMatchObject([
        { title: 'Shift', occurrences: { length: shown }, occurrences_truncated: truncated },
        { title: 'Mine', occurrences: { length: 1 }, occurrences_truncated: false },
      ]);
    });

    test('expanded, it has as many elements, each of which says that some are left out', async () => {
      const pages = await pagesOf(guest, 400, 'expand=true&limit=1000');
      expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 501]);
      const elements = pages.flat();
      const shifts = elements.filter(({ title }) => title === 'Shift');
      const [whole] = (await pagesOf(guest, 400)).flat();
      expect(shifts.map(({ occurrences: [one] }) => one)).toEqual(whole.occurrences);
      expect(new Set(shifts.map(({ occurrences_truncated: truncated }) => truncated))).toEqual(
        new Set([true]),
      );
      expect(elements.find(({ title }) => title === 'Mine')).toMatchObject({ occurrences_truncated: false });
      const starts = elements.map(({ occurrences: [one] }) => Date.parse(one.start));
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    });

    test('declined, it is listed with the first of them', async () => {
      await client.post(`/event-invites/${invite}:decline`);
      const first = { start: '2026-01-01T00:00:00Z', attendee_status: 'declined' };
      const [whole] = (await pagesOf(guest, 400)).flat();
      expect(whole).toMatchObject({
        title: 'Shift',
        occurrences: { length: 42 },
        occurrences_truncated: true,
      });
      expect(whole.occurrences[0]).toMatchObject(first);
      const elements = (await pagesOf(guest, 400, 'expand=true')).flat();
      expect(elements.filter(({ title }) => title === 'Shift')).toHaveLength(42);
      expect(elements.filter(({ title }) => title === 'Mine')).toHaveLength(1);
      const [day] = (await pagesOf(guest, 1)).flat();
      expect(day).toMatchObject({ occurrences: { length: 24 }, occurrences_truncated: false });
    });

    test('declined but for two occurrences, it is listed with those', async () => {
      for (const start of ['2026-02-03T04:00:00Z', '2026-01-02T03:00:00Z'])
        await client.post(`/event-invites/${invite}:accept`, { original_start: start });
      const [whole] = (await pagesOf(guest, 400)).flat();
      expect(whole.occurrences).toMatchObject([
        { start: '2026-01-02T03:00:00Z', attendee_status: 'accepted' },
        { start: '2026-02-03T04:00:00Z', attendee_status: 'accepted' },
      ]);
      expect(whole.occurrences_truncated).toBe(true);
      expect((await pagesOf(guest, 400, 'expand=true&limit=1')).flat()).toHaveLength(3);
    });
  });

  test('a page ends before it holds 40,000 occurrences, and the next one goes on', async () => {
    const host = await newUser();
    for (let n = 0; n < 17; n += 1) await post({ organizer_user_id: host, repeat: HOURLY });
    expect((await pagesOf(host, 104)).map(({ length }) => length)).toEqual([16, 1]);
    expect((await pagesOf(host, 98)).map(({ length }) => length)).toEqual([17]);
    expect((await pagesOf(host, 31, 'limit=10')).map(({ length }) => length)).toEqual([10, 7]);
  });

  describe('of 366 days, 24 of which start each day, as an earlier version accepted', () => {
    let guest: number;
    let event: BookedEvent;
    beforeAll(async () => {
      guest = await newUser();
      const created = { organizer_user_id: await newUser(), invited_user_ids: [guest], repeat: HOURLY };
      event = (await post({ ...created, start_date: '2025-01-01T00:00:00Z' })).body;
      // The service now refuses to store so many occurrences that overlap.
      await execute(
        application.database.url,
        `UPDATE events SET duration = ${366 * DAY} WHERE id = ${event.id}`,
      );
      await post({ organizer_user_id: guest, start_date: '2026-01-02T00:30:00Z', title: 'Mine' });
    });

    test('is truncated in the list, and answered', async () => {
      const list = async () => (await pagesOf(guest, 7)).flat();
      expect(await list()).toMatchObject([
        { title: 'Shift', occurrences: { length: 2500 }, occurrences_truncated: true },
        { title: 'Mine' },
      ]);
      expect(await pagesOf(guest, 7, 'expand=true&limit=1000')).toMatchObject([
        { length: 1000 },
        { length: 1000 },
        { length: 501 },
      ]);
      expect((await client.post(`/event-invites/${event.attendees[1].invite_id}:decline`)).status).toBe(200);
      expect(await list()).toMatchObject([
        { title: 'Shift', occurrences: { length: 42 }, occurrences_truncated: true },
        { title: 'Mine' },
      ]);
    });

    test('has too many occurrences to be told one by one, and says so', async () => {
      const week = 'from=2026-01-01T00:00:00Z&to=2026-01-08T00:00:00Z';
      const { status, body } = await client.get(`/events/${event.id}/occurrences?${week}`);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'too_many_occurrences' });
    });

    test('can be renamed, ended and deleted', async () => {
      const path = `/events/${event.id}`;
      expect((await client.patch(path, { title: 'Long shift' })).status).toBe(200);
      const second = `${path}/occurrences/2025-01-01T01:00:00Z`;
      expect((await client.patch(second, { title: 'Second' })).status).toBe(200);
      expect((await client.delete(`${second}?scope=following`)).status).toBe(204);
      expect((await client.delete(path)).status).toBe(204);
    });
  });

  describe('whose occurrences overlap', () => {
    let host: number;
    beforeAll(async () => {
      host = await newUser();
    });

    const code = 'too_many_overlapping_occurrences';

    test.each<[string, object, object, string]>([
      [
        'daily',
        { duration: 10 * DAY, repeat: { frequency: 'daily' } },
        { duration: 10 * DAY + 1, repeat: { frequency: 'daily' } },
        'repeat',
      ],
      ['hourly', { duration: 36_000, repeat: HOURLY }, { duration: 366 * DAY, repeat: HOURLY }, 'repeat'],
      [
        'all day',
        { start_date: '2026-01-01', all_day: true, duration: 70, repeat: { frequency: 'weekly' } },
        { start_date: '2026-01-01', all_day: true, duration: 71, repeat: { frequency: 'weekly' } },
        'repeat',
      ],
      [
        'by count',
        { duration: 100 * DAY, repeat: { frequency: 'daily', count: 10 } },
        { duration: 100 * DAY, repeat: { frequency: 'daily', count: 11 } },
        'repeat',
      ],
      [
        'by RDATEs',
        { duration: 100 * DAY, repeat: { rdates: dates(9) } },
        { duration: 100 * DAY, repeat: { rdates: dates(10) } },
        'repeat',
      ],
    ])('%s, are at most ten deep at creation', async (_, deep, deeper, field) => {
      expect((await post({ organizer_user_id: host, ...deep })).status).toBe(201);
      const refused = await post({ organizer_user_id: host, ...deeper });
      expect(refused).toMatchObject({ status: 400, body: { code, errors: [{ field }] } });
    });

    test('are at most ten deep after any change', async () => {
      const daily = { frequency: 'daily', count: 60 } as const;
      const { body } = await post({ organizer_user_id: host, duration: 10 * DAY, repeat: daily });
      const path = `/events/${body.id}`;
      const tenth = `${path}/occurrences/2026-01-10T00:00:00Z`;
      const refused: [string, object, string][] = [
        [path, { duration: 10 * DAY + 1 }, 'duration'],
        [path, { end_date: '2026-01-12T00:00:00Z' }, 'end_date'],
        [path, { repeat: HOURLY }, 'repeat'],
        [`${tenth}?scope=following`, { duration: 11 * DAY }, 'duration'],
        [tenth, { start_date: '2026-01-12T12:00:00Z' }, 'start_date'],
        [tenth, { duration: 11 * DAY }, 'duration'],
      ];
      for (const [place, change, field] of refused) {
        const answer = await client.patch(place, change);
        expect(answer).toMatchObject({ status: 400, body: { code, errors: [{ field }] } });
      }
      const withoutConflicts = { ...body, conflicts: undefined, conflicts_checked_until: undefined };
      expect((await client.get(path)).body).toEqual(withoutConflicts);
      const accepted: [string, object][] = [
        [tenth, { title: 'Tenth' }],
        [tenth, { start_date: '2026-01-11T00:00:00Z', duration: DAY, status: 'cancelled' }],
        [`${tenth}?scope=following`, { duration: 5 * DAY }],
        [path, { duration: 5 * DAY }],
      ];
      for (const [place, change] of accepted) expect((await client.patch(place, change)).status).toBe(200);
    });

    test('do not become deeper by a cancelled one that is brought back', async () => {
      const repeat = { frequency: 'daily', count: 11 } as const;
      const created = await post({ organizer_user_id: host, duration: 10 * DAY, repeat });
      const path = `/events/${created.body.id}`;
      const second = `${path}/occurrences/2026-01-02T00:00:00Z`;
      expect((await client.delete(second)).status).toBe(204);
      expect((await client.patch(path, { duration: 20 * DAY })).status).toBe(200);
      const { status, body } = await client.patch(second, { status: 'confirmed' });
      expect({ status, code: body.code, errors: body.errors }).toMatchObject({
        status: 400,
        code,
        errors: [{ field: 'status' }],
      });
    });
  });

  test('a series has at most 1,000 occurrences of their own', async () => {
    const host = await newUser();
    const start = Date.UTC(2026, 0, 1);
    const overrides = Array.from({ length: 999 }, (_, index) => ({
      originalStart: { kind: 'instant' as const, instant: start + index * DAY * 1000 },
      patch: { title: 'Own' },
    }));
    const series = dailySeries(host, { kind: 'instant', instant: start }, { overrides });
    const id = await storeSeries(application, series);
    const at = (day: string) => `/events/${id}/occurrences/${day}T00:00:00Z`;
    expect((await client.delete(at('2029-01-01'))).status).toBe(204);
    for (const refused of [
      await client.delete(at('2029-01-02')),
      await client.patch(at('2029-01-02'), { title: 'Own' }),
    ])
      expect(refused).toMatchObject({ status: 400, body: { code: 'too_many_changed_occurrences' } });
    expect((await client.patch(at('2026-01-01'), { title: 'Changed' })).status).toBe(200);
    const [[element]] = await pagesOf(host, 3);
    expect(element.occurrences.map(({ title }) => title)).toEqual(['Changed', 'Own', 'Own']);
  });
});
