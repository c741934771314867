import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const FILE = calendarFile(vevent('SUMMARY:One'));
const CHANGED = calendarFile(vevent('SUMMARY:Two', 'LOCATION:Room 5'));

const series = (title: string, hour: string) =>
  calendarFile(
    vevent('RRULE:FREQ=DAILY;COUNT=3', `SUMMARY:${title}`),
    vevent(`RECURRENCE-ID:21260305T090000Z`, `DTSTART:21260305T${hour}0000Z`, `DTEND:21260305T${hour}3000Z`),
  );

describe('an object that the user has already', () => {
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

  test.each(['', '?on_duplicate=replace', '?on_duplicate=skip', '?on_duplicate=error'])(
    'is unchanged if it is equal: %s',
    async (query) => {
      const created = await ann.importOne(FILE);
      expect(await ann.importOne(FILE, query)).toEqual({ ...created, status: 'unchanged' });
      expect((await ann.event(created.event_id)).version).toBe(1);
    },
  );

  test('is unchanged if DTSTAMP alone differs', async () => {
    await ann.importOne(FILE);
    const later = calendarFile(vevent('SUMMARY:One', 'DTSTAMP:21270101T000000Z'));
    expect((await ann.importOne(later)).status).toBe('unchanged');
  });

  test.each(['DURATION:PT1H', 'DTEND;TZID=Europe/Berlin:20300331T040000'])(
    'is unchanged, and exported as it was, if it starts in a gap of the clocks: %s',
    async (end) => {
      const file = calendarFile([
        'BEGIN:VEVENT',
        'UID:gap',
        'DTSTART;TZID=Europe/Berlin:20300331T023000',
        end,
        'END:VEVENT',
      ]);
      await ann.importOne(file);
      expect((await ann.importOne(file)).status).toBe('unchanged');
      expect(linesOf(await ann.export())).toEqual(
        expect.arrayContaining(['DTSTART;TZID=Europe/Berlin:20300331T023000', end]),
      );
    },
  );

  test('is replaced if it differs', async () => {
    const { event_id: id } = await ann.importOne(FILE);
    expect(await ann.importOne(CHANGED)).toMatchObject({ status: 'replaced', event_id: id });
    expect(await ann.event(id)).toMatchObject({ title: 'Two', location: 'Room 5', version: 2 });
    expect((await ann.importOne(CHANGED)).status).toBe('unchanged');
  });

  test('is skipped, or refused, if the request says so', async () => {
    const { event_id: id } = await ann.importOne(FILE);
    expect(await ann.importOne(CHANGED, '?on_duplicate=skip')).toMatchObject({
      status: 'skipped',
      event_id: id,
    });
    expect(await ann.importOne(CHANGED, '?on_duplicate=error')).toMatchObject({
      status: 'refused',
      event_id: null,
      problem: { code: 'duplicate_uid' },
    });
    expect(await ann.event(id)).toMatchObject({ title: 'One', version: 1 });
  });

  test('is found in another calendar, and moves with `replace` alone', async () => {
    const { event_id: id } = await ann.importOne(FILE);
    const { calendar_id: primary } = await ann.event(id);
    const { body: trips } = await client.create(`/users/${ann.id}/calendars`, { name: 'Trips' });
    const query = `?calendar_id=${trips.id}`;
    expect((await ann.importOne(FILE, `${query}&on_duplicate=skip`)).status).toBe('unchanged');
    expect((await ann.event(id)).calendar_id).toBe(primary);
    expect(await ann.importOne(FILE, query)).toMatchObject({ status: 'replaced', event_id: id });
    expect((await ann.event(id)).calendar_id).toBe(trips.id);
    expect((await ann.importOne(FILE)).status).toBe('unchanged');
    expect((await ann.importOne(CHANGED, `?calendar_id=${primary ?? 0}`)).status).toBe('replaced');
    expect((await ann.event(id)).calendar_id).toBe(primary);
  });

  test('of another user is another event', async () => {
    const bob = await FileUser.of(client);
    const [ofAnn, ofBob] = [await ann.importOne(FILE), await bob.importOne(FILE)];
    expect([ofAnn.status, ofBob.status]).toEqual(['created', 'created']);
    expect(ofBob.event_id).not.toBe(ofAnn.event_id);
  });

  test('is another event if the case of the UID differs', async () => {
    await ann.importOne(FILE);
    expect((await ann.importOne(calendarFile(vevent('UID:ONE@example.com')))).status).toBe('created');
  });

  test('is imported again after it was deleted', async () => {
    const { event_id: id } = await ann.importOne(FILE);
    await client.delete(`/events/${id ?? 0}`);
    expect((await ann.importOne(FILE)).status).toBe('created');
  });

  test('loses changes of the API where the file has another value', async () => {
    const { event_id: id } = await ann.importOne(FILE);
    await client.patch(`/events/${id ?? 0}`, { title: 'Renamed', location: 'Elsewhere' });
    expect((await ann.importOne(FILE)).status).toBe('replaced');
    expect(await ann.event(id)).toMatchObject({ title: 'One', location: null });
  });

  test('replaces a series with its overrides', async () => {
    const { event_id: id } = await ann.importOne(series('A', '12'));
    expect((await ann.importOne(series('B', '14'))).status).toBe('replaced');
    const { body } = await client.get(
      `/events/${id ?? 0}/occurrences?from=2126-03-01T00:00:00Z&to=2126-04-01T00:00:00Z`,
    );
    expect(body).toMatchObject([
      { start: '2126-03-04T09:00:00Z', title: 'B' },
      { start: '2126-03-05T14:00:00Z', end: '2126-03-05T14:30:00Z', title: 'One' },
      { start: '2126-03-06T09:00:00Z', title: 'B' },
    ]);
    expect((await ann.importOne(series('B', '14'))).status).toBe('unchanged');
    const moved = calendarFile(
      vevent('RRULE:FREQ=DAILY;COUNT=3', 'DTSTART:21260304T110000Z', 'DTEND:21260304T120000Z'),
    );
    expect((await ann.importOne(moved)).status).toBe('replaced');
    expect(await ann.event(id)).toMatchObject({ start_date: '2126-03-04T11:00:00Z' });
  });

  test('is an event that the API has made, by its exported UID', async () => {
    const { body: event } = await client.create('/events', {
      title: 'Made here',
      start_date: '2126-03-04T09:00:00Z',
      duration: 3_600,
      organizer_user_id: ann.id,
      repeat: { frequency: 'weekly', count: 3 },
    });
    const file = await ann.export();
    expect(await ann.importOne(file)).toMatchObject({ status: 'unchanged', event_id: event.id });
    const renamed = file.replace('Made here', 'Renamed elsewhere');
    expect(await ann.importOne(renamed)).toMatchObject({ status: 'replaced', event_id: event.id });
    expect(await ann.event(event.id)).toMatchObject({ title: 'Renamed elsewhere' });
    expect(await ann.importOne(renamed)).toMatchObject({ status: 'unchanged', event_id: event.id });
  });

  test('of another user whose event they attend is unchanged, or refused', async () => {
    const bob = await FileUser.of(client);
    await client.create('/events', {
      title: 'Of Ann',
      start_date: '2126-03-04T09:00:00Z',
      duration: 3_600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
    });
    const file = await bob.export();
    expect((await bob.importOne(file)).status).toBe('unchanged');
    expect(await bob.importOne(file.replace('Of Ann', 'Of Bob'))).toMatchObject({
      status: 'refused',
      problem: { code: 'event_of_another_user' },
    });
  });

  test('keeps the users who attend it, also if the file lacks them', async () => {
    const bob = await FileUser.of(client);
    const { body: event } = await client.create('/events', {
      title: 'Made here',
      start_date: '2126-03-04T09:00:00Z',
      duration: 3_600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
    });
    const { invite_id: invite } = event.attendees[1];
    await client.post(`/event-invites/${invite ?? 0}:accept`);
    const file = (await ann.export())
      .split('\r\n')
      .filter((line) => !line.startsWith('ATTENDEE'))
      .join('\r\n')
      .replace('Made here', 'Renamed');
    expect((await ann.importOne(file)).status).toBe('replaced');
    const { attendees, title } = await ann.event(event.id);
    expect(title).toBe('Renamed');
    expect(attendees).toMatchObject([
      { status: 'organizer', user: { id: ann.id } },
      { status: 'accepted', user: { id: bob.id }, invite_id: invite },
    ]);
    expect(attendees).toHaveLength(2);
  });
});
