import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import { CalendarText, type PublishedCalendar } from '../../../src/icalendar/export/calendar-text.js';
import { CalendarMirror } from '../../../src/icalendar/import/calendar-mirror.js';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { onBehalfOf } from '../../support/service/callers-context.js';
import { TestClock } from '../../support/service/test-clock.js';

const WINDOW = 'from=2126-01-01T00:00:00Z&to=2127-01-01T00:00:00Z';
const NOTHING = {
  created: 0,
  replaced: 0,
  unchanged: 0,
  deleted: 0,
  refused: 0,
  name: null,
  refreshInterval: null,
};

let application: TestApplication;
let client: Client;
let ann: FileUser;
let calendarId: number;

beforeAll(async () => {
  application = await startTestApplication({}, new TestClock('2126-03-01T00:00:00Z'));
  client = new Client(application.url);
});
beforeEach(async () => {
  ann = await FileUser.of(client);
  calendarId = (await client.create(`/users/${ann.id}/calendars`, { name: 'Holidays' })).body.id;
});
afterAll(async () => application.close());

async function asAnn<T>(work: () => Promise<T>): Promise<T> {
  const actor = { kind: 'user', tenantId: DEFAULT_TENANT_ID, userId: ann.id } as const;
  return onBehalfOf(application.app, actor, work);
}

async function mirror(file: string) {
  return asAnn(async () =>
    application.app.get(CalendarMirror).replace(ann.id, calendarId, Buffer.from(file)),
  );
}

async function listed() {
  const { body } = await client.get(`/calendars/${calendarId}/events?${WINDOW}`);
  return body as { id: number; title: string; version: number }[];
}

async function publishedLines(fields: Partial<PublishedCalendar> = {}): Promise<string[]> {
  const calendar = {
    calendarId,
    detail: 'full',
    includePrivate: false,
    properties: { method: 'PUBLISH', refreshInterval: 3_600 },
    ...fields,
  } as const;
  return asAnn(async () => {
    let text = '';
    for await (const part of application.app.get(CalendarText).published(calendar)) text += part;
    return linesOf(text);
  });
}

function titlesIn(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith('SUMMARY:')).map((line) => line.slice('SUMMARY:'.length));
}

