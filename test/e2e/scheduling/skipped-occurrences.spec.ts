import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars } from '../../support/client/calendars.js';
import type { ServiceResponse } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

type Event = Partial<NewEvent> & Pick<NewEvent, 'start_date'>;

const on = (day: string, hour = '09') => `2031-${day}T${hour}:00:00Z`;
const MONDAYS = { start_date: on('01-06'), duration: 3_600, repeat: { frequency: 'weekly' } } as const;
const TWELVE = { ...MONDAYS, repeat: { frequency: 'weekly', count: 12 } } as const;
const SKIP = { conflict_policy: 'skip' } as const;

describe('a series that leaves out its conflicts', () => {
  let application: TestApplication;
  let calendars: Calendars;
  let rooms: Rooms;
  const clock = new TestClock();
  let ann: number;

  beforeAll(async () => {
    application = await startTestApplication({}, clock);
    calendars = new Calendars(application.url);
    rooms = new Rooms(calendars.client);
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    clock.set('2026-03-02T09:00:00Z');
    ann = await calendars.someone();
  });

  async function create(fields: Event, organizer = ann): Promise<ServiceResponse<BookedEvent>> {
    return calendars.client.post('/events', { title: 'Planning', organizer_user_id: organizer, ...fields });
  }
  const meeting = async (start: string, fields: Partial<NewEvent> = {}) =>
    create({ start_date: start, duration: 3_600, ...fields });
  const patch = async (id: number, fields: object, path = '') =>
    calendars.client.send('PATCH', `/events/${id}${path}`, fields);
  async function days(id: number): Promise<string[]> {
    const window = `from=2031-01-01T00:00:00Z&to=2031-12-31T00:00:00Z&limit=200`;
    const { body } = await calendars.client.get(`/events/${id}/occurrences?${window}`);
    return body.map(({ start }) => start.slice(5, 10));
  }

  test('of twelve, with two conflicts, has ten for good, and the first may be one of the two', async () => {
    await meeting(on('01-06'));
    await meeting('2031-02-03T09:30:00Z');
    const { status, body } = await create({ ...TWELVE, ...SKIP });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { skipped: [on('01-06'), on('02-03')], conflicts: [], conflicts_checked_until: null },
    });
    const ten = ['01-13', '01-20', '01-27', '02-10', '02-17', '02-24', '03-03', '03-10', '03-17', '03-24'];
    expect(await days(body.id)).toEqual(ten);
    expect((await patch(body.id, { title: 'Renamed' })).body.skipped).toBeUndefined();
    expect((await patch(body.id, { title: 'Again', ...SKIP })).body.skipped).toEqual([]);
    expect((await patch(body.id, { duration: 1_800 })).status).toBe(200);
    expect((await patch(body.id, { start_date: on('01-06', '11') })).status).toBe(200);
    expect(await days(body.id)).toEqual(ten);
  });

  test('leaves out what a change newly takes, and keeps what the event had', async () => {
    await meeting(on('01-13'));
    await meeting(on('01-20', '10'));
    const { body } = await create(TWELVE);
    const moved = await patch(body.id, { duration: 7_200, ...SKIP });
    expect(moved).toMatchObject({ status: 200, body: { skipped: [on('01-20')] } });
    expect((await days(body.id)).slice(0, 3)).toEqual(['01-06', '01-13', '01-27']);
  });

  test('leaves out overrides and answers of the skipped occurrences', async () => {
    const bob = await calendars.someone();
    const { body } = await create({ ...TWELVE, invited_user_ids: [bob] });
    await patch(body.id, { title: 'Other' }, `/occurrences/${on('01-13')}`);
    await calendars.client.send('POST', `/event-invites/${body.attendees[1].invite_id}:accept`, {
      original_start: on('01-13'),
    });
    await meeting(on('01-13', '12'));
    const moved = await patch(body.id, { start_date: on('01-06', '12'), ...SKIP });
    expect(moved).toMatchObject({ status: 200, body: { skipped: [on('01-13', '12')] } });
    expect((await days(body.id)).slice(0, 2)).toEqual(['01-06', '01-20']);
  });

  test('leaves out occurrences at which a room is closed or taken', async () => {
    const room = await rooms.room({ opening_hours: OFFICE_HOURS });
    await meeting(on('01-08'), { invited_room_ids: [room] });
    const daily: Event = {
      ...MONDAYS,
      repeat: { frequency: 'daily', count: 7 },
      invited_room_ids: [room],
    };
    const { status, body } = await create({ ...daily, ...SKIP });
    expect({ status, skipped: body.skipped }).toEqual({
      status: 201,
      skipped: [on('01-08'), on('01-11'), on('01-12')],
    });
    const endless = await create({ ...daily, repeat: { frequency: 'daily' }, ...SKIP });
    expect(endless).toMatchObject({ status: 409, body: { code: 'time_taken' } });
  });

  test('names all-day occurrences by their dates', async () => {
    const allDay = { all_day: true, show_as: 'busy', duration: 1 } as const;
    await create({ ...allDay, start_date: '2031-01-13' });
    const { body } = await create({ ...TWELVE, ...allDay, start_date: '2031-01-06', ...SKIP });
    expect(body.skipped).toEqual(['2031-01-13']);
  });

  test('as the later part of a series', async () => {
    await meeting(on('02-03', '10'));
    const { body } = await create(TWELVE);
    const following = `/occurrences/${on('01-27')}?scope=following`;
    const later = await patch(body.id, { start_date: on('01-27', '10'), ...SKIP }, following);
    expect(later).toMatchObject({ status: 200, body: { skipped: [on('02-03', '10')] } });
  });

  test('in a batch, and by a PUT', async () => {
    await meeting(on('01-13'));
    const fields = { title: 'Planning', organizer_user_id: ann, ...TWELVE, ...SKIP };
    const batch = await calendars.client.send('POST', '/events:batch-create', { requests: [fields] });
    expect(batch).toMatchObject({ status: 200, body: { events: [{ skipped: [on('01-13')] }] } });
    const two = await calendars.client.send('POST', '/events:batch-create', {
      requests: [
        { ...fields, start_date: on('01-08'), repeat: { frequency: 'daily', count: 3 } },
        { ...fields, start_date: on('01-07'), repeat: { frequency: 'daily', count: 3 } },
      ],
    });
    // The first keeps its time, and the second leaves it out.
    expect(two.body).toMatchObject({ events: [{ skipped: [] }, { skipped: [on('01-08'), on('01-09')] }] });
    const put = await calendars.client.send('PUT', '/events/by-external-id/series', {
      ...fields,
      start_date: on('01-17'),
    });
    expect(put).toMatchObject({ status: 201, body: { skipped: [] } });
  });

  test.each<[string, Event[], Event]>([
    ['the conflicts have no end', [MONDAYS], { ...MONDAYS, start_date: '2033-01-03T09:30:00Z' }],
    ['no occurrence is left', [TWELVE], { ...MONDAYS, repeat: { frequency: 'weekly', count: 5 } }],
    [
      'the event does not repeat',
      [{ start_date: on('01-06'), duration: 60 }],
      { start_date: on('01-06'), duration: 60 },
    ],
    [
      'a thousand occurrences are in conflict, and one more',
      [{ ...MONDAYS, repeat: { frequency: 'daily', until: '2033-10-02' } }],
      { ...MONDAYS, repeat: { frequency: 'daily' } },
    ],
  ])('is refused if %s', async (_, others, fields) => {
    for (const other of others) expect((await create(other)).status).toBe(201);
    const { status, body } = await create({ ...fields, ...SKIP });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { code: 'time_taken', conflicts: expect.anything() },
    });
    expect(
      (await calendars.client.get(`/users/${ann}/events?from=2031-01-01T00:00:00Z&to=2032-01-01T00:00:00Z`))
        .body,
    ).toHaveLength(others.length);
  });

  test('an attendee is added with no occurrence left out', async () => {
    const bob = await calendars.someone();
    const { body } = await create(TWELVE);
    const added = await calendars.client.send('POST', `/events/${body.id}/attendees`, {
      user_id: bob,
      ...SKIP,
    });
    expect(added).toMatchObject({ status: 400, body: { errors: [{ field: 'conflict_policy' }] } });
  });

  test('one occurrence in conflict is refused', async () => {
    await meeting(on('01-20', '12'));
    const { body } = await create(TWELVE);
    const moved = { start_date: on('01-20', '12'), ...SKIP };
    expect((await patch(body.id, moved, `/occurrences/${on('01-20')}`)).status).toBe(409);
  });
});
