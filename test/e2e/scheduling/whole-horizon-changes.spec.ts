import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars } from '../../support/client/calendars.js';
import type { ServiceResponse } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

type Event = Partial<NewEvent> & Pick<NewEvent, 'start_date'>;

/** Mondays at 9 from 2031-01-06 on, without an end. */
const MONDAYS: Event = {
  start_date: '2031-01-06T09:00:00Z',
  duration: 3_600,
  repeat: { frequency: 'weekly' },
};
/** A Monday years after the first. */
const FAR: Event = { start_date: '2041-01-07T09:00:00Z', duration: 3_600 };
const FAR_DAY = '2041-01-07T09:00:00Z';

const times = (hour: string) => ({ start_date: `2031-01-06T${hour}:00Z` });

describe('a change whose conflicts are years ahead', () => {
  let application: TestApplication;
  let calendars: Calendars;
  let rooms: Rooms;
  const clock = new TestClock();
  let ann: number;
  let bob: number;
  let room: number;

  beforeAll(async () => {
    application = await startTestApplication({}, clock);
    calendars = new Calendars(application.url);
    rooms = new Rooms(calendars.client);
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    clock.set('2026-03-02T09:00:00Z');
    [ann, bob] = await calendars.everyone([{}, {}]);
    room = await rooms.room();
  });

  async function create(fields: Event, organizer = ann): Promise<ServiceResponse<BookedEvent>> {
    return calendars.client.post('/events', { title: 'Planning', organizer_user_id: organizer, ...fields });
  }
  async function inRoom(fields: Event, organizer = ann): Promise<BookedEvent> {
    const { status, body } = await create({ ...fields, invited_room_ids: [room] }, organizer);
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  }
  const send = async (method: 'PATCH' | 'POST' | 'PUT', path: string, body: object) =>
    (await calendars.client.send(method, path, body)).status;

  test.each<[string, Event, object]>([
    [
      'moves the series',
      { ...MONDAYS, start_date: '2031-01-07T09:00:00Z' },
      { start_date: MONDAYS.start_date, repeat: { frequency: 'weekly' } },
    ],
    [
      'makes an event repeat',
      { start_date: '2031-01-06T09:00:00Z', duration: 3_600 },
      { repeat: { frequency: 'weekly' } },
    ],
    ['makes the occurrences longer', { ...MONDAYS, start_date: '2031-01-06T08:00:00Z' }, { duration: 3_601 }],
    [
      'lets the series end later',
      { ...MONDAYS, repeat: { frequency: 'weekly', until: '2040-12-31' } },
      { repeat: { frequency: 'weekly' } },
    ],
    ['restores the series', { ...MONDAYS }, { status: 'confirmed' }],
    ['invites the room', { ...MONDAYS }, { invited_room_ids: [] as number[] }],
    ['takes the time of a free event', { ...MONDAYS, show_as: 'free' }, { show_as: 'busy' }],
  ])('is refused if it %s', async (change, series, patch) => {
    const invites = 'invited_room_ids' in patch;
    const { body } = await create({ ...series, invited_room_ids: invites ? [] : [room] });
    if (change === 'restores the series') await send('PATCH', `/events/${body.id}`, { status: 'cancelled' });
    await inRoom(FAR, bob);
    const fields = invites ? { invited_room_ids: [room] } : patch;
    expect(await send('PATCH', `/events/${body.id}`, fields)).toBe(409);
    expect(await send('PATCH', `/events/${body.id}`, { ...fields, title: 'Other' })).toBe(409);
  });

  test('is refused for an attendee who is added, by a PUT, and in a batch', async () => {
    const { body } = await create({ ...MONDAYS, external_id: 'weekly' });
    await inRoom(FAR, bob);
    expect(await send('POST', `/events/${body.id}/attendees`, { room_id: room })).toBe(409);
    const put = { title: 'Planning', organizer_user_id: ann, ...MONDAYS, invited_room_ids: [room] };
    expect(await send('PUT', '/events/by-external-id/weekly', put)).toBe(409);
    expect(await send('PUT', '/events/by-external-id/other', put)).toBe(409);
    expect(await send('POST', '/events:batch-create', { requests: [put] })).toBe(409);
    const requests = [{ id: body.id, invited_room_ids: [room] }];
    expect(await send('POST', '/events:batch-update', { requests })).toBe(409);
    expect(await send('PATCH', `/events/${body.id}`, { organizer_user_id: await rejecting() })).toBe(409);
  });

  /** A user without double booking who is busy at that hour. */
  async function rejecting(): Promise<number> {
    const eve = await calendars.someone({ double_booking: 'reject' });
    await create(FAR, eve);
    return eve;
  }

  test('is refused to a user who accepts a series', async () => {
    const eve = await calendars.someone({ double_booking: 'reject' });
    const { body } = await create({ ...MONDAYS, invited_user_ids: [eve] });
    // The unanswered invitation refuses no booking of her time.
    expect((await create(FAR, eve)).status).toBe(201);
    expect(await send('POST', `/event-invites/${body.attendees[1].invite_id}:accept`, {})).toBe(409);
  });

  test('is refused for one occurrence, and for all later ones', async () => {
    const series = await inRoom({ ...MONDAYS, start_date: '2031-01-06T08:00:00Z' });
    await inRoom(FAR, bob);
    const at = (day: string, scope: string) =>
      `/events/${series.id}/occurrences/${day}T08:00:00Z?scope=${scope}`;
    const later = { start_date: '2041-01-07T08:30:00Z' };
    expect(await send('PATCH', at('2041-01-07', 'this'), later)).toBe(409);
    expect(await send('PATCH', at('2032-01-05', 'following'), { start_date: '2032-01-05T08:30:00Z' })).toBe(
      409,
    );
    expect(await send('PATCH', at('2042-01-06', 'following'), { start_date: '2042-01-06T08:30:00Z' })).toBe(
      200,
    );
  });

  test('is accepted after a comparison that the event itself does not disturb', async () => {
    const series = await inRoom({ ...MONDAYS, external_id: 'own', invited_user_ids: [bob] });
    const path = `/events/${series.id}`;
    expect(await send('PATCH', path, { start_date: '2031-01-06T09:15:00Z' })).toBe(200);
    expect(await send('PATCH', path, { ...times('09:30'), conflict_policy: 'reject' })).toBe(200);
    const eve = await calendars.someone();
    expect(await send('POST', `${path}/attendees`, { user_id: eve, conflict_policy: 'reject' })).toBe(201);
    const put = {
      title: 'Planning',
      organizer_user_id: ann,
      ...MONDAYS,
      invited_room_ids: [room],
      conflict_policy: 'reject',
    };
    expect(await send('PUT', '/events/by-external-id/own', put)).toBe(200);
    expect(await send('PUT', '/events/by-external-id/own', put)).toBe(200);
    const following = `${path}/occurrences/2035-01-01T09:00:00Z?scope=following`;
    expect(
      await send('PATCH', following, { start_date: '2035-01-01T08:45:00Z', conflict_policy: 'reject' }),
    ).toBe(200);
  });

  test('is refused if the series overlaps itself in a room, and only there', async () => {
    const long: Event = { ...MONDAYS, duration: 25 * 3_600, repeat: { frequency: 'daily' } };
    expect((await create({ ...long, conflict_policy: 'reject' })).status).toBe(201);
    const { status, body } = await create({ ...long, invited_room_ids: [room] });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { conflicts: [{ user_id: room, start: '2031-01-07T09:00:00Z', end: '2031-01-07T10:00:00Z' }] },
    });
    const daily = await inRoom({ ...MONDAYS, repeat: { frequency: 'daily' } });
    expect(await send('PATCH', `/events/${daily.id}`, { duration: 25 * 3_600 })).toBe(409);
    const first = `/events/${daily.id}/occurrences/2031-01-06T09:00:00Z`;
    expect(await send('PATCH', first, { start_date: '2031-01-07T09:30:00Z' })).toBe(409);
    expect(await send('PATCH', first, { start_date: '2031-01-06T10:30:00Z' })).toBe(200);
  });

  test('of a plain series says until when conflicts were searched for', async () => {
    await create(FAR);
    const { body } = await create(MONDAYS);
    expect(body).toMatchObject({ conflicts: [], conflicts_checked_until: '2031-07-08T09:00:00Z' });
    const ending = { ...MONDAYS, repeat: { frequency: 'weekly', count: 5 } } as const;
    expect((await create(ending)).body.conflicts_checked_until).toBeNull();
    expect((await create(FAR)).body.conflicts_checked_until).toBeNull();
    expect((await create({ ...MONDAYS, show_as: 'free' })).body.conflicts_checked_until).toBeNull();
  });

  test('of a series in a room lists the conflicts of persons, however far', async () => {
    const far = (await create(FAR)).body;
    const { conflicts } = await inRoom(MONDAYS);
    const time = { start: FAR_DAY, end: '2041-01-07T10:00:00Z' };
    expect(conflicts).toEqual([{ user_id: ann, ...time, events: [{ id: far.id, title: 'Planning' }] }]);
  });
});
