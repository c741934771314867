import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

let application: TestApplication;
let client: Client;
let ann: FileUser;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
beforeEach(async () => {
  ann = await FileUser.of(client);
});
afterAll(async () => application.close());

/** The VEVENT of the occurrence of a day of March, which is moved to an hour. */
function changed(day: string, hour: string, ...more: readonly string[]): string[] {
  return vevent(
    `RECURRENCE-ID:212603${day}T090000Z`,
    `DTSTART:212603${day}T${hour}0000Z`,
    `DTEND:212603${day}T${hour}3000Z`,
    'X-OF:occurrence',
    ...more,
  );
}

/** The same, named by its date. */
function namedByDate(day: string): string[] {
  return changed(day, '11').map((line) =>
    line.replace(/^RECURRENCE-ID:.*/, `RECURRENCE-ID;VALUE=DATE:212603${day}`),
  );
}

const MASTER = vevent(
  'RRULE:FREQ=DAILY;COUNT=5',
  'EXDATE:21260308T090000Z',
  'SUMMARY:Series',
  'X-OF:series',
  'ATTENDEE;X-A=1;PARTSTAT=ACCEPTED:mailto:bob@example.net',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'TRIGGER:-PT5M',
  'END:VALARM',
);
const SERIES = calendarFile(MASTER, changed('05', '11'), changed('06', '12'));

async function startsOf(id: number | null): Promise<string[]> {
  const { body } = await client.get(
    `/events/${id ?? 0}/occurrences?from=2126-03-01T00:00:00Z&to=2126-04-01T00:00:00Z`,
  );
  return (body as unknown as { start: string; status: string }[])
    .filter(({ status }) => status !== 'cancelled')
    .map(({ start }) => start.slice(8, 16));
}

/** The lines of the export, without those that name a revision. */
async function exported(): Promise<string[]> {
  return linesOf(await ann.export()).filter(
    (line) => !/^(DTSTAMP|SEQUENCE|LAST-MODIFIED|CREATED)/.test(line),
  );
}