describe('a calendar that mirrors a file', () => {
  test('has the changed occurrences alone, if the file no longer has their series', async () => {
    await mirror(calendarFile(vevent('RRULE:FREQ=DAILY;COUNT=5', 'SUMMARY:Series')));
    const alone = vevent(
      'RECURRENCE-ID:21260305T090000Z',
      'DTSTART:21260305T110000Z',
      'DTEND:21260305T120000Z',
    );
    expect(await mirror(calendarFile(alone))).toEqual({ ...NOTHING, replaced: 1 });
    expect(await listed()).toMatchObject([{ title: 'One', start_date: '2126-03-05T11:00:00Z' }]);
  });

  test('has the events of the file, and no others', async () => {
    expect(await mirror(calendarFile(vevent('UID:a', 'SUMMARY:A'), vevent('UID:b', 'SUMMARY:B')))).toEqual({
      ...NOTHING,
      created: 2,
    });
    const before = await listed();
    const next = calendarFile(vevent('UID:a', 'SUMMARY:A2'), vevent('UID:c', 'SUMMARY:C'));
    expect(await mirror(next)).toEqual({ ...NOTHING, created: 1, replaced: 1, deleted: 1 });
    const after = await listed();
    expect(after.map(({ title }) => title).toSorted()).toEqual(['A2', 'C']);
    const idOf = (events: typeof after, title: string) => events.find((event) => event.title === title)?.id;
    expect(idOf(after, 'A2')).toBe(idOf(before, 'A'));
  });

  test('does not change if DTSTAMP alone does', async () => {
    await mirror(calendarFile(vevent('UID:a')));
    const later = calendarFile(vevent('UID:a', 'DTSTAMP:21270101T000000Z'));
    expect(await mirror(later)).toEqual({ ...NOTHING, unchanged: 1 });
    expect((await listed()).map(({ version }) => version)).toEqual([1]);
  });

  test.each([
    ['are new in each file', (round: number) => [`UID:${round}-a`, `UID:${round}-b`]],
    ['are absent', () => ['X-NO:UID', 'X-NO:UID']],
  ])('keeps its events if the UIDs %s', async (_, uidsOf) => {
    const fileOf = (round: number) => {
      const [a, b] = uidsOf(round).map((line, index) =>
        vevent(line, `SUMMARY:${index}`).filter((one) => line.startsWith('UID') || !one.startsWith('UID')),
      );
      return calendarFile(a, b);
    };
    await mirror(fileOf(1));
    const before = await listed();
    expect(await mirror(fileOf(2))).toEqual({ ...NOTHING, unchanged: 2 });
    expect(await mirror(fileOf(3))).toEqual({ ...NOTHING, unchanged: 2 });
    expect(await listed()).toEqual(before);
  });

  test('is a namespace of UIDs of its own', async () => {
    const own = await ann.importOne(calendarFile(vevent('UID:a', 'SUMMARY:Own')));
    await mirror(calendarFile(vevent('UID:a', 'SUMMARY:Mirrored')));
    expect((await ann.importOne(calendarFile(vevent('UID:a', 'SUMMARY:Own')))).status).toBe('unchanged');
    expect((await listed()).map(({ title }) => title)).toEqual(['Mirrored']);
    expect((await ann.event(own.event_id)).title).toBe('Own');
  });

  test.each([
    ['nothing', ''],
    ['a page to log in', '<html>Log in</html>'],
    ['half a file', calendarFile(vevent('UID:a')).slice(0, -10)],
  ])('stays as it is if the file is %s', async (_, file) => {
    await mirror(calendarFile(vevent('UID:a')));
    await expect(mirror(file)).rejects.toMatchObject({ kind: 'invalid', code: 'invalid_icalendar' });
    expect(await listed()).toHaveLength(1);
  });

  test('leaves out what the service cannot keep', async () => {
    const file = calendarFile(vevent('UID:a'), vevent('UID:b', 'RRULE:FREQ=SECONDLY'));
    expect(await mirror(file)).toEqual({ ...NOTHING, created: 1, refused: 1 });
  });
});

describe('a published calendar', () => {
  beforeEach(async () => {
    const query = `?calendar_id=${calendarId}`;
    const file = calendarFile(
      vevent(
        'UID:open',
        'SUMMARY:Open',
        'X-A:b',
        'ATTENDEE:mailto:zoe@example.net',
        `ORGANIZER:mailto:${ann.email}`,
      ),
      vevent('UID:secret', 'SUMMARY:Secret', 'CLASS:PRIVATE'),
      vevent('UID:free', 'SUMMARY:Free', 'TRANSP:TRANSPARENT'),
      vevent('UID:off', 'SUMMARY:Off', 'STATUS:CANCELLED'),
      vevent('UID:series', 'SUMMARY:Series', 'RRULE:FREQ=DAILY;COUNT=3'),
      vevent('UID:series', 'SUMMARY:Series', 'RECURRENCE-ID:21260305T090000Z', 'STATUS:CANCELLED'),
    );
    await ann.import(file, query);
  });

  test('has public events in full, private ones as busy, and no cancelled ones', async () => {
    const lines = await publishedLines();
    expect(titlesIn(lines)).toEqual(['Open', 'Busy', 'Free', 'Series']);
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:PUBLISH',
        'X-WR-CALNAME:Holidays',
        'X-PUBLISHED-TTL:PT1H',
        'EXDATE:21260305T090000Z',
        'UID:open',
      ]),
    );
    expect(lines.join()).not.toMatch(/CANCELLED|zoe@|ATTENDEE|ORGANIZER|X-A/);
  });

  test('has private events in full if the feed includes them', async () => {
    expect(titlesIn(await publishedLines({ includePrivate: true }))).toContain('Secret');
  });

  test('has the times of busy events alone, without their rules', async () => {
    const lines = await publishedLines({ detail: 'busy' });
    expect(titlesIn(lines)).toEqual(['Busy', 'Busy', 'Busy', 'Busy']);
    expect(lines.join()).not.toMatch(/RRULE|UID:(open|secret|series)/);
  });

  test('is the same text each time', async () => {
    expect(await publishedLines()).toEqual(await publishedLines());
  });
});
