import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  BookedEvent,
  Answer as InviteAnswer,
  NewEvent,
} from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, nextPage } from '../../support/client/client.js';
import type { SuccessBody } from '../../support/client/documented-body.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const MARCH = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';
const NINE = 'T09:00:00Z';
const TEN = 'T10:00:00Z';

type ListedElement = SuccessBody<'GET', '/users/1/events'>[number];

/** The elements of a list, page by page, and the links that led on. */
async function pagesOf(
  client: Client,
  path: `/users/${number}/events?${string}`,
): Promise<{ elements: ListedElement[]; links: string[] }> {
  const elements: ListedElement[] = [];
  const links: string[] = [];
  for await (const page of client.pages(path)) {
    elements.push(...page.body);
    const next = nextPage(page);
    if (next !== undefined) links.push(next);
  }
  return { elements, links };
}

function keyIn(link: string): unknown[] {
  const token = new URL(link, 'http://localhost').searchParams.get('page_token') ?? '';
  return JSON.parse(Buffer.from(token, 'base64url').toString());
}

function occurrence(start: string, end: string): { start: string; end: string } {
  return { start, end };
}

async function list(reader: Account, of: Account, query = ''): Promise<ListedElement[]> {
  return (await pagesOf(reader.client, `/users/${of.id}/events?${MARCH}&${query}`)).elements;
}

async function answer(
  account: Account,
  event: BookedEvent,
  verb: InviteVerb,
  body?: InviteAnswer,
): Promise<void> {
  const attendee = event.attendees.find(({ user }) => user?.id === account.id);
  const answered = await account.client.post(`/event-invites/${attendee?.invite_id}:${verb}`, body);
  expect(answered.status).toBe(200);
}

function redactedForm(occurrences: readonly { start: string; end: string }[]): object {
  return {
    redacted: true,
    visibility: 'private',
    start_date: occurrences[0]?.start,
    end_date: occurrences[0]?.end,
    all_day: false,
    floating: false,
    occurrences,
    occurrences_truncated: false,
  };
}

function endAfter(seconds: number): string {
  return new Date(Date.parse(`2026-03-02${NINE}`) + seconds * 1000).toISOString().replace('.000', '');
}

