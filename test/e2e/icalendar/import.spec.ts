import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const IN_MARCH = 'from=2126-03-01T00:00:00Z&to=2126-04-01T00:00:00Z';
const IN_BERLIN = { time_zone: 'Europe/Berlin' };

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication({ DEFAULT_VISIBILITY: 'public' });
  client = new Client(application.url);
});
afterAll(async () => application.close());

async function starts(id: number | null): Promise<string[]> {
  const { body } = await client.get(`/events/${id ?? 0}/occurrences?${IN_MARCH}`);
  return (body as { start: string }[]).map(({ start }) => start);
}

describe('an imported event', () => {
  test('has the fields of the file, and belongs to the importer', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(
      vevent(
        'SUMMARY:Kick-off\\, part 1',
        'DESCRIPTION:First line\\nsecond\\; third',
        'LOCATION:Room 5',
        'TRANSP:TRANSPARENT',
        'CATEGORIES:Work,Travel',
        'URL:https://example.com/kick-off',
        'COLOR:teal',
      ),
    );
    expect(event).toMatchObject({
      title: 'Kick-off, part 1',
      description: 'First line\nsecond; third',
      location: 'Room 5',
      start_date: '2126-03-04T09:00:00Z',
      end_date: '2126-03-04T10:00:00Z',
      show_as: 'free',
      visibility: 'public',
      categories: ['Work', 'Travel'],
      url: 'https://example.com/kick-off',
      color: '#008080',
      organizer_user_id: ann.id,
      owner_user_id: ann.id,
      status: 'confirmed',
      version: 1,
    });
    expect(event.attendees).toMatchObject([{ status: 'organizer', user: { id: ann.id } }]);
  });

  test('is in the primary calendar, or in the calendar of the request', async () => {
    const ann = await FileUser.of(client);
    const { body: other } = await client.create(`/users/${ann.id}/calendars`, { name: 'Trips' });
    const [first] = await ann.imported(vevent());
    const { event_id: id } = await ann.importOne(
      calendarFile(vevent('UID:two@example.com')),
      `?calendar_id=${other.id}`,
    );
    const second = await ann.event(id);
    expect(second.calendar_id).toBe(other.id);
    expect(first.calendar_id).not.toBe(other.id);
  });

  test('is cancelled if its STATUS is CANCELLED; the METHOD does not count', async () => {
    const ann = await FileUser.of(client);
    const [cancelled] = await ann.imported(vevent('STATUS:CANCELLED'));
    expect(cancelled.status).toBe('cancelled');
    const file = calendarFile(['METHOD:CANCEL'], vevent('UID:two@example.com'));
    expect((await ann.event((await ann.importOne(file)).event_id)).status).toBe('confirmed');
  });

  test.each<[string, string[], string[]]>([
    [
      'an instant without a length',
      ['DTEND:21260304T090000Z'],
      ['2126-03-04T09:00:00Z', '2126-03-04T09:00:00Z'],
    ],
    ['a DURATION', ['DURATION:PT90M'], ['2126-03-04T09:00:00Z', '2126-03-04T10:30:00Z']],
    [
      'a zone',
      ['DTSTART;TZID=America/New_York:21260304T090000', 'DTEND;TZID=America/New_York:21260304T100000'],
      ['2126-03-04T14:00:00Z', '2126-03-04T15:00:00Z'],
    ],
    [
      'no zone: that of the user',
      ['DTSTART:21260304T090000', 'DTEND:21260304T100000'],
      ['2126-03-04T08:00:00Z', '2126-03-04T09:00:00Z'],
    ],
    ['days', ['DTSTART;VALUE=DATE:21260304', 'DTEND;VALUE=DATE:21260306'], ['2126-03-04', '2126-03-06']],
    ['a day without an end', ['DTSTART;VALUE=DATE:21260304', 'DURATION:P1D'], ['2126-03-04', '2126-03-05']],
  ])('takes the time of %s', async (_, lines, [start, end]) => {
    const ann = await FileUser.of(client, IN_BERLIN);
    const [event] = await ann.imported(vevent(...lines));
    expect([event.start_date, event.end_date]).toEqual([start, end]);
  });

  test('takes the time of its owner', async () => {
    const ann = await FileUser.of(client);
    await ann.imported(vevent());
    const { body } = await client.get(`/free-busy?user_ids=${ann.id}&${IN_MARCH}`);
    expect((body as { busy: object[] }[])[0]).toMatchObject({
      busy: [{ start: '2126-03-04T09:00:00Z', end: '2126-03-04T10:00:00Z' }],
    });
  });

  test('is not refused by a conflict, also of a user who refuses double bookings', async () => {
    const ann = await FileUser.of(client, { double_booking: 'reject' });
    const file = calendarFile(vevent(), vevent('UID:two@example.com'));
    expect((await ann.import(file)).map(({ status }) => status)).toEqual(['created', 'created']);
  });

  test('has the reminders of its owner', async () => {
    const reminders = [{ minutes_before: 10, method: 'log' }];
    const ann = await FileUser.of(client, { default_reminders: reminders });
    const [event] = await ann.imported(vevent());
    const { body } = await client.get(`/users/${ann.id}/events/${event.id}/reminders`);
    expect(body).toMatchObject({ use_default: true });
  });
});

