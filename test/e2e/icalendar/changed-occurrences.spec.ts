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

const GAP = ['DTSTART;TZID=Europe/Berlin:20300331T023000', 'DTEND;TZID=Europe/Berlin:20300331T040000'];

describe('a changed occurrence that starts in a gap of the clocks', () => {
  const series = vevent(
    'DTSTART;TZID=Europe/Berlin:20300330T020000',
    'DTEND;TZID=Europe/Berlin:20300330T030000',
    'RRULE:FREQ=DAILY;COUNT=3',
  );

  test.each([
    ['from another day', 'RECURRENCE-ID;TZID=Europe/Berlin:20300330T020000'],
    ['from a time in the gap', 'RECURRENCE-ID;TZID=Europe/Berlin:20300331T020000'],
  ])('%s is unchanged, and exported as it was', async (_, recurrenceId) => {
    const file = calendarFile(series, vevent(recurrenceId, ...GAP));
    const { event_id: id } = await ann.importOne(file);
    const { body } = await client.get(
      `/events/${id ?? 0}/occurrences?from=2030-03-01T00:00:00Z&to=2030-05-01T00:00:00Z`,
    );
    expect(body).toContainEqual(
      expect.objectContaining({ start: '2030-03-31T01:30:00Z', end: '2030-03-31T02:00:00Z' }),
    );
    const exported = await ann.export();
    expect(linesOf(exported)).toEqual(expect.arrayContaining([recurrenceId, ...GAP]));
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(exported)).status).toBe('unchanged');
  });

  test.each([
    ['from another day', 'RECURRENCE-ID;TZID=Europe/Berlin:20300330T020000', GAP],
    [
      'with the time of the series',
      'RECURRENCE-ID;TZID=Europe/Berlin:20300331T020000',
      ['DTSTART;TZID=Europe/Berlin:20300331T020000', 'DTEND;TZID=Europe/Berlin:20300331T050000'],
    ],
  ])('%s keeps its time through a change of another field', async (_, recurrenceId, times) => {
    const { event_id: id } = await ann.importOne(calendarFile(series, vevent(recurrenceId, ...times)));
    const before = linesOf(await ann.export()).filter((line) => /^(DT|RECURRENCE)/.test(line));
    const start = recurrenceId.includes('30T') ? '2030-03-30T02:00:00' : '2030-03-31T02:00:00';
    const path = `/events/${id ?? 0}/occurrences/${start}`;
    expect((await client.patch(path, { title: 'Renamed' })).status).toBe(200);
    const after = linesOf(await ann.export());
    expect(after).toContain('SUMMARY:Renamed');
    const stamp = /^DTSTAMP/;
    expect(after.filter((line) => /^(DT|RECURRENCE)/.test(line) && !stamp.test(line))).toEqual(
      before.filter((line) => !stamp.test(line)),
    );
  });
});
