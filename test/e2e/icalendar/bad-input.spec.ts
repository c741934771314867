import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const MIB = 2 ** 20;
const WHOLE = calendarFile(vevent());
const MILLION = 'x'.repeat(MIB);

const large = (index: number) =>
  vevent(`UID:${index}`, ...Array.from({ length: 2_000 }, () => `X-FILL:${'x'.repeat(60)}`));

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
afterAll(async () => application.close());

async function eventsOf({ id }: FileUser): Promise<number> {
  const { body } = await client.get(`/users/${id}/events?from=2126-01-01T00:00:00Z&to=2127-01-01T00:00:00Z`);
  return (body as object[]).length;
}

describe('a body that is not iCalendar', () => {
  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['a page to log in', '<!doctype html><html><body>Log in</body></html>'],
    ['JSON', '{"title":"x"}'],
    ['half a file', WHOLE.slice(0, -20)],
    ['half an event', WHOLE.slice(0, 120)],
    ['an END alone', 'END:VCALENDAR\r\n'],
    ['a VEVENT alone', vevent().join('\r\n')],
    ['bytes of no text', Uint8Array.from({ length: 2_000 }, (_, index) => (index * 37) % 256)],
    [
      '5,000 components within each other',
      `BEGIN:VCALENDAR\r\n${'BEGIN:X\r\n'.repeat(5_000)}${'END:X\r\n'.repeat(5_000)}END:VCALENDAR\r\n`,
    ],
    [
      '5,000 components within an event',
      calendarFile(
        vevent().toSpliced(
          -1,
          0,
          ...Array<string>(5_000).fill('BEGIN:VALARM'),
          ...Array<string>(5_000).fill('END:VALARM'),
        ),
      ),
    ],
  ])('is a 400 that names the line: %s', async (_, file) => {
    const ann = await FileUser.of(client);
    const { status, body } = await ann.refused(file);
    expect([status, body]).toMatchObject([
      400,
      { code: 'invalid_icalendar', detail: expect.stringMatching(/^Line \d+: /) },
    ]);
    expect(await eventsOf(ann)).toBe(0);
  });

  test('is 415 by its type', async () => {
    const ann = await FileUser.of(client);
    for (const type of ['application/json', 'text/plain', 'application/octet-stream', 'no type', '']) {
      const other = await ann.send(WHOLE, '', { 'content-type': type });
      expect([type, other.status, other.body]).toMatchObject([
        type,
        415,
        {
          code: 'unsupported_media_type',
          detail: 'The body must be a file of iCalendar: send Content-Type: text/calendar.',
        },
      ]);
    }
    expect(await eventsOf(ann)).toBe(0);
    const gzip = await ann.send(WHOLE, '', { 'content-type': 'text/calendar', 'content-encoding': 'gzip' });
    expect(gzip.status).toBe(415);
    const event = await client.sendBytes('POST', '/events', WHOLE, { 'content-type': 'text/calendar' });
    expect([event.status, event.body]).toMatchObject([
      415,
      { detail: 'A body must be JSON: send Content-Type: application/json.' },
    ]);
  });

  test('is 413 above 16 MiB, and not at 16 MiB', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(...Array.from({ length: 110 }, (_, index) => large(index)));
    const filled = (size: number) => file + '\r\n'.repeat((size - file.length) / 2);
    expect((await ann.send(filled(16 * MIB + 2))).status).toBe(413);
    const largest = await ann.send(filled(16 * MIB));
    expect(largest.status).toBe(200);
    const { results } = largest.body as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 110 }, () => 'created'));
  }, 30_000);
});

describe('the encoding of a file', () => {
  const text = calendarFile(vevent('SUMMARY:Fête à Tōkyō'));
  const latin = calendarFile(vevent('SUMMARY:Fête à Köln'));

  test.each<[string, Uint8Array, string, string]>([
    ['UTF-8', Buffer.from(text), 'text/calendar', 'Fête à Tōkyō'],
    [
      'UTF-8 with a byte order mark',
      Buffer.from(`\uFEFF${text}`),
      'text/calendar; charset=utf-8',
      'Fête à Tōkyō',
    ],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'text/calendar', 'Fête à Tōkyō'],
    ['Latin-1', Buffer.from(latin, 'latin1'), 'text/calendar; charset=iso-8859-1', 'Fête à Köln'],
    ['Latin-1 without a declaration', Buffer.from(latin, 'latin1'), 'text/calendar', 'Fête à Köln'],
    ['bare LF', Buffer.from(text.replaceAll('\r\n', '\n')), 'text/calendar', 'Fête à Tōkyō'],
    ['bare CR', Buffer.from(text.replaceAll('\r\n', '\r')), 'text/calendar', 'Fête à Tōkyō'],
  ])('is found: %s', async (_, file, type, title) => {
    const ann = await FileUser.of(client);
    const { status, body } = await ann.send(file, '', { 'content-type': type });
    const { results } = body as Awaited<{ results: { status: string; event_id: number }[] }>;
    expect([status, results]).toMatchObject([200, [{ status: 'created' }]]);
    expect((await ann.event(results[0].event_id)).title).toBe(title);
  });
});

