import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { FileUser, linesOf } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ONCE = { start_date: '2126-03-04T09:00:00Z', duration: 3_600 };
const PASSWORD = 'correct horse battery';

let application: TestApplication;
let client: Client;
let clock: TestClock;

beforeAll(async () => {
  clock = new TestClock('2126-03-01T00:00:00Z');
  application = await startTestApplication({}, clock);
  client = new Client(application.url);
});
afterAll(async () => application.close());

async function created({ id }: FileUser, fields: Partial<NewEvent> = {}) {
  const event = { title: 'Meeting', ...ONCE, organizer_user_id: id, ...fields } as NewEvent;
  return (await client.create('/events', event)).body;
}

/** A user with a password, and a client with the token. */
async function person(): Promise<{ user: FileUser; client: Client }> {
  const user = await FileUser.of(client, { password: PASSWORD });
  const { body } = await client.post('/auth/login', { email: user.email, password: PASSWORD });
  return { user, client: client.with(body.access_token) };
}

async function textSeenBy(viewer: Client, path: string): Promise<string> {
  const { status, body } = await viewer.send('GET', path, undefined, { accept: 'text/calendar' });
  expect(status).toBe(200);
  return body as unknown as string;
}

/** The SEQUENCE of the only event of a file; 0: it has none (RFC 5545 §3.8.7.4). */
function sequenceOf(text: string): number {
  const line = linesOf(text).find((one) => one.startsWith('SEQUENCE:'));
  return Number(line?.slice('SEQUENCE:'.length) ?? 0);
}

describe('an event as a file', () => {
  test('is a VCALENDAR with CRLF, folded at 75 octets, whose texts are escaped', async () => {
    const ann = await FileUser.of(client);
    const event = await created(ann, {
      title: `Füße, Öl; ${'😀'.repeat(40)}`,
      desc: 'One\r\ntwo\rthree\\four',
      location: 'a\u0007b',
    });
    const text = await ann.export(`/events/${event.id}`);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(linesOf(text)).toEqual(
      expect.arrayContaining([
        `SUMMARY:Füße\\, Öl\\; ${'😀'.repeat(40)}`,
        'DESCRIPTION:One\\ntwo\\nthree\\\\four',
        'LOCATION:ab',
      ]),
    );
  });

  test('is asked for by its media type alone', async () => {
    const ann = await FileUser.of(client);
    const event = await created(ann);
    const typeFor = async (accept: string) =>
      (await client.send('GET', `/events/${event.id}`, undefined, { accept })).headers.get('content-type');
    expect(await typeFor('text/calendar')).toBe('text/calendar; charset=utf-8');
    expect(await typeFor('text/calendar, */*;q=0.1')).toBe('text/calendar; charset=utf-8');
    expect(await typeFor('*/*')).toContain('application/json');
    expect(await typeFor('application/json, text/calendar;q=0.5')).toContain('application/json');
    const { headers } = await client.get(`/events/${event.id}`);
    expect(headers.get('vary')).toContain('accept');
  });

  test('has a UID that is stable and names no host and no user', async () => {
    const ann = await FileUser.of(client);
    const event = await created(ann);
    const uidOf = async () => linesOf(await ann.export()).find((line) => line.startsWith('UID:'));
    const before = await uidOf();
    expect(before).toMatch(/^UID:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
    await client.patch(`/events/${event.id}`, { title: 'Renamed' });
    expect(await uidOf()).toBe(before);
  });

  test('is the same text at any later time, and its SEQUENCE rises with a new time', async () => {
    const ann = await FileUser.of(client);
    const event = await created(ann);
    const before = await ann.export();
    clock.advance(40 * 86_400);
    expect(await ann.export()).toBe(before);
    await client.patch(`/events/${event.id}`, { start_date: '2126-05-05T09:00:00Z' });
    expect(sequenceOf(await ann.export())).toBeGreaterThan(sequenceOf(before));
  });

  test('has a VTIMEZONE for each zone, and EXDATE, RDATE and RECURRENCE-ID in the form of DTSTART', async () => {
    const ann = await FileUser.of(client);
    const event = await created(ann, {
      time_zone: 'Europe/Berlin',
      repeat: {
        frequency: 'weekly',
        count: 4,
        rdates: ['2126-05-01T08:00:00Z'],
        exdates: ['2126-03-11T09:00:00Z'],
      } as NewEvent['repeat'],
    });
    await client.patch(`/events/${event.id}/occurrences/2126-03-18T09:00:00Z`, { title: 'Other' });
    const lines = linesOf(await ann.export());
    expect(lines).toEqual(
      expect.arrayContaining([
        'TZID:Europe/Berlin',
        'DTSTART;TZID=Europe/Berlin:21260304T100000',
        'EXDATE;TZID=Europe/Berlin:21260311T100000',
        'RDATE;TZID=Europe/Berlin:21260501T100000',
        'RECURRENCE-ID;TZID=Europe/Berlin:21260318T100000',
      ]),
    );
  });

  test('has the days of an all-day event as dates', async () => {
    const ann = await FileUser.of(client);
    await created(ann, { start_date: '2126-03-04', all_day: true, duration: 2 });
    expect(linesOf(await ann.export())).toEqual(
      expect.arrayContaining([
        'DTSTART;VALUE=DATE:21260304',
        'DTEND;VALUE=DATE:21260306',
        'TRANSP:TRANSPARENT',
      ]),
    );
  });

  test('has the organizer and the attendees with their answers', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    const event = await created(ann, {
      invited_user_ids: [bob.id],
      invited: [{ email: 'zoe@example.net', name: 'Zoe', role: 'optional' }],
    });
    await client.post(`/event-invites/${event.attendees[1].invite_id ?? 0}:accept`);
    expect(linesOf(await ann.export())).toEqual(
      expect.arrayContaining([
        `ORGANIZER;CN=Ann:mailto:${ann.email}`,
        `ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:${bob.email}`,
        'ATTENDEE;CN=Zoe;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:zoe@example.net',
      ]),
    );
  });
});

