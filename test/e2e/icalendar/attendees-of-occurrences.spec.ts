import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const [BOB, EVE, ZOE] = ['bob', 'eve', 'zoe'].map(
  (name) => `ATTENDEE;X-N=${name};PARTSTAT=ACCEPTED:mailto:${name}@example.net`,
);

const OCCURRENCE = '2126-03-05T09:00:00Z';

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

/** A series with Bob and Eve, of which an occurrence has other attendees. */
function series(organizer: string, ...own: readonly string[]): string {
  return calendarFile(
    vevent('RRULE:FREQ=DAILY;COUNT=4', organizer, BOB, EVE),
    vevent(
      'RECURRENCE-ID:21260305T090000Z',
      'DTSTART:21260305T110000Z',
      'DTEND:21260305T120000Z',
      organizer,
      ...own,
    ),
  );
}

/** The address and the PARTSTAT of each ATTENDEE of the series, and of the changed occurrence. */
async function attendeesOf(user: FileUser): Promise<{ series: string[]; occurrence: string[] }> {
  const [, master, changed = ''] = (await user.export()).split('BEGIN:VEVENT');
  const [ofSeries, occurrence] = [master, changed].map((text) =>
    linesOf(text)
      .filter((line) => line.startsWith('ATTENDEE'))
      .map((line) => `${/mailto:(\w+)/i.exec(line)?.[1]} ${/PARTSTAT=([A-Z-]+)/.exec(line)?.[1]}`)
      .toSorted(),
  );
  return { series: ofSeries, occurrence };
}