describe('an object that the service cannot keep', () => {
  test.each<[string, readonly string[]]>([
    ['a date that is none', ['DTSTART:20310230T090000Z']],
    ['no start', ['DTSTART:']],
    ['a length of years', ['DURATION:P4000D']],
    ['a rule below a day', ['RRULE:FREQ=HOURLY']],
    ['a COUNT of a million', ['RRULE:FREQ=DAILY;COUNT=1000000']],
    ['overlaps of a hundred occurrences', ['RRULE:FREQ=DAILY', 'DURATION:P100D']],
    [
      '5,000 RDATEs',
      [
        'RRULE:FREQ=DAILY',
        `RDATE:${Array.from({ length: 5_000 }, (_, day) => new Date(4_931_000_000_000 + day * 86_400_000).toISOString().replaceAll(/[-:]|\.000/g, '')).join(',')}`,
      ],
    ],
    ['a UID of a megabyte', [`UID:${MILLION}`]],
    ['5,000 attendees', Array.from({ length: 5_000 }, (_, index) => `ATTENDEE:mailto:a${index}@example.net`)],
  ])('is refused with its line, and the others are imported: %s', async (_, lines) => {
    const ann = await FileUser.of(client);
    const results = await ann.import(calendarFile(vevent(...lines), vevent('UID:fine')));
    expect(results).toMatchObject([
      { status: 'refused', event_id: null, problem: { code: expect.any(String), line: expect.any(Number) } },
      { uid: 'fine', status: 'created', problem: null },
    ]);
    expect(await eventsOf(ann)).toBe(1);
  });

  test('is stored in no part if a later part cannot be kept', async () => {
    const ann = await FileUser.of(client);
    const parts = [
      vevent('RRULE:FREQ=DAILY;COUNT=200'),
      vevent('RECURRENCE-ID:21260306T090000Z', 'DTSTART:21260306T100000Z', 'DTEND:21260306T110000Z'),
      vevent(
        'RECURRENCE-ID;RANGE=THISANDFUTURE:21260310T090000Z',
        'DTSTART:21260310T090000Z',
        'DURATION:P100D',
      ),
    ];
    const results = await ann.import(calendarFile(...parts, vevent('UID:fine')));
    expect(results).toMatchObject([{ status: 'refused', event_id: null }, { status: 'created' }]);
    expect(await eventsOf(ann)).toBe(1);
  });

  test('loses an alarm of a megabyte, with a warning', async () => {
    const ann = await FileUser.of(client);
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${MILLION}`, 'TRIGGER:-PT5M', 'END:VALARM'];
    const result = await ann.importOne(calendarFile(vevent(...alarm)));
    expect(result).toMatchObject({ status: 'created', warnings: [{ line: expect.any(Number) }] });
  });

  test('is one of too many: then nothing is imported', async () => {
    const ann = await FileUser.of(client);
    const events = Array.from({ length: 20_001 }, (_, index) => vevent(`UID:${index}`));
    const { status, body } = await ann.refused(calendarFile(...events));
    expect([status, body]).toMatchObject([400, { code: 'too_many_objects' }]);
    expect(await eventsOf(ann)).toBe(0);
  });

  test('has texts cut or kept, but is not refused', async () => {
    const ann = await FileUser.of(client);
    const title = '😀'.repeat(400);
    const [event] = await ann.imported(
      vevent(`SUMMARY:${title}`, `DESCRIPTION:${'x'.repeat(20_000)}`, 'LOCATION:a\u0007b'),
    );
    expect(event.title.length).toBeLessThanOrEqual(500);
    expect(title.startsWith(event.title)).toBe(true);
    const again = await ann.export();
    expect(again.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}`);
  });

  test.each(['calendar_id=x', 'on_duplicate=maybe', 'validate_only=yes', 'unknown=1'])(
    'is not reached by a wrong parameter: %s',
    async (parameter) => {
      const ann = await FileUser.of(client);
      const { status, body } = await ann.refused(WHOLE, `?${parameter}`);
      expect([status, body]).toMatchObject([400, { errors: [{ field: parameter.split('=')[0] }] }]);
    },
  );

  test('is not put into a calendar of another user', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    const { body: calendars } = await client.get(`/users/${bob.id}/calendars`);
    const { status, body } = await ann.refused(WHOLE, `?calendar_id=${calendars[0].id}`);
    expect([status, body]).toMatchObject([
      404,
      { code: 'calendar_not_found', errors: [{ field: 'calendar_id' }] },
    ]);
    expect(await eventsOf(ann)).toBe(0);
  });
});
