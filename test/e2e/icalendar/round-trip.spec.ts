import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { asWritten } from '../../support/icalendar/as-written.js';
import { contentByOtherParser } from '../../support/icalendar/same-content.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const FILES = new URL('../../conformance/icalendar/files/', import.meta.url);

/** What a file of our own has besides: the fields carry none of it. */
const ALARM = [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Soon',
  'TRIGGER:-PT15M',
  'X-ODD;X-P=1:yes',
  'END:VALARM',
];
const UNKNOWN = [
  'X-COLOUR;X-DEPTH="a;b,c":deep\\, very',
  'PRIORITY:3',
  'GEO:48.2;16.37',
  'ATTACH;FMTTYPE=application/pdf:https://example.com/agenda.pdf',
  'COMMENT;LANGUAGE=de:Bitte pünktlich',
  'RELATED-TO;RELTYPE=SIBLING:two@example.com',
  'CLASS:CONFIDENTIAL',
  'SEQUENCE:7',
  'CREATED:21250101T000000Z',
  'LAST-MODIFIED:21250601T000000Z',
];

const series = (...lines: readonly string[]) =>
  calendarFile(
    vevent('RRULE:FREQ=DAILY;COUNT=6', 'X-OF:series', ...lines),
    vevent(
      'RECURRENCE-ID:21260305T090000Z',
      'X-OF:second',
      'DTSTART:21260305T090000Z',
      'DTEND:21260305T100000Z',
    ),
    vevent(
      'RECURRENCE-ID:21260308T090000Z',
      'X-OF:fifth',
      'DTSTART:21260308T110000Z',
      'DTEND:21260308T120000Z',
    ),
  );

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
afterAll(async () => application.close());

describe('an imported and unchanged file is exported equal by value', () => {
  test.each(readdirSync(FILES).filter((name) => name.endsWith('.ics')))('%s', async (name) => {
    const file = readFileSync(new URL(name, FILES));
    const [ann, bob] = [
      await FileUser.of(client, { time_zone: 'Europe/Berlin' }),
      await FileUser.of(client, { time_zone: 'Europe/Berlin' }),
    ];
    const results = await ann.import(file);
    expect(results.filter(({ status }) => status === 'refused')).toEqual([]);
    const exported = await ann.export();
    const [before, after] = [asWritten(file.toString()), exported].map(contentByOtherParser);
    expect(after).toEqual(before);
    expect((await ann.import(file)).every(({ status }) => status === 'unchanged')).toBe(true);
    expect((await ann.import(exported)).every(({ status }) => status === 'unchanged')).toBe(true);
    await bob.import(exported);
    expect(contentByOtherParser(await bob.export())).toEqual(before);
  });
});

describe('what no field carries', () => {
  const file = calendarFile(vevent(...UNKNOWN, ...ALARM));

  test('is in the export of the owner, line for line', async () => {
    const ann = await FileUser.of(client);
    await ann.import(file);
    const lines = new Set(linesOf(await ann.export()));
    expect([...UNKNOWN, ...ALARM].filter((line) => !lines.has(line))).toEqual([]);
  });

  test('is in the export by a key, as itself and as the owner', async () => {
    const ann = await FileUser.of(client, { password: 'correct horse battery' });
    const backend = await addKey(application, 1);
    const headers = { 'content-type': 'text/calendar' };
    await backend.sendBytes('POST', `/users/${ann.id}/events:import`, file, headers);
    for (const caller of [backend, backend.as(ann.id)]) {
      const { body } = await caller.send('GET', `/users/${ann.id}/events.ics`);
      const lines = new Set(linesOf(body));
      expect([...UNKNOWN, ...ALARM].filter((line) => !lines.has(line))).toEqual([]);
    }
  });

  test('is not in the export of others', async () => {
    const [ann, bob] = [
      await FileUser.of(client),
      await FileUser.of(client, { password: 'correct horse battery' }),
    ];
    const open = UNKNOWN.filter((line) => !line.startsWith('CLASS'));
    const { event_id: id } = await ann.importOne(calendarFile(vevent(...open, ...ALARM)));
    const { body: login } = await client.post('/auth/login', {
      email: bob.email,
      password: 'correct horse battery',
    });
    const asBob = client.with(login.access_token);
    for (const path of [`/users/${ann.id}/events.ics`, `/events/${id ?? 0}`]) {
      const { body } = await asBob.send('GET', path, undefined, { accept: 'text/calendar' });
      expect(body).toContain('SUMMARY:One');
      expect(body).not.toMatch(/VALARM|X-COLOUR|GEO|ATTACH/);
    }
  });

  test('stays while the event changes elsewhere', async () => {
    const ann = await FileUser.of(client);
    const { event_id: id } = await ann.importOne(file);
    await client.patch(`/events/${id ?? 0}`, { title: 'Renamed', start_date: '2126-04-04T09:00:00Z' });
    const lines = linesOf(await ann.export());
    expect(lines).toEqual(
      expect.arrayContaining([
        ...ALARM,
        'X-COLOUR;X-DEPTH="a;b,c":deep\\, very',
        'SUMMARY:Renamed',
        'SEQUENCE:8',
      ]),
    );
    expect(lines).not.toContain('LAST-MODIFIED:21250601T000000Z');
  });

  test('of an occurrence follows it when the series moves, and ends with it', async () => {
    const ann = await FileUser.of(client);
    const { event_id: id } = await ann.importOne(series());
    await client.patch(`/events/${id ?? 0}`, { start_date: '2126-03-04T10:00:00Z' });
    const moved = linesOf(await ann.export());
    expect(moved).toContain('RECURRENCE-ID:21260305T100000Z');
    expect(moved.filter((line) => line.startsWith('X-OF'))).toEqual([
      'X-OF:series',
      'X-OF:second',
      'X-OF:fifth',
    ]);
    await client.patch(`/events/${id ?? 0}`, { repeat: { frequency: 'daily', count: 2 } });
    expect(linesOf(await ann.export()).filter((line) => line.startsWith('X-OF'))).toEqual([
      'X-OF:series',
      'X-OF:second',
    ]);
    await client.patch(`/events/${id ?? 0}`, { repeat: null });
    expect(linesOf(await ann.export()).filter((line) => line.startsWith('X-OF'))).toEqual(['X-OF:series']);
  });

  test('is in both parts of a series that is split', async () => {
    const ann = await FileUser.of(client);
    const { event_id: id } = await ann.importOne(series());
    const split = `/events/${id ?? 0}/occurrences/2126-03-07T09:00:00Z?scope=following`;
    expect((await client.patch(split, { title: 'Later' })).status).toBe(200);
    expect(linesOf(await ann.export()).filter((line) => /^(X-OF|UID)/.test(line))).toEqual([
      'UID:one@example.com',
      'X-OF:series',
      'UID:one@example.com',
      'X-OF:second',
      expect.stringMatching(/^UID:0/),
      'X-OF:series',
      expect.stringMatching(/^UID:0/),
      'X-OF:fifth',
    ]);
  });

  test('is in the export of the data of the user, and gone with the user', async () => {
    const ann = await FileUser.of(client);
    await ann.import(file);
    const { body } = await client.get(`/users/${ann.id}:export` as '/users/1:export');
    expect(JSON.stringify(body)).toContain('X-COLOUR');
  });
});