describe('an imported series', () => {
  test('has the overrides, EXDATEs and RDATEs of the file, in any order', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(
      vevent(
        'RECURRENCE-ID:21260306T090000Z',
        'DTSTART:21260306T120000Z',
        'DTEND:21260306T130000Z',
        'SUMMARY:Later',
      ),
      vevent('RECURRENCE-ID:21260307T090000Z', 'STATUS:CANCELLED'),
      vevent(
        'RRULE:FREQ=DAILY;COUNT=5',
        'EXDATE:21260305T090000Z',
        'RDATE:21260320T090000Z,21260321T090000Z',
      ),
    );
    const result = await ann.importOne(file);
    expect(result.status).toBe('created');
    expect(await starts(result.event_id)).toEqual([
      '2126-03-04T09:00:00Z',
      '2126-03-06T12:00:00Z',
      '2126-03-08T09:00:00Z',
      '2126-03-20T09:00:00Z',
      '2126-03-21T09:00:00Z',
    ]);
    const { body } = await client.get(`/events/${result.event_id ?? 0}/occurrences?${IN_MARCH}`);
    expect((body as { title: string }[]).map(({ title }) => title)).toContain('Later');
  });

  test('has its DTSTART, also if the rule does not yield it', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(vevent('RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2'));
    expect(await starts(event.id)).toEqual(['2126-03-04T09:00:00Z', '2126-03-08T09:00:00Z']);
  });

  test('splits where RANGE=THISANDFUTURE changes it', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(
      vevent('RRULE:FREQ=DAILY;COUNT=4'),
      vevent(
        'RECURRENCE-ID;RANGE=THISANDFUTURE:21260306T090000Z',
        'DTSTART:21260306T140000Z',
        'DTEND:21260306T150000Z',
        'SUMMARY:Afternoon',
      ),
    );
    const result = await ann.importOne(file);
    expect(await starts(result.event_id)).toEqual(['2126-03-04T09:00:00Z', '2126-03-05T09:00:00Z']);
    const { body } = await client.get(`/users/${ann.id}/events?${IN_MARCH}`);
    expect(body).toMatchObject([
      { title: 'One', occurrences: [{}, {}] },
      {
        title: 'Afternoon',
        occurrences: [{ start: '2126-03-06T14:00:00Z' }, { start: '2126-03-07T14:00:00Z' }],
      },
    ]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
    const whole = calendarFile(vevent('RRULE:FREQ=DAILY;COUNT=4'));
    expect(await ann.importOne(whole)).toMatchObject({ status: 'replaced', event_id: result.event_id });
    const after = await client.get(`/users/${ann.id}/events?${IN_MARCH}`);
    expect(after.body).toMatchObject([{ title: 'One', occurrences: [{}, {}, {}, {}] }]);
    expect(after.body).toHaveLength(1);
  });

  test('may have changed occurrences alone', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(
      vevent('RECURRENCE-ID:21260306T090000Z', 'DTSTART:21260306T120000Z', 'DTEND:21260306T130000Z'),
    );
    const result = await ann.importOne(file);
    expect(result).toMatchObject({ status: 'created', problem: null });
    expect(await starts(result.event_id)).toEqual(['2126-03-06T12:00:00Z']);
  });
});