describe('a file with changed occurrences alone, of a series that the user has', () => {
  test('replaces the changes that it names, and leaves the others', async () => {
    const { event_id: id } = await ann.importOne(SERIES);
    const before = await exported();
    const file = calendarFile(changed('06', '14', 'SUMMARY:Other'), changed('07', '15'));
    expect(await ann.importOne(file)).toMatchObject({ status: 'replaced', event_id: id, warnings: [] });
    expect(await startsOf(id)).toEqual(['04T09:00', '05T11:00', '06T14:00', '07T15:00']);
    const after = await exported();
    const components = after.join('\n').split('BEGIN:VEVENT');
    expect(components).toHaveLength(5);
    expect(before.join('\n').split('BEGIN:VEVENT').slice(0, 3)).toEqual(components.slice(0, 3));
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(calendarFile(changed('05', '11')))).status).toBe('unchanged');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
    expect(await startsOf(id)).toHaveLength(4);
  });

  test('removes the occurrence that it cancels', async () => {
    const { event_id: id } = await ann.importOne(SERIES);
    const file = calendarFile(changed('07', '09', 'STATUS:CANCELLED'));
    expect((await ann.importOne(file)).status).toBe('replaced');
    expect(await startsOf(id)).toEqual(['04T09:00', '05T11:00', '06T12:00']);
    expect((await ann.importOne(file)).status).toBe('unchanged');
  });

  test('brings back an occurrence that an EXDATE removes', async () => {
    const { event_id: id } = await ann.importOne(SERIES);
    expect((await ann.importOne(calendarFile(changed('08', '13')))).status).toBe('replaced');
    expect(await startsOf(id)).toContain('08T13:00');
    expect(await exported()).not.toContain('EXDATE:21260308T090000Z');
  });

  test('finds its occurrence by a time in another zone', async () => {
    const { event_id: id } = await ann.importOne(SERIES);
    const file = calendarFile(changed('07', '15')).replace(
      'RECURRENCE-ID:21260307T090000Z',
      'RECURRENCE-ID;TZID=Europe/Berlin:21260307T100000',
    );
    expect((await ann.importOne(file)).status).toBe('replaced');
    expect(await startsOf(id)).toEqual(['04T09:00', '05T11:00', '06T12:00', '07T15:00']);
  });

  test.each([
    ['that is moved', 'DTSTART:21260307T150000Z', '07T15:00'],
    ['that becomes a day', 'DTSTART;VALUE=DATE:21260307', '07T00:00'],
    ['that another zone has on the day before', 'DTSTART;TZID=America/New_York:21260307T200000', '08T01:00'],
  ])('finds an occurrence %s by its date, with a warning', async (_, start, expected) => {
    const { event_id: id } = await ann.importOne(SERIES);
    const file = calendarFile(vevent('RECURRENCE-ID;VALUE=DATE:21260307', start, 'DURATION:PT30M'));
    expect(await ann.importOne(file)).toMatchObject({
      status: 'replaced',
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'recurrence_id_is_date' })]),
    });
    expect(await startsOf(id)).toEqual(['04T09:00', '05T11:00', '06T12:00', expected]);
    expect(await exported()).toContain('RECURRENCE-ID:21260307T090000Z');
    expect((await ann.importOne(file)).status).toBe('unchanged');
  });

  test.each([
    ['No occurrence', '20', 'RRULE:FREQ=DAILY;COUNT=5'],
    ['More than one occurrence', '05', 'RRULE:FREQ=DAILY;COUNT=5;BYHOUR=9,15'],
  ])('is refused with the value type if its RECURRENCE-ID is a date, and: %s', async (found, day, rule) => {
    await ann.importOne(calendarFile(vevent(rule)));
    const before = await ann.export();
    const file = calendarFile(vevent(`RECURRENCE-ID;VALUE=DATE:212603${day}`, 'DTSTART:21260307T150000Z'));
    expect(await ann.importOne(file)).toMatchObject({
      status: 'refused',
      problem: {
        code: 'occurrence_not_found',
        detail: `RECURRENCE-ID has the value type DATE, and DTSTART of the event has DATE-TIME. ${found} of the event starts on 2126-03-${day}.`,
        part: 'RECURRENCE-ID',
      },
    });
    expect(await ann.export()).toBe(before);
  });

  test('is refused, and changes nothing, if the series has no such occurrence', async () => {
    const { event_id: id } = await ann.importOne(SERIES);
    const before = await ann.export();
    const file = calendarFile(changed('06', '14'), changed('20', '15'));
    expect(await ann.importOne(file)).toEqual({
      uid: 'one@example.com',
      status: 'refused',
      event_id: null,
      warnings: [],
      problem: {
        code: 'occurrence_not_found',
        detail: 'The series has no occurrence at the RECURRENCE-ID 2126-03-20T09:00:00.',
        line: 17,
        part: 'RECURRENCE-ID',
      },
    });
    expect(await ann.export()).toBe(before);
    expect((await ann.event(id)).version).toBe(1);
  });

  test('names a date in a series of times with a warning', async () => {
    await ann.importOne(SERIES);
    const file = calendarFile(
      vevent('RECURRENCE-ID:21260307T090000Z', 'DTSTART;VALUE=DATE:21260307', 'DTEND;VALUE=DATE:21260308'),
    );
    expect(await ann.importOne(file)).toMatchObject({
      status: 'replaced',
      warnings: [{ code: 'occurrence_of_other_form', line: 8 }],
    });
  });

  test('is validated, skipped, refused or moved like other duplicates', async () => {
    const { event_id: id } = await ann.importOne(SERIES);
    const file = calendarFile(changed('07', '15'));
    const before = await ann.export();
    expect(await ann.importOne(file, '?validate_only=true')).toMatchObject({
      status: 'replaced',
      event_id: id,
    });
    expect((await ann.importOne(file, '?on_duplicate=skip')).status).toBe('skipped');
    expect(await ann.importOne(file, '?on_duplicate=error')).toMatchObject({
      status: 'refused',
      problem: { code: 'duplicate_uid' },
    });
    expect(await ann.export()).toBe(before);
    const { body: trips } = await client.create(`/users/${ann.id}/calendars`, { name: 'Trips' });
    expect((await ann.importOne(file, `?calendar_id=${trips.id}`)).status).toBe('replaced');
    expect((await ann.event(id)).calendar_id).toBe(trips.id);
    expect(await startsOf(id)).toEqual(['04T09:00', '05T11:00', '06T12:00', '07T15:00']);
    const { calendar_id: primary } = await ann.event(
      (await ann.importOne(calendarFile(vevent('UID:2')))).event_id,
    );
    expect((await ann.importOne(file, `?calendar_id=${primary ?? 0}`)).status).toBe('replaced');
    expect((await ann.event(id)).calendar_id).toBe(primary);
  });

  test('keeps what the API has changed since, and the later parts', async () => {
    const later = vevent(
      'RECURRENCE-ID;RANGE=THISANDFUTURE:21260307T090000Z',
      'DTSTART:21260307T100000Z',
      'DTEND:21260307T110000Z',
    );
    const [{ event_id: id }] = await ann.import(calendarFile(MASTER, changed('05', '11'), later));
    await client.patch(`/events/${id ?? 0}`, { title: 'Renamed' });
    await client.patch(`/events/${id ?? 0}/occurrences/2126-03-06T09:00:00Z`, { location: 'Room 5' });
    expect((await ann.importOne(calendarFile(changed('05', '14')))).status).toBe('replaced');
    expect(await startsOf(id)).toEqual(['04T09:00', '05T14:00', '06T09:00']);
    const lines = await exported();
    expect(lines).toEqual(
      expect.arrayContaining([
        'SUMMARY:Renamed',
        'LOCATION:Room 5',
        'DTSTART:21260307T100000Z',
        'X-OF:series',
      ]),
    );
  });

  test('joins an event that the API has made, by its exported UID', async () => {
    const { body: event } = await client.create('/events', {
      title: 'Made here',
      start_date: '2126-03-04T09:00:00Z',
      duration: 3_600,
      organizer_user_id: ann.id,
      repeat: { frequency: 'daily', count: 3 },
    });
    const uid = linesOf(await ann.export()).find((line) => line.startsWith('UID:')) ?? '';
    expect(await ann.importOne(calendarFile(changed('05', '11', uid)))).toMatchObject({
      status: 'replaced',
      event_id: event.id,
    });
    expect(await startsOf(event.id)).toEqual(['04T09:00', '05T11:00', '06T09:00']);
    expect(await ann.event(event.id)).toMatchObject({ title: 'Made here' });
  });
});

