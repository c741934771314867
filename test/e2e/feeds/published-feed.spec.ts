import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';
import { TestClock } from '../../support/service/test-clock.js';

const START = '2026-03-10T09:00:00Z';
const DAILY = { frequency: 'daily', count: 3 } as const;

interface Feed {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly tag: string;
}

/** The values of a property in the text, unfolded. */
function valuesOf(text: string, property: string): string[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  return lines.filter((line) => line.startsWith(property)).map((line) => line.slice(property.length));
}

function titlesOf({ text }: Feed): string[] {
  return valuesOf(text, 'SUMMARY:');
}

describe('a feed', () => {
  let clock: TestClock;
  let application: TestApplication;
  let second: TestApplication;
  let ann: Account;
  let bob: Account;
  let calendarId: number;
  let statements: SentStatements;

  beforeAll(async () => {
    clock = new TestClock();
    application = await startTestApplication({ AUTH_MODE: 'required' }, clock);
    second = await startTestApplication({ AUTH_MODE: 'required' }, clock, undefined, application.database);
    statements = new SentStatements(application);
    const anyone = new Client(application.url);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => {
    await second.close();
    await application.close();
  });
  beforeEach(async () => {
    calendarId = await addCalendar(ann, 'Work; and play');
  });

  async function addressOf(fields: object = { detail: 'full' }): Promise<string> {
    const body = { detail: 'full', ...fields } as const;
    return (await ann.client.create(`/calendars/${calendarId}/feeds`, body)).body.url;
  }

  async function read(path: string, tag?: string, { url } = application): Promise<Feed> {
    const response = await fetch(url + path, { headers: tag === undefined ? {} : { 'if-none-match': tag } });
    const { status, headers } = response;
    return { status, headers, text: await response.text(), tag: headers.get('etag') as string };
  }

  async function addEvent(fields: Partial<NewEvent> = {}): Promise<number> {
    const { body } = await ann.client.create('/events', {
      title: 'Planning',
      start_date: START,
      duration: 3600,
      organizer_user_id: ann.id,
      calendar_id: calendarId,
      ...fields,
    });
    return body.id;
  }

  test('needs no token, also in AUTH_MODE=required, and is a whole calendar', async () => {
    await addEvent({ description: 'One;\ntwo', location: 'Room 1' });
    const { status, headers, text } = await read(await addressOf());
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(valuesOf(text, 'DESCRIPTION:')).toEqual(['One\\;\\ntwo']);
  });

  test('has the properties that Google, Apple and Outlook need', async () => {
    const { text } = await read(await addressOf());
    expect(valuesOf(text, 'METHOD:')).toEqual(['PUBLISH']);
    expect(valuesOf(text, 'X-WR-CALNAME:')).toEqual(['Work\\; and play']);
    expect(valuesOf(text, 'REFRESH-INTERVAL;VALUE=DURATION:')).toEqual(['PT1H']);
    expect(valuesOf(text, 'X-PUBLISHED-TTL:')).toEqual(['PT1H']);
  });

  test('has the events of its calendar alone', async () => {
    await addEvent();
    await addEvent({ title: 'Elsewhere', calendar_id: await addCalendar(ann, 'Other') });
    expect(titlesOf(await read(await addressOf()))).toEqual(['Planning']);
  });

  describe('shows a private event', () => {
    test.each([
      [{}, 'Busy'],
      [{ include_private: true }, 'Secret'],
      [{ detail: 'busy' }, 'Busy'],
      [{ detail: 'busy', include_private: true }, 'Busy'],
    ])('with %j as "%s"', async (fields, title) => {
      await addEvent({ title: 'Secret', description: 'Secret', location: 'Secret', visibility: 'private' });
      const feed = await read(await addressOf(fields));
      expect(titlesOf(feed)).toEqual([title]);
      expect(feed.text.includes('Secret')).toBe(title === 'Secret');
    });
  });

  test.each([
    [{}, []],
    [{ include_private: true }, ['Secret']],
    [{ detail: 'busy' }, []],
  ])('with %j shows a private event that takes no time as %j', async (fields, titles) => {
    await addEvent({ title: 'Secret', visibility: 'private', show_as: 'free' });
    expect(titlesOf(await read(await addressOf(fields)))).toEqual(titles);
  });

  test('with the detail busy has the times alone', async () => {
    await addEvent({ description: 'Secret', location: 'Secret', repeat: DAILY });
    const feed = await read(await addressOf({ detail: 'busy' }));
    // Not as a series: its rule would tell more than its times.
    expect(titlesOf(feed)).toEqual(['Busy', 'Busy', 'Busy']);
    expect(valuesOf(feed.text, 'DTSTART:')).toEqual([
      '20260310T090000Z',
      '20260311T090000Z',
      '20260312T090000Z',
    ]);
    expect(feed.text).not.toContain('Secret');
  });

  test('has no people', async () => {
    await addEvent({ invited_user_ids: [bob.id], invited: [{ email: 'guest@example.com', name: 'Guest' }] });
    const { text } = await read(await addressOf());
    expect(text).not.toContain('example.com');
    expect(text).not.toContain('ATTENDEE');
  });

  test('leaves out cancelled events, and cancelled occurrences as EXDATE in the form of DTSTART', async () => {
    const cancelled = await addEvent({ title: 'Cancelled' });
    await ann.client.patch(`/events/${cancelled}`, { status: 'cancelled' });
    const series = await addEvent({ title: 'Series', repeat: DAILY, time_zone: 'Europe/Berlin' });
    await ann.client.patch(`/events/${series}/occurrences/2026-03-11T09:00:00Z`, { status: 'cancelled' });
    await ann.client.delete(`/events/${series}/occurrences/2026-03-12T09:00:00Z`);
    const feed = await read(await addressOf());
    expect(titlesOf(feed)).toEqual(['Series']);
    expect(feed.text).not.toContain('CANCELLED');
    expect(valuesOf(feed.text, 'DTSTART;TZID=Europe/Berlin:')).toEqual(['20260310T100000']);
    const excluded = valuesOf(feed.text, 'EXDATE;TZID=Europe/Berlin:').flatMap((dates) => dates.split(','));
    expect(excluded.toSorted()).toEqual(['20260311T100000', '20260312T100000']);
  });

  test('leaves out events that the user has declined', async () => {
    const { body: event } = await bob.client.create('/events', {
      title: 'Declined',
      start_date: START,
      duration: 3600,
      organizer_user_id: bob.id,
      invited_user_ids: [ann.id],
    });
    await ann.client.patch(`/users/${ann.id}/events/${event.id}`, { calendar_id: calendarId });
    const path = await addressOf();
    expect(titlesOf(await read(path))).toEqual(['Declined']);
    await ann.client.post(`/event-invites/${event.attendees[1].invite_id}:decline`);
    expect(titlesOf(await read(path))).toEqual([]);
  });

  describe('has an ETag:', () => {
    test('a reader that sends it gets a 304 until something changes', async () => {
      const id = await addEvent();
      const path = await addressOf();
      const first = await read(path);
      expect(first.tag).toMatch(/^"[0-9a-f]{32}"$/);
      const same = await read(path, first.tag);
      expect(same).toMatchObject({ status: 304, text: '', tag: first.tag });
      await ann.client.patch(`/events/${id}`, { title: 'Changed' });
      const changed = await read(path, first.tag);
      expect(changed.status).toBe(200);
      expect(changed.tag).not.toBe(first.tag);
    });

    test('the same on every instance, and from every rendering', async () => {
      await addEvent({ repeat: DAILY });
      const [path, other] = [await addressOf(), await addressOf()];
      const first = await read(path);
      // Longer than an instance keeps a rendering.
      clock.advance(301);
      const later = [await read(path), await read(other), await read(path, undefined, second)];
      expect(later.map(({ tag, text }) => [tag, text])).toEqual(later.map(() => [first.tag, first.text]));
    });

    test('and a text that is written once while nothing changes', async () => {
      const id = await addEvent({ repeat: DAILY });
      const path = await addressOf();
      const statementsOfRead = async () => {
        statements.take();
        await read(path);
        return statements.take().filter((sent) => /occurrence_overrides|guests|event_contents/.test(sent))
          .length;
      };
      expect(await statementsOfRead()).toBeGreaterThan(0);
      expect(await statementsOfRead()).toBe(0);
      await ann.client.patch(`/events/${id}`, { title: 'Changed' });
      expect(await statementsOfRead()).toBeGreaterThan(0);
    });

    test('another one for another detail', async () => {
      await addEvent();
      expect((await read(await addressOf())).tag).not.toBe(
        (await read(await addressOf({ detail: 'busy' }))).tag,
      );
    });
  });

  describe('has at once, on every instance,', () => {
    type Change = (id: number) => Promise<unknown>;
    test.each<[string, Change, string[]]>([
      ['a new title', async (id) => ann.client.patch(`/events/${id}`, { title: 'New' }), ['New', 'Stays']],
      ['a new event', async () => addEvent({ title: 'Added' }), ['Added', 'Planning', 'Stays']],
      ['a deletion', async (id) => ann.client.delete(`/events/${id}`), ['Stays']],
      ['a cancellation', async (id) => ann.client.patch(`/events/${id}`, { status: 'cancelled' }), ['Stays']],
      [
        'a changed visibility',
        async (id) => ann.client.patch(`/events/${id}`, { visibility: 'private' }),
        ['Busy', 'Stays'],
      ],
      [
        'a move to another calendar',
        async (id) => ann.client.patch(`/events/${id}`, { calendar_id: await addCalendar(ann, 'Other') }),
        ['Stays'],
      ],
    ])('%s', async (_, change, titles) => {
      const id = await addEvent();
      await addEvent({ title: 'Stays' });
      const path = await addressOf();
      const instances = [application, second];
      for (const instance of instances)
        expect(titlesOf(await read(path, undefined, instance)).toSorted()).toEqual(['Planning', 'Stays']);
      await change(id);
      for (const instance of instances)
        expect(titlesOf(await read(path, undefined, instance)).toSorted()).toEqual(titles);
    });

    test('a new name of the calendar', async () => {
      const path = await addressOf();
      await read(path);
      await ann.client.patch(`/calendars/${calendarId}`, { name: 'Renamed' });
      expect(valuesOf((await read(path)).text, 'X-WR-CALNAME:')).toEqual(['Renamed']);
    });

    test('its end', async () => {
      const path = await addressOf();
      for (const instance of [application, second])
        expect((await read(path, undefined, instance)).status).toBe(200);
      await ann.client.delete(`/calendars/${calendarId}?events=delete`);
      for (const instance of [application, second])
        expect((await read(path, undefined, instance)).status).toBe(404);
    });
  });

  test('that is larger than what an instance keeps has the same text and tag', async () => {
    await addEvent({ title: 'ä'.repeat(200) });
    const path = await addressOf();
    const kept = await read(path);
    const environment = { AUTH_MODE: 'required', CALENDAR_CACHE_MB: '0' };
    const small = await startTestApplication(environment, clock, undefined, application.database);
    try {
      const streamed = await read(path, undefined, small);
      expect([streamed.text, streamed.tag]).toEqual([kept.text, kept.tag]);
      expect(streamed.headers.get('content-length')).toBeNull();
      expect((await read(path, kept.tag, small)).status).toBe(304);
    } finally {
      await small.close();
    }
  });

  test('that an instance keeps compressed has the same text and tag, and is written once', async () => {
    for (let index = 0; index < 120; index++)
      await addEvent({ title: `${index} ${'a'.repeat(190)}`, desc: 'x'.repeat(1_000) });
    const path = await addressOf();
    const kept = await read(path);
    const environment = { AUTH_MODE: 'required', CALENDAR_CACHE_MB: '1' };
    const small = await startTestApplication(environment, clock, undefined, application.database);
    const sent = new SentStatements(small);
    try {
      expect(kept.text.length).toBeGreaterThan(2 ** 20 / 8 / 4);
      for (const reads of ['first', 'second']) {
        sent.take();
        const streamed = await read(path, undefined, small);
        expect([streamed.text, streamed.tag]).toEqual([kept.text, kept.tag]);
        const written = sent.take().filter((one) => one.includes('event_contents')).length;
        expect([reads, written > 0]).toEqual([reads, reads === 'first']);
      }
    } finally {
      await small.close();
    }
  });

  test('is read by HEAD without its text', async () => {
    const path = await addressOf();
    const response = await fetch(application.url + path, { method: 'HEAD' });
    expect([response.status, response.headers.get('etag')]).toEqual([200, (await read(path)).tag]);
  });

  test.each([
    'feed_short',
    'x'.repeat(48),
    `feed_${'x'.repeat(43)}`,
    `feed_${'x'.repeat(5_000)}`,
    '%00',
    'feed_%ff',
  ])('is not at the token %s', async (token) => {
    expect([404, 400]).toContain((await read(`/feeds/${token}/calendar.ics`)).status);
  });
});
