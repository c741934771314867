import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, Event } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';
const YEAR = 'from=2026-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&max_attendees=0';
const JULY = 'from=2026-07-01T00:00:00Z&to=2026-08-01T00:00:00Z&max_attendees=0';

const BERLIN = { time_zone: 'Europe/Berlin', start_date: '2026-07-01T09:00:00' };
const DAYS = { all_day: true, duration: undefined, start_date: '2026-07-01' };

function days(...ofJuly: number[]): string[] {
  return ofJuly.map((day) => `2026-07-${String(day).padStart(2, '0')}T09:00:00Z`);
}

/** A backend puts the same series every night, and a person cuts it before an occurrence. */
describe('PUT by external id of a series that a person has cut', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let made = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    const nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
  });
  afterAll(async () => application.close());

  /** A series every Wednesday of July and later. */
  function series(fields: object = {}) {
    return {
      title: 'Review',
      start_date: '2026-07-01T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      repeat: { frequency: 'weekly' },
      ...fields,
    };
  }

  /** The nights of one series: each puts the same body, with these differences. */
  async function created(body: object = {}) {
    made += 1;
    const path = `/events/by-external-id/cut-${made}` as const;
    const put = async (fields: object = {}, client = backend) => {
      const answer = await client.send('PUT', path, series({ ...body, ...fields }));
      return { status: answer.status, body: answer.body as BookedEvent };
    };
    const { status, body: event } = await put();
    expect(status).toBe(201);
    return { id: event.id, put, read: async () => (await backend.get(path)).body as Event };
  }

  async function remove(id: number, originalStart: string): Promise<void> {
    const { status } = await ann.client.delete(`/events/${id}/occurrences/${originalStart}?scope=following`);
    expect(status).toBe(204);
  }

  /** @returns the id of the later event */
  async function split(id: number, originalStart: string, patch: object = { title: 'Later' }) {
    const { status, body } = await ann.client.patch(
      `/events/${id}/occurrences/${originalStart}?scope=following`,
      patch,
    );
    expect(status).toBe(200);
    return (body as { event_id: number }).event_id;
  }

  async function startsOf(id: number, window = JULY): Promise<string[]> {
    const { body } = await backend.get(`/events/${id}/occurrences?${window}`);
    return (body as { start: string }[]).map(({ start }) => start);
  }

  async function listed(): Promise<unknown> {
    return (await ann.client.get(`/users/${ann.id}/events?${YEAR}&show_cancelled=true`)).body;
  }

  async function cutOf(id: number): Promise<string | null | undefined> {
    const rows = await query<{ ends_before: string | null }>(
      application.database.url,
      `SELECT ends_before FROM events WHERE id = ${id}`,
    );
    return rows[0]?.ends_before;
  }

  describe.each<[string, (id: number, originalStart: string) => Promise<unknown>]>([
    ['deleted from', remove],
    ['split at', split],
    ['split, with one occurrence left, at', async (id, at) => split(id, at, { repeat: null })],
  ])('%s', (_, cut) => {
    test.each<[string, object, string]>([
      ['an occurrence of an endless rule', {}, '2026-07-15T09:00:00Z'],
      [
        'an occurrence after the clocks change',
        { ...BERLIN, repeat: { frequency: 'daily' } },
        '2026-11-03T08:00:00Z',
      ],
      [
        'an occurrence of a rule with COUNT',
        { repeat: { frequency: 'daily', count: 20 } },
        '2026-07-10T09:00:00Z',
      ],
      [
        'an occurrence of a rule with UNTIL',
        { repeat: { frequency: 'daily', until: '2026-07-20' } },
        '2026-07-10T09:00:00Z',
      ],
      [
        'the second occurrence of a day',
        { repeat: { rrule: 'FREQ=DAILY;BYHOUR=9,17' } },
        '2026-07-10T17:00:00Z',
      ],
      [
        'an occurrence of a rule that starts later',
        { repeat: { rrule: 'FREQ=WEEKLY;BYDAY=FR' } },
        '2026-07-10T09:00:00Z',
      ],
      [
        'the last day of a month',
        { start_date: '2026-07-31T09:00:00Z', repeat: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1' } },
        '2026-10-31T09:00:00Z',
      ],
      ['a day of an all-day series', { ...DAYS, repeat: { frequency: 'daily' } }, '2026-07-10'],
      [
        'an occurrence beside RDATEs and EXDATEs',
        {
          repeat: {
            rrule: 'FREQ=DAILY;COUNT=9',
            rdates: ['2026-07-04T15:00:00Z', '2026-07-20T09:00:00Z'],
            exdates: ['2026-07-03T09:00:00Z', '2026-07-07T09:00:00Z'],
          },
        },
        '2026-07-06T09:00:00Z',
      ],
      [
        'an RDATE beside a rule',
        { repeat: { rrule: 'FREQ=WEEKLY', rdates: ['2026-07-10T15:00:00Z', '2026-07-11T15:00:00Z'] } },
        '2026-07-10T15:00:00Z',
      ],
      [
        'an RDATE after the rule',
        { repeat: { rrule: 'FREQ=DAILY;COUNT=3', rdates: ['2026-07-10T15:00:00Z', '2026-07-11T15:00:00Z'] } },
        '2026-07-11T15:00:00Z',
      ],
      [
        'an occurrence after an RDATE before the rule',
        { repeat: { rrule: 'FREQ=DAILY', rdates: ['2026-06-10T15:00:00Z'] } },
        '2026-07-01T09:00:00Z',
      ],
      [
        'a date of a list of dates',
        { repeat: { rdates: ['2026-07-05T09:00:00Z', '2026-07-09T12:00:00Z', '2026-07-12T09:00:00Z'] } },
        '2026-07-09T12:00:00Z',
      ],
      [
        'the second date of a list of dates',
        { repeat: { rdates: ['2026-07-05T09:00:00Z', '2026-07-09T12:00:00Z'] } },
        '2026-07-05T09:00:00Z',
      ],
      [
        'an RDATE in the second pass of an hour',
        {
          ...BERLIN,
          start_date: '2026-10-20T09:00:00',
          repeat: { rrule: 'FREQ=DAILY;COUNT=9', rdates: ['2026-10-25T01:30:00Z'] },
        },
        '2026-10-25T01:30:00Z',
      ],
      [
        'an RDATE before a start that the clocks skip',
        {
          ...BERLIN,
          start_date: '2026-03-26T02:30:00',
          duration: 600,
          repeat: { rrule: 'FREQ=DAILY;COUNT=9', rdates: ['2026-03-29T01:00:00Z'] },
        },
        '2026-03-29T01:00:00Z',
      ],
    ])('%s: an equal body changes nothing', async (__, body, at) => {
      const { id, put, read } = await created(body);
      await cut(id, at);
      const [before, list, starts] = [await read(), await listed(), await startsOf(id, YEAR)];
      for (let night = 0; night < 2; night += 1) {
        const again = await put();
        expect([again.status, again.body.id, again.body.version]).toEqual([200, id, before.version]);
      }
      expect(await read()).toEqual(before);
      expect(await listed()).toEqual(list);

      // Another title changes no occurrence, and neither does the old one.
      expect((await put({ title: 'Renamed' })).body).toMatchObject({
        title: 'Renamed',
        rrule: before.rrule,
        version: before.version + 1,
      });
      expect(await startsOf(id, YEAR)).toEqual(starts);
      await put();
      expect(await startsOf(id, YEAR)).toEqual(starts);
      await ann.client.delete(`/events/${id}`);
    });

    test('keeps the deleted occurrence, the moved one and the invites before the cut', async () => {
      const { id, put, read } = await created({ repeat: { frequency: 'daily' } });
      const { attendees } = await read();
      await bob.client.post(`/event-invites/${attendees[1].invite_id ?? 0}:accept`, { comment: 'Fine.' });
      await ann.client.delete(`/events/${id}/occurrences/2026-07-02T09:00:00Z`);
      await ann.client.patch(`/events/${id}/occurrences/2026-07-03T09:00:00Z`, {
        start_date: '2026-07-03T15:00:00Z',
      });
      await cut(id, '2026-07-06T09:00:00Z');
      const before = await read();
      await put();
      expect(await read()).toEqual(before);
      await put({ start_date: '2026-07-01T10:00:00Z' });
      expect(await startsOf(id)).toEqual([
        '2026-07-01T10:00:00Z',
        '2026-07-03T15:00:00Z',
        '2026-07-04T10:00:00Z',
        '2026-07-05T10:00:00Z',
      ]);
      expect((await read()).attendees[1]).toMatchObject({ status: 'needs_action', comment: 'Fine.' });
    });
  });

  describe('keeps the cut', () => {
    test.each<[string, object, string[]]>([
      ['another rule', { repeat: { frequency: 'daily', interval: 3 } }, days(1, 4, 7, 10, 13)],
      ['a rule of more days', { repeat: { rrule: 'FREQ=WEEKLY;BYDAY=WE,FR' } }, days(1, 3, 8, 10)],
      ['a rule of another day', { repeat: { rrule: 'FREQ=WEEKLY;BYDAY=TH' } }, days(2, 9)],
      ['a larger COUNT', { repeat: { frequency: 'weekly', count: 30 } }, days(1, 8)],
      ['an end before the cut', { repeat: { frequency: 'weekly', until: '2026-07-07' } }, days(1)],
      ['an earlier start', { start_date: '2026-06-24T09:00:00Z' }, days(1, 8)],
      ['a later start', { start_date: '2026-07-08T09:00:00Z' }, days(8)],
      ['dates before and after it', { repeat: { rdates: days(3, 20) } }, days(1, 3)],
      [
        'RDATEs before and after it',
        { repeat: { rrule: 'FREQ=WEEKLY', rdates: days(3, 20) } },
        days(1, 3, 8),
      ],
      ['no repetition', { repeat: null }, days(1)],
      [
        'a rule at another time of the day of the cut',
        { start_date: '2026-07-01T08:00:00Z', repeat: { frequency: 'daily', interval: 2 } },
        days(1, 3, 5, 7, 9, 11, 13).map((start) => start.replace('09:', '08:')),
      ],
    ])('for %s, also in the night after', async (_, fields, expected) => {
      const { id, put } = await created();
      const later = await split(id, '2026-07-15T09:00:00Z');
      const { status, body } = await put(fields);
      expect(status).toBe(200);
      expect(await startsOf(id)).toEqual(expected);
      expect((await put(fields)).body.version).toBe(body.version);
      expect(await startsOf(later)).toEqual(days(15, 22, 29));
      // The body of the nights before.
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8));
    });

    test('for an EXDATE that it names, and without one', async () => {
      const { id, put } = await created();
      await remove(id, '2026-07-22T09:00:00Z');
      await put({ repeat: { rrule: 'FREQ=WEEKLY', exdates: days(8, 29) } });
      expect(await startsOf(id)).toEqual(days(1, 15));
      await put();
      expect(await startsOf(id)).toEqual(days(1, 15));
      await put({ repeat: { rrule: 'FREQ=WEEKLY', exdates: [] } });
      expect(await startsOf(id)).toEqual(days(1, 8, 15));
    });

    test('after a second cut before the first one', async () => {
      const { id, put, read } = await created();
      await remove(id, '2026-07-29T09:00:00Z');
      const later = await split(id, '2026-07-15T09:00:00Z');
      const before = await read();
      expect((await put()).body.version).toBe(before.version);
      expect([await startsOf(id), await startsOf(later)]).toEqual([days(1, 8), days(15, 22)]);
    });

    test('for the later event, if it gets an external id', async () => {
      const { id } = await created();
      await remove(id, '2026-07-29T09:00:00Z');
      const later = await split(id, '2026-07-15T09:00:00Z');
      await backend.patch(`/events/${later}`, { external_id: `later-${later}` });
      const { status } = await backend.send(
        'PUT',
        `/events/by-external-id/later-${later}`,
        series({ start_date: '2026-07-15T09:00:00Z' }),
      );
      expect([status, await startsOf(later)]).toEqual([200, days(15, 22)]);
    });

    test('after the event got another organizer', async () => {
      const { id, put, read } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      const other = { organizer_user_id: bob.id, invited_user_ids: [ann.id] };
      expect((await put(other)).body.organizer_user_id).toBe(bob.id);
      const before = await read();
      expect((await put(other)).body.version).toBe(before.version);
      expect(await startsOf(id)).toEqual(days(1, 8));
    });

    test('if a cut leaves deleted occurrences alone', async () => {
      const { id, put, read } = await created();
      await ann.client.delete(`/events/${id}/occurrences/2026-07-01T09:00:00Z`);
      await remove(id, '2026-07-08T09:00:00Z');
      const before = await read();
      expect((await put()).body.version).toBe(before.version);
      expect(await startsOf(id)).toEqual([]);
    });

    test('if cuts and nightly requests come at the same time', async () => {
      const { id, put } = await created({ repeat: { frequency: 'daily' } });
      await Promise.all([
        put({ title: 'One' }),
        remove(id, '2026-07-20T09:00:00Z'),
        put({ title: 'Two' }),
        put(),
      ]);
      await put();
      expect((await startsOf(id)).at(-1)).toBe('2026-07-19T09:00:00Z');
    });
  });

  describe('moves the cut', () => {
    test.each<[string, object, string[]]>([
      [
        'to another time',
        { start_date: '2026-07-01T11:00:00Z' },
        ['2026-07-01T11:00:00Z', '2026-07-08T11:00:00Z'],
      ],
      ['to another day', { start_date: '2026-07-02T09:00:00Z' }, days(2, 9)],
      [
        'to another zone at the same instants',
        { time_zone: 'Asia/Tokyo', start_date: '2026-07-01T18:00:00' },
        days(1, 8),
      ],
      ['across midnight', { start_date: '2026-06-30T23:00:00Z' }, ['2026-07-07T23:00:00Z']],
    ])('with a series that moves %s', async (_, times, expected) => {
      const { id, put } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      const moved = await put(times);
      expect(await startsOf(id)).toEqual(expected);
      expect((await put(times)).body.version).toBe(moved.body.version);
      // And back.
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8));

      // A PATCH moves the cut too. UNTIL may be another day without a start.
      await ann.client.patch(`/events/${id}`, times);
      expect(await startsOf(id)).toEqual(expected);
      const { version } = (await put(times)).body;
      expect(await startsOf(id)).toEqual(expected);
      expect((await put(times)).body.version).toBe(version);
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8));
    });

    test('with a series of which one occurrence is left, past the place of the cut', async () => {
      const { id, put } = await created({ repeat: { rrule: 'FREQ=DAILY;BYMINUTE=0,30' } });
      await remove(id, '2026-07-01T09:30:00Z');
      await put({ start_date: '2026-07-01T11:00:00Z' });
      expect(await startsOf(id)).toEqual(['2026-07-01T11:00:00Z']);
    });

    test('with a series that takes whole days', async () => {
      const { id, put } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      await put(DAYS);
      expect(await startsOf(id)).toEqual(['2026-07-01', '2026-07-08']);
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8));
    });

    test('with a batch of changes', async () => {
      const { id, put } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      const moved = { start_date: '2026-07-02T09:00:00Z' };
      await backend.post('/events:batch-update', { requests: [{ id, ...moved }] });
      expect(await startsOf(id)).toEqual(days(2, 9));
      await put(moved);
      expect(await startsOf(id)).toEqual(days(2, 9));
    });
  });

  describe('forgets the cut', () => {
    test.each<[string, object, string[]]>([
      ['an endless rule', { repeat: { frequency: 'weekly' } }, days(1, 8, 15, 22, 29)],
      ['a later end', { repeat: { frequency: 'weekly', until: '2026-07-22' } }, days(1, 8, 15, 22)],
      [
        'a date after it',
        { repeat: { rrule: 'FREQ=WEEKLY;UNTIL=20260714', rdates: days(20) } },
        days(1, 8, 20),
      ],
    ])('after a PATCH that names %s', async (_, patch, expected) => {
      const { id, put } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      expect((await ann.client.patch(`/events/${id}`, patch)).status).toBe(200);
      expect(await startsOf(id)).toEqual(expected);
      expect(await cutOf(id)).toBeNull();
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8, 15, 22, 29));
    });

    test('after such a member of a batch', async () => {
      const { id, put } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      await backend.post('/events:batch-update', { requests: [{ id, repeat: { frequency: 'weekly' } }] });
      const { version } = (await backend.get(`/events/${id}`)).body as Event;
      expect((await put()).body.version).toBe(version);
      expect(await startsOf(id)).toEqual(days(1, 8, 15, 22, 29));
    });

    test.each<[string, (before: Event) => object]>([
      ['other texts', () => ({ title: 'Renamed', repeat: undefined })],
      ['the repetition that the response has', ({ repeat }) => ({ repeat })],
      ['a rule that ends before it', () => ({ repeat: { frequency: 'daily', until: '2026-07-14' } })],
      ['no repetition', () => ({ repeat: null })],
    ])('not after a PATCH that names %s', async (_, patch) => {
      const { id, put, read } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      expect((await ann.client.patch(`/events/${id}`, patch(await read()))).status).toBe(200);
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8));
    });

    test.each<[string, object, string[]]>([
      ['at the cut', { start_date: '2026-07-15T09:00:00Z' }, days(15, 22, 29)],
      ['after it', { start_date: '2026-07-23T09:00:00Z' }, days(23, 30)],
      ['after it, once', { start_date: '2026-07-23T09:00:00Z', repeat: null }, days(23)],
    ])('for a series that starts %s', async (_, fields, expected) => {
      const { id, put } = await created();
      await remove(id, '2026-07-15T09:00:00Z');
      const { status, body } = await put(fields);
      expect([status, body.id, await startsOf(id), await cutOf(id)]).toEqual([200, id, expected, null]);
      expect((await put(fields)).body.version).toBe(body.version);
      await put();
      expect(await startsOf(id)).toEqual(days(1, 8, 15, 22, 29));
    });

    test('with the event, if it is deleted from its first occurrence on', async () => {
      const { id, put } = await created();
      await remove(id, '2026-07-01T09:00:00Z');
      const { status, body } = await put();
      expect(status).toBe(201);
      expect(await startsOf(body.id)).toEqual(days(1, 8, 15, 22, 29));
    });
  });

  test('a change of all occurrences from the first one on is no cut', async () => {
    const { id, put } = await created();
    expect(await split(id, '2026-07-01T09:00:00Z', { title: 'All' })).toBe(id);
    expect([await cutOf(id), (await put()).status]).toEqual([null, 200]);
    expect(await startsOf(id)).toEqual(days(1, 8, 15, 22, 29));
  });

  test('a repeat of the deletion leaves the cut', async () => {
    const { id, put, read } = await created();
    await remove(id, '2026-07-15T09:00:00Z');
    const before = await read();
    const again = await ann.client.delete(`/events/${id}/occurrences/2026-07-15T09:00:00Z?scope=following`);
    expect(again.status).toBe(404);
    expect((await put()).body.version).toBe(before.version);
    expect(await cutOf(id)).toBe('2026-07-15T09:00:00');
  });

  test('a refused body leaves the cut', async () => {
    const { id, put, read } = await created();
    await remove(id, '2026-07-15T09:00:00Z');
    const before = await read();
    expect((await put({ repeat: { rrule: 'FREQ=WEEKLY', exdates: days(2) } })).status).toBe(400);
    expect([await read(), await cutOf(id)]).toEqual([before, '2026-07-15T09:00:00']);
  });

  test('a cut that an instance of the version before did not remember is not kept', async () => {
    const { id, put } = await created();
    await remove(id, '2026-07-15T09:00:00Z');
    await query(application.database.url, `UPDATE events SET ends_before = NULL WHERE id = ${id}`);
    await put();
    expect(await startsOf(id)).toEqual(days(1, 8, 15, 22, 29));
  });
});