describe('files with changed occurrences alone, whose series the user does not have', () => {
  test('join each other, and the series replaces them', async () => {
    const { event_id: id } = await ann.importOne(calendarFile(changed('05', '11')));
    expect(await ann.importOne(calendarFile(changed('07', '12')))).toMatchObject({
      status: 'replaced',
      event_id: id,
    });
    expect(await startsOf(id)).toEqual(['05T11:00', '07T12:00']);
    expect((await ann.importOne(calendarFile(changed('05', '11')))).status).toBe('unchanged');
    expect((await ann.importOne(calendarFile(changed('05', '13')))).status).toBe('replaced');
    expect(await startsOf(id)).toEqual(['05T13:00', '07T12:00']);
    expect((await exported()).filter((line) => line.startsWith('RECURRENCE-ID'))).toHaveLength(2);
    expect(await ann.importOne(SERIES)).toMatchObject({ status: 'replaced', event_id: id });
    expect(await startsOf(id)).toEqual(['04T09:00', '05T11:00', '06T12:00', '07T09:00']);
  });

  test('are exported with the dates that name them', async () => {
    const file = calendarFile(namedByDate('05'), namedByDate('07'));
    expect((await ann.importOne(file)).status).toBe('created');
    expect((await exported()).filter((line) => line.startsWith('RECURRENCE-ID'))).toEqual([
      'RECURRENCE-ID;VALUE=DATE:21260305',
      'RECURRENCE-ID;VALUE=DATE:21260307',
    ]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
  });
});

describe('a file with a changed occurrence alone, of an event that does not repeat', () => {
  const SINGLE = calendarFile(vevent('SUMMARY:Single', 'DESCRIPTION:important', 'X-K:1'));

  test.each([
    ['moved', []],
    ['cancelled', ['STATUS:CANCELLED']],
  ])('is refused if the event is not on the day of the occurrence, which is %s', async (_, lines) => {
    await ann.importOne(SINGLE);
    const before = await exported();
    expect(await ann.importOne(calendarFile(changed('08', '12', ...lines)))).toMatchObject({
      status: 'refused',
      problem: { code: 'occurrence_not_found', part: 'RECURRENCE-ID' },
    });
    expect(await exported()).toEqual(before);
  });

  test.each([
    ['04', 'replaced'],
    ['05', 'refused'],
  ])('named by the date of March %s is %s', async (day, status) => {
    await ann.importOne(SINGLE);
    const file = calendarFile(vevent(`RECURRENCE-ID;VALUE=DATE:212603${day}`, 'DTSTART:21260304T120000Z'));
    const result = await ann.importOne(file);
    expect(result.status).toBe(status);
    expect(result.problem?.detail ?? 'value type').toContain('value type');
  });

  test('is the event if the event is at the start that the file names', async () => {
    const { event_id: id } = await ann.importOne(SINGLE);
    expect(await ann.importOne(calendarFile(changed('04', '12')))).toMatchObject({
      status: 'replaced',
      event_id: id,
    });
    expect((await exported()).filter((line) => line.startsWith('DTSTART'))).toEqual([
      'DTSTART:21260304T120000Z',
    ]);
  });
});

test.each([
  ['of a series that the user has', SERIES],
  ['of no series', null],
])('a warning tells that RANGE=THISANDFUTURE alone changes one occurrence %s', async (_, series) => {
  if (series) await ann.importOne(series);
  const later = changed('06', '15').map((line) =>
    line.replace('RECURRENCE-ID:', 'RECURRENCE-ID;RANGE=THISANDFUTURE:'),
  );
  expect(await ann.importOne(calendarFile(later))).toMatchObject({
    warnings: [{ code: 'range_without_series' }],
  });
});

test.each(['mailto:a@example.com?subject=x', 'mailto:<q@example.com>', 'mailto:a@b..c', 'mailto:a@b>'])(
  'an attendee %s, whom no mail reaches, stays in the file',
  async (address) => {
    const file = calendarFile(vevent(`ATTENDEE;X-A=1:${address}`));
    expect((await ann.importOne(file)).status).toBe('created');
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect(await exported()).toContain(`ATTENDEE;X-A=1:${address}`);
  },
);