describe('the events of a user as a file', () => {
  test('are all of them, also those of others and cancelled ones', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    await created(ann, { title: 'Own' });
    await created(bob, { title: 'Of Bob', invited_user_ids: [ann.id] });
    const cancelled = await created(ann, { title: 'Off' });
    await client.patch(`/events/${cancelled.id}`, { status: 'cancelled' });
    const lines = linesOf(await ann.export());
    expect(lines.filter((line) => line.startsWith('SUMMARY'))).toEqual([
      'SUMMARY:Own',
      'SUMMARY:Of Bob',
      'SUMMARY:Off',
    ]);
    expect(lines).toContain('STATUS:CANCELLED');
    expect(lines).toContain('X-WR-CALNAME:Ann');
  });

  test('are those of one calendar', async () => {
    const ann = await FileUser.of(client);
    await created(ann, { title: 'Elsewhere' });
    const { body: trips } = await client.create(`/users/${ann.id}/calendars`, {
      name: 'Trips',
      color: '#ff0000',
    });
    await created(ann, { title: 'Rome', calendar_id: trips.id });
    const lines = linesOf(await ann.export(`/calendars/${trips.id}/events.ics`));
    expect(lines.filter((line) => line.startsWith('SUMMARY'))).toEqual(['SUMMARY:Rome']);
    expect(lines).toContain('X-WR-CALNAME:Trips');
  });

  test('are tagged, and not sent again to a client that has them', async () => {
    const ann = await FileUser.of(client);
    const event = await created(ann);
    const path = `/users/${ann.id}/events.ics`;
    const first = await client.send('GET', path);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\da-f]{32}"$/);
    const second = await client.send('GET', path, undefined, { 'if-none-match': tag });
    expect([second.status, second.body]).toEqual([304, null]);
    await client.patch(`/events/${event.id}`, { title: 'Renamed' });
    const third = await client.send('GET', path, undefined, { 'if-none-match': tag });
    expect([third.status, third.headers.get('etag') === tag]).toEqual([200, false]);
  });

  test('are none of a user or a calendar that does not exist', async () => {
    expect((await client.send('GET', '/users/999999/events.ics')).body).toMatchObject({
      code: 'user_not_found',
    });
    expect((await client.send('GET', '/calendars/999999/events.ics')).body).toMatchObject({
      code: 'calendar_not_found',
    });
  });
});