describe('the results of an import', () => {
  test('are one for each object, in the order of the file', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(
      vevent('UID:a'),
      vevent('UID:b', 'RRULE:FREQ=SECONDLY'),
      vevent('UID:c', 'RRULE:FREQ=DAILY;COUNT=1000000'),
      vevent('UID:d', 'DTSTART:20310230T090000Z'),
      vevent('UID:e'),
    );
    const results = await ann.import(file);
    expect(results.map(({ uid, status }) => [uid, status])).toEqual([
      ['a', 'created'],
      ['b', 'refused'],
      ['c', 'refused'],
      ['d', 'refused'],
      ['e', 'created'],
    ]);
    for (const { status, problem, event_id: id } of results) {
      expect(problem === null).toBe(status === 'created');
      expect(id === null).toBe(status === 'refused');
    }
    expect(results[1].problem).toMatchObject({
      line: expect.any(Number),
      detail: expect.stringMatching(/FREQ|SECONDLY/),
    });
  });

  test('of a request that validates only are the same, and nothing is written', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(vevent(), vevent('UID:b', 'RRULE:FREQ=SECONDLY'));
    const results = await ann.import(file, '?validate_only=true');
    expect(results.map(({ status, event_id: id }) => [status, id])).toEqual([
      ['created', null],
      ['refused', null],
    ]);
    const { body } = await client.get(`/users/${ann.id}/events?${IN_MARCH}`);
    expect(body).toEqual([]);
  });

  test('name the zone that was guessed', async () => {
    const ann = await FileUser.of(client, IN_BERLIN);
    const [result] = await ann.import(
      calendarFile(vevent('DTSTART;TZID=Home:21260304T090000', 'DTEND;TZID=Home:21260304T100000')),
    );
    expect(result.warnings).toContainEqual({
      code: 'time_zone_guessed',
      detail: expect.stringContaining('Europe/Berlin'),
      line: expect.any(Number),
    });
    expect((await ann.event(result.event_id)).start_date).toBe('2126-03-04T08:00:00Z');
  });

  test('of a repeat with the same key are those of the first request', async () => {
    const ann = await FileUser.of(client);
    const headers = { 'content-type': 'text/calendar', 'idempotency-key': 'the-import' };
    const file = calendarFile(vevent());
    const first = await ann.send(file, '', headers);
    const repeat = await ann.send(file, '', headers);
    expect(repeat.headers.get('idempotency-replayed')).toBe('true');
    expect(repeat.body).toEqual(first.body);
  });
});

describe('a file', () => {
  test('of an hour of holidays with DTEND equal to DTSTART has days', async () => {
    const ann = await FileUser.of(client);
    const [result] = await ann.import(
      calendarFile(vevent('DTSTART;VALUE=DATE:21260304', 'DTEND;VALUE=DATE:21260304')),
    );
    expect(result.warnings).toHaveLength(1);
    const { start_date: start, end_date: end } = await ann.event(result.event_id);
    expect([start, end]).toEqual(['2126-03-04', '2126-03-05']);
  });

  test('with two events of one UID has one: the newer', async () => {
    const ann = await FileUser.of(client);
    const results = await ann.import(
      calendarFile(vevent('SEQUENCE:2', 'SUMMARY:New'), vevent('SEQUENCE:1', 'SUMMARY:Old')),
    );
    expect(results).toMatchObject([{ status: 'created', warnings: [{}] }]);
    expect((await ann.event(results[0].event_id)).title).toBe('New');
  });

  test('without UIDs can be imported twice', async () => {
    const ann = await FileUser.of(client);
    const nameless = vevent().filter((line) => !line.startsWith('UID'));
    const file = calendarFile(nameless, nameless.with(4, 'SUMMARY:Two'));
    expect((await ann.import(file)).map(({ status }) => status)).toEqual(['created', 'created']);
    expect((await ann.import(file)).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
  });

  test('without an event has no results', async () => {
    const ann = await FileUser.of(client);
    expect(await ann.import(calendarFile())).toEqual([]);
  });
});