describe('lists', () => {
  let application: TestApplication;
  let ann: Account;
  let bob: Account;
  let cid: Account;
  let eve: Account;
  let people = 0;

  beforeAll(async () => {
    application = await startTestApplication();
  });
  afterAll(async () => application.close());

  async function newPeople(): Promise<void> {
    const nobody = new Client(application.url);
    people += 1;
    const accounts: Account[] = [];
    for (const name of ['ann', 'bob', 'cid', 'eve']) accounts.push(await signUp(nobody, `${name}${people}`));
    [ann, bob, cid, eve] = accounts as [Account, Account, Account, Account];
  }

  async function create(fields: Partial<NewEvent>) {
    const { status, body } = await ann.client.post('/events', {
      title: 'Planning',
      start_date: `2026-03-02${NINE}`,
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id, cid.id],
      ...fields,
    });
    expect(status).toBe(201);
    return body;
  }

  describe('a private event in the list of another user', () => {
    beforeAll(newPeople);
    let series: BookedEvent;
    const weekly = { visibility: 'private', repeat: { frequency: 'weekly', count: 3 } } as const;

    beforeAll(async () => {
      series = await create(weekly);
      const moved = `/events/${series.id}/occurrences/2026-03-09${NINE}`;
      await ann.client.patch(moved, { start_date: '2026-03-10T15:00:00Z' });
    });

    test.each(['false', 'true'])('is times alone, with expand=%s', async (expand) => {
      const times = [
        occurrence(`2026-03-02${NINE}`, `2026-03-02${TEN}`),
        occurrence('2026-03-10T15:00:00Z', '2026-03-10T16:00:00Z'),
        occurrence(`2026-03-16${NINE}`, `2026-03-16${TEN}`),
      ];
      const expected = expand === 'true' ? times.map((one) => redactedForm([one])) : [redactedForm(times)];
      for (const user of [ann, bob, cid]) expect(await list(eve, user, `expand=${expand}`)).toEqual(expected);
    });

    test('starts where the list shows it first, and not where the series does', async () => {
      const { body } = await eve.client.get(
        `/users/${bob.id}/events?from=2026-03-15T00:00:00Z&to=2026-03-20T00:00:00Z`,
      );
      expect(body).toMatchObject([{ start_date: `2026-03-16${NINE}`, end_date: `2026-03-16${TEN}` }]);
    });

    test('is whole for those who attend it', async () => {
      const [own] = await list(cid, bob);
      expect(own).toMatchObject({ redacted: false, id: series.id, title: 'Planning', attendees_omitted: 0 });
      expect(own.occurrences[1]).toEqual({
        start: '2026-03-10T15:00:00Z',
        end: '2026-03-10T16:00:00Z',
        original_start: `2026-03-09${NINE}`,
        status: 'confirmed',
        attendee_status: 'needs_action',
      });
    });

    test('keeps its id for a caller who names it', async () => {
      expect((await eve.client.get(`/events/${series.id}`)).body).toEqual({
        redacted: true,
        id: series.id,
        visibility: 'private',
        start_date: `2026-03-02${NINE}`,
        end_date: `2026-03-02${TEN}`,
        all_day: false,
        floating: false,
      });
      const { body } = await eve.client.get(`/events/${series.id}/occurrences?${MARCH}`);
      expect(body[0]).toMatchObject({ redacted: true, event_id: series.id, visibility: 'private' });
    });

    test('is in no list of a user who declined it', async () => {
      await answer(bob, series, 'decline', { original_start: `2026-03-16${NINE}` });
      const starts = async () => (await list(eve, bob, 'expand=true')).map(({ start_date: start }) => start);
      expect(await starts()).toEqual([`2026-03-02${NINE}`, '2026-03-10T15:00:00Z']);
      expect((await list(eve, bob))[0].occurrences).toHaveLength(2);
      await answer(bob, series, 'decline');
      expect(await starts()).toEqual([]);
      expect(await list(eve, bob)).toEqual([]);
      await answer(bob, series, 'accept', { original_start: `2026-03-16${NINE}` });
      expect(await starts()).toEqual([`2026-03-16${NINE}`]);
      expect(await list(eve, bob)).toMatchObject([{ occurrences: [{ start: `2026-03-16${NINE}` }] }]);
      expect(await list(eve, cid)).toMatchObject([{ occurrences: { length: 3 } }]);
      expect((await list(bob, bob))[0].occurrences).toHaveLength(1);
    });
  });

  describe('private events that start together', () => {
    const lengths = [600, 1200, 1800, 2400, 3000];
    beforeAll(async () => {
      await newPeople();
      for (const duration of lengths) {
        await create({ visibility: 'private', duration });
        await create({ title: `public ${duration}`, duration });
      }
    });

    test.each(['false', 'true'])('are paged without a trace of them, with expand=%s', async (expand) => {
      const paged = `/users/${bob.id}/events?${MARCH}&expand=${expand}&limit=1` as const;
      const { elements, links } = await pagesOf(eve.client, paged);
      expect(elements).toHaveLength(10);
      expect(elements).toEqual(await list(eve, bob, `expand=${expand}`));
      expect(elements.map(({ redacted }) => redacted)).toEqual([
        ...Array(5).fill(false),
        ...Array(5).fill(true),
      ]);
      const start = Date.parse(`2026-03-02${NINE}`);
      const keys = links.slice(5).map(keyIn);
      for (const key of keys) expect(key.slice(0, 2)).toEqual([start, 2 ** 31]);
      expect(keys.map(([, , place]) => Number(place) / 2501)).toEqual([0, 1, 2, 3]);
    });

    test('stand in an order of each list, which is not that of their ids', async () => {
      const orders = new Set<string>();
      for (const user of [ann, bob, cid]) {
        const ends = (await list(eve, user))
          .filter(({ redacted }) => redacted)
          .map(({ end_date: end }) => end);
        expect(new Set(ends)).toEqual(new Set(lengths.map(endAfter)));
        expect(ends).toHaveLength(lengths.length);
        orders.add(ends.join());
      }
      expect(orders.size).toBeGreaterThan(1);
    });
  });

  describe('cancelled events and occurrences', () => {
    let single: BookedEvent;
    let series: BookedEvent;
    beforeAll(async () => {
      await newPeople();
      single = await create({ start_date: `2026-03-03${NINE}` });
      series = await create({
        repeat: { frequency: 'daily', count: 5, exdates: [`2026-03-03${NINE}`] },
      });
      await ann.client.patch(`/events/${single.id}`, { status: 'cancelled' });
      const path = `/events/${series.id}/occurrences`;
      await ann.client.delete(`${path}/2026-03-04${NINE}`);
      await ann.client.patch(`${path}/2026-03-05${NINE}`, { start_date: `2026-03-20${NINE}`, title: 'Late' });
      await ann.client.patch(`${path}/2026-03-05${NINE}`, { status: 'cancelled' });
    });

    test('are listed only where they are asked for', async () => {
      expect(await list(bob, bob)).toMatchObject([{ id: series.id, occurrences: { length: 2 } }]);
      const all = await list(bob, bob, 'show_cancelled=true');
      expect(all.map(({ id, status }) => [id, status])).toEqual([
        [series.id, 'confirmed'],
        [single.id, 'cancelled'],
      ]);
      expect(all[0].occurrences.map(({ start, status }) => [start, status])).toEqual([
        [`2026-03-02${NINE}`, 'confirmed'],
        [`2026-03-04${NINE}`, 'cancelled'],
        [`2026-03-06${NINE}`, 'confirmed'],
        [`2026-03-20${NINE}`, 'cancelled'],
      ]);
      expect(all[1].occurrences).toMatchObject([{ start: `2026-03-03${NINE}`, status: 'cancelled' }]);
      expect(await list(bob, bob, 'show_cancelled=false')).toEqual(await list(bob, bob));
    });

    test('are elements of their own in an expanded list', async () => {
      const expanded = await list(bob, bob, 'show_cancelled=true&expand=true&limit=2');
      expect(expanded.map(({ occurrences: [one] }) => [one.start.slice(8, 10), one.status])).toEqual([
        ['02', 'confirmed'],
        ['03', 'cancelled'],
        ['04', 'cancelled'],
        ['06', 'confirmed'],
        ['20', 'cancelled'],
      ]);
    });

    test('are among the occurrences of an event', async () => {
      const path = `/events/${series.id}/occurrences?${MARCH}` as const;
      expect((await bob.client.get(path)).body).toHaveLength(2);
      const { body } = await bob.client.get(`${path}&show_cancelled=true`);
      expect(body.map(({ start, status }) => [start, status])).toEqual([
        [`2026-03-02${NINE}`, 'confirmed'],
        [`2026-03-04${NINE}`, 'cancelled'],
        [`2026-03-06${NINE}`, 'confirmed'],
        [`2026-03-20${NINE}`, 'cancelled'],
      ]);
      expect(body[3]).toMatchObject({ title: 'Late', original_start: `2026-03-05${NINE}` });
      expect((await bob.client.get(`/events/${single.id}/occurrences?${MARCH}`)).body).toEqual([]);
      const cancelled = await bob.client.get(`/events/${single.id}/occurrences?${MARCH}&show_cancelled=true`);
      expect(cancelled.body).toMatchObject([{ status: 'cancelled' }]);
    });

    test('that an occurrence was cancelled last is seen in a window of nothing else', async () => {
      const window = 'from=2026-03-04T00:00:00Z&to=2026-03-05T00:00:00Z';
      expect((await bob.client.get(`/users/${bob.id}/events?${window}`)).body).toEqual([]);
      const { body } = await bob.client.get(`/users/${bob.id}/events?${window}&show_cancelled=true`);
      expect(body).toMatchObject([{ id: series.id, occurrences: [{ status: 'cancelled' }] }]);
    });
  });

  describe('a cancelled private event', () => {
    let single: BookedEvent;
    let series: BookedEvent;
    beforeAll(async () => {
      await newPeople();
      single = await create({ visibility: 'private' });
      series = await create({
        visibility: 'private',
        start_date: `2026-03-09${NINE}`,
        repeat: { frequency: 'daily', count: 2 },
      });
      await ann.client.patch(`/events/${single.id}`, { status: 'cancelled' });
      await ann.client.delete(`/events/${series.id}/occurrences/2026-03-09${NINE}`);
    });

    test.each(['', 'show_cancelled=true'])('is in no list of a stranger, with "%s"', async (query) => {
      for (const expand of ['true', 'false']) {
        const seen = await list(eve, bob, `${query}&expand=${expand}`);
        expect(seen).toMatchObject([{ occurrences: [{ start: `2026-03-10${NINE}` }] }]);
        expect(seen[0].occurrences).toHaveLength(1);
      }
      const occurrences = async (id: number) =>
        (await eve.client.get(`/events/${id}/occurrences?${MARCH}&${query}`)).body;
      expect(await occurrences(single.id)).toEqual([]);
      expect(await occurrences(series.id)).toMatchObject([{ start: `2026-03-10${NINE}` }]);
    });

    test('is seen by those who attend it, if they ask', async () => {
      const seen = await list(cid, bob, 'show_cancelled=true');
      expect(seen).toMatchObject([{ id: single.id, status: 'cancelled' }, { id: series.id }]);
      expect(seen[1].occurrences).toMatchObject([{ status: 'cancelled' }, { status: 'confirmed' }]);
    });

    test('is not busy, no conflict and no reason', async () => {
      const { body: busy } = await eve.client.get(`/free-busy?user_ids=${bob.id}&${MARCH}`);
      expect(busy[0].busy).toEqual([{ start: `2026-03-10${NINE}`, end: `2026-03-10${TEN}` }]);
      for (const day of ['2026-03-02', '2026-03-09']) {
        const from = `from=${day}${NINE}&to=${day}${TEN}`;
        const { body } = await eve.client.get(
          `/events:nearest-empty-time-interval?duration=1h&user_ids=${bob.id}&${from}`,
        );
        expect(body).toMatchObject({ start: `${day}${NINE}`, reasons: [] });
        const booked = await eve.client.post('/events', {
          title: 'Mine',
          start_date: `${day}${NINE}`,
          duration: 60,
          organizer_user_id: eve.id,
          invited_user_ids: [bob.id],
        });
        expect(booked.body).toMatchObject({ title: 'Mine', conflicts: [] });
      }
    });
  });
});