describe('the attendees that a file gives an occurrence', () => {
  const HOSTS = [
    ['of the importer', () => `ORGANIZER:mailto:${ann.email}`],
    ['of an organizer without an account', () => 'ORGANIZER:mailto:host@example.net'],
  ] as const;

  test.each(HOSTS)('stay while its time and its place change, in an event %s', async (_, host) => {
    const { event_id: id } = await ann.importOne(series(host(), BOB, ZOE));
    const path = `/events/${id ?? 0}/occurrences/${OCCURRENCE}`;
    expect((await attendeesOf(ann)).occurrence).toEqual(['bob ACCEPTED', 'zoe ACCEPTED']);
    await client.patch(path, { title: 'Renamed' });
    expect((await attendeesOf(ann)).occurrence).toEqual(['bob ACCEPTED', 'zoe ACCEPTED']);
    await client.patch(path, { start_date: '2126-03-05T15:00:00Z' });
    // The answers of attendees to a moved occurrence become open. The service has no row of Zoe.
    expect((await attendeesOf(ann)).occurrence).toEqual(['bob NEEDS-ACTION', 'zoe ACCEPTED']);
    await client.patch(path, { location: 'Room 5' });
    expect(await attendeesOf(ann)).toEqual({
      series: ['bob ACCEPTED', 'eve ACCEPTED'],
      occurrence: ['bob NEEDS-ACTION', 'zoe ACCEPTED'],
    });
    expect(linesOf(await ann.export()).filter((line) => line.includes('X-N=zoe'))).toHaveLength(1);
  });

  test.each(HOSTS)('stay with `keep_answers`, in an event %s', async (_, host) => {
    const { event_id: id } = await ann.importOne(series(host(), BOB, ZOE));
    await client.patch(`/events/${id ?? 0}/occurrences/${OCCURRENCE}`, {
      start_date: '2126-03-05T15:00:00Z',
      location: 'Room 5',
      keep_answers: true,
    });
    expect((await attendeesOf(ann)).occurrence).toEqual(['bob ACCEPTED', 'zoe ACCEPTED']);
  });

  test('are those of the file beside the answer of the importer', async () => {
    const own = (status: string) => `ATTENDEE;PARTSTAT=${status}:mailto:${ann.email}`;
    const organizer = 'ORGANIZER:mailto:host@example.net';
    const file = calendarFile(
      vevent('RRULE:FREQ=DAILY;COUNT=4', organizer, BOB, EVE, own('ACCEPTED')),
      vevent(
        'RECURRENCE-ID:21260305T090000Z',
        'DTSTART:21260305T110000Z',
        'DTEND:21260305T120000Z',
        organizer,
        ZOE,
        own('DECLINED'),
      ),
    );
    await ann.importOne(file);
    const name = ann.email.slice(0, 8);
    expect((await attendeesOf(ann)).occurrence).toEqual([`${name} DECLINED`, 'zoe ACCEPTED'].toSorted());
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
  });

  test('are joined by users who are invited here, and the file stays unchanged', async () => {
    const bea = await FileUser.of(client, { name: 'Bea' });
    const file = series(`ORGANIZER:mailto:${ann.email}`, BOB, ZOE);
    const { event_id: id } = await ann.importOne(file);
    const invited = [{ user_id: bea.id }, { email: 'dan@example.net' }];
    for (const attendee of invited)
      await client.create(`/events/${id ?? 0}/attendees` as '/events/1/attendees', attendee);
    const bea8 = bea.email.slice(0, 8);
    const added = [`${bea8} NEEDS-ACTION`, 'dan NEEDS-ACTION'];
    expect(await attendeesOf(ann)).toEqual({
      series: ['bob ACCEPTED', 'eve ACCEPTED', ...added].toSorted(),
      occurrence: ['bob ACCEPTED', 'zoe ACCEPTED', ...added].toSorted(),
    });
    expect((await ann.importOne(file)).status).toBe('unchanged');
    const { attendees } = await ann.event(id);
    const invite = attendees.find(({ user }) => user?.id === bea.id)?.invite_id ?? 0;
    await client.post(`/event-invites/${invite}:decline`, { original_start: OCCURRENCE });
    await client.post(`/event-invites/${invite}:accept`, { original_start: '2126-03-06T09:00:00Z' });
    expect((await attendeesOf(ann)).occurrence).toEqual(
      [`${bea8} DECLINED`, 'bob ACCEPTED', 'dan NEEDS-ACTION', 'zoe ACCEPTED'].toSorted(),
    );
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
    expect((await ann.importOne(file.replace('SUMMARY:One', 'SUMMARY:Two'))).status).toBe('replaced');
  });

  test('change with the attendees of the occurrence', async () => {
    const { event_id: id } = await ann.importOne(series(`ORGANIZER:mailto:${ann.email}`, BOB, ZOE));
    const { attendees } = await ann.event(id);
    const bob = attendees.find(({ guest }) => guest?.email === 'bob@example.net')?.invite_id ?? 0;
    await client.delete(`/event-invites/${bob}?original_start=${OCCURRENCE}` as '/event-invites/1');
    const bea = await FileUser.of(client, { name: 'Bea' });
    await client.create(`/events/${id ?? 0}/attendees` as '/events/1/attendees', {
      user_id: bea.id,
      original_start: OCCURRENCE,
    });
    expect(await attendeesOf(ann)).toEqual({
      series: ['bob ACCEPTED', 'eve ACCEPTED'],
      occurrence: [`${bea.email.slice(0, 8)} NEEDS-ACTION`, 'zoe ACCEPTED'].toSorted(),
    });
  });

  test('are those of the series if the file has another organizer alone', async () => {
    const { event_id: id } = await ann.importOne(
      calendarFile(
        vevent('RRULE:FREQ=DAILY;COUNT=4'),
        vevent(
          'RECURRENCE-ID:21260305T090000Z',
          'DTSTART:21260305T110000Z',
          'DTEND:21260305T120000Z',
          'ORGANIZER;X-A=1:mailto:host@example.net',
        ),
      ),
    );
    const bea = await FileUser.of(client, { name: 'Bea' });
    await client.create(`/events/${id ?? 0}/attendees` as '/events/1/attendees', { user_id: bea.id });
    const invited = [`${bea.email.slice(0, 8)} NEEDS-ACTION`];
    expect(await attendeesOf(ann)).toEqual({ series: invited, occurrence: invited });
    expect(linesOf(await ann.export())).toContain('ORGANIZER;X-A=1:mailto:host@example.net');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
  });
});