describe('a private event in the file of another user', () => {
  test('is busy times without the rule, in a window of 400 days', async () => {
    const [ann, bob] = [await person(), await person()];
    const { body: event } = await ann.client.create('/events', {
      title: 'Secret',
      ...ONCE,
      time_zone: 'Pacific/Chatham',
      visibility: 'private',
      organizer_user_id: ann.user.id,
      repeat: { frequency: 'daily', interval: 100 },
    });
    const path = `/users/${ann.user.id}/events.ics`;
    const text = await textSeenBy(bob.client, path);
    expect(text).not.toMatch(/Secret|RRULE|Chatham|TZID/);
    const lines = linesOf(text);
    expect(lines.filter((line) => line.startsWith('DTSTART'))).toEqual([
      'DTSTART:21260304T090000Z',
      expect.stringMatching(/^DTSTART:212606/),
      expect.stringMatching(/^DTSTART:212609/),
      expect.stringMatching(/^DTSTART:212612/),
    ]);
    expect(new Set(lines.filter((line) => line.startsWith('SUMMARY')))).toEqual(new Set(['SUMMARY:Busy']));
    const uids = lines.filter((line) => line.startsWith('UID'));
    expect(new Set(uids).size).toBe(4);
    const own = await textSeenBy(ann.client, path);
    expect(own).toContain('SUMMARY:Secret');
    expect(uids.some((uid) => own.includes(uid))).toBe(false);
    const ofEvent = linesOf(await textSeenBy(bob.client, `/events/${event.id}`));
    expect(ofEvent.filter((line) => /^(SUMMARY|DTSTART|RRULE)/.test(line))).toEqual([
      'DTSTART:21260304T090000Z',
      'SUMMARY:Busy',
    ]);
  });

  test.each([
    ['an event of the past', '2119-01-05T09:00:00Z', {}, ['DTSTART:21190105T090000Z']],
    ['an event of the far future', '2190-01-05T09:00:00Z', {}, ['DTSTART:21900105T090000Z']],
    ['floating days of the far future', '2190-01-05', { all_day: true }, ['DTSTART;VALUE=DATE:21900105']],
    [
      'a series that begins in the far future',
      '2190-01-05T09:00:00Z',
      { repeat: { frequency: 'daily', interval: 300 } },
      ['DTSTART:21900105T090000Z', 'DTSTART:21901101T090000Z'],
    ],
  ])('is busy times, if it is %s', async (_, start, fields, expected) => {
    const [ann, bob] = [await person(), await person()];
    await ann.client.create('/events', {
      title: 'Secret',
      start_date: start,
      duration: 'all_day' in fields ? 1 : 3_600,
      visibility: 'private',
      organizer_user_id: ann.user.id,
      ...fields,
    } as NewEvent);
    const text = await textSeenBy(bob.client, `/users/${ann.user.id}/events.ics`);
    expect(linesOf(text).filter((line) => line.startsWith('DTSTART'))).toEqual(expected);
    expect(text).not.toContain('Secret');
  });

  test('is missing if it is cancelled, or if the user has declined it', async () => {
    const [ann, bob] = [await person(), await person()];
    const off = await ann.client.create('/events', {
      title: 'Off',
      ...ONCE,
      visibility: 'private',
      organizer_user_id: ann.user.id,
    });
    await ann.client.patch(`/events/${off.body.id}`, { status: 'cancelled' });
    expect(await textSeenBy(bob.client, `/users/${ann.user.id}/events.ics`)).not.toContain('VEVENT');
  });

  test('has another UID in the file of each attendee', async () => {
    const [ann, bob, eve] = [await person(), await person(), await person()];
    await ann.client.create('/events', {
      title: 'Secret',
      ...ONCE,
      visibility: 'private',
      organizer_user_id: ann.user.id,
      invited_user_ids: [bob.user.id],
    });
    const uidIn = async ({ user }: { user: FileUser }) =>
      linesOf(await textSeenBy(eve.client, `/users/${user.id}/events.ics`)).find((line) =>
        line.startsWith('UID'),
      );
    const uids = [await uidIn(ann), await uidIn(bob)];
    expect(uids).toEqual([expect.stringMatching(/^UID:/), expect.stringMatching(/^UID:/)]);
    expect(uids[0]).not.toBe(uids[1]);
  });
});
