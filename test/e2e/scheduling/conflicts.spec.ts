import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Answer,
  BookedEvent,
  Conflict,
  EventPatch,
  NewEvent,
} from '../../../clients/typescript/src/schema.js';
import { Calendars, timed, toldInterval } from '../../support/client/calendars.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';

function told(conflicts: readonly Conflict[]): string[] {
  return conflicts.map((conflict) => `${conflict.user_id} ${toldInterval(conflict)}`);
}

function at(time: string): Pick<NewEvent, 'start_date' | 'end_date'> {
  const { start_date, end_date } = timed(time, { organizer_user_id: 1 });
  return { start_date, end_date };
}

describe('conflicts', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  /** Accepts the event's first invitation. */
  async function accepted({ attendees }: BookedEvent): Promise<void> {
    const { status } = await calendars.client.post(`/event-invites/${attendees[1].invite_id}:accept`);
    expect(status).toBe(200);
  }

  test.each([
    ['08:00 - 09:00', []],
    ['08:30 - 09:30', ['09:00 - 09:30']],
    ['09:15 - 09:30', ['09:15 - 09:30']],
    ['08:00 - 12:00', ['09:00 - 10:00', '11:00 - 11:30']],
    ['10:00 - 11:00', []],
  ])('of an event at %s', async (time, expected) => {
    const ann = await calendars.someone({ busy: '09:00 - 10:00, 11:00 - 11:30' });
    const { conflicts } = await calendars.event(time, { organizer_user_id: ann });
    expect(conflicts.map(toldInterval)).toEqual(expected);
  });

  test('say whose and when, and which event only where the caller may see it', async () => {
    const [ann, eve] = await calendars.everyone([{}, {}]);
    const taken = { organizer_user_id: eve, title: 'Lunch' };
    const lunch = await calendars.event('08:00 - 09:15', taken);
    await calendars.event('09:10 - 09:20', { ...taken, title: 'Doctor', visibility: 'private' });
    await calendars.event('09:30 - 12:00', { organizer_user_id: ann, visibility: 'private' });
    const { conflicts } = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      invited_user_ids: [eve],
    });
    expect(conflicts).toEqual([
      {
        user_id: eve,
        start: '2026-01-05T09:00:00Z',
        end: '2026-01-05T09:20:00Z',
        events: [{ id: lunch.id, title: 'Lunch' }],
      },
      { user_id: ann, start: '2026-01-05T09:30:00Z', end: '2026-01-05T10:00:00Z', events: [] },
    ]);
  });

  test.each<[string, Partial<NewEvent>, Partial<NewEvent>]>([
    ['the new event', { show_as: 'free' }, {}],
    ['the event that is there', {}, { show_as: 'free' }],
  ])('are none where %s takes no time', async (_, fields, there) => {
    const ann = await calendars.someone();
    await calendars.event('09:00 - 10:00', { organizer_user_id: ann, ...there });
    const { conflicts } = await calendars.event('09:00 - 10:00', { organizer_user_id: ann, ...fields });
    expect(conflicts).toEqual([]);
  });

  test('of a series, both with one event and with another series', async () => {
    const [ann, bob] = await calendars.everyone([{ busy: '2026-01-07 09:30 - 2026-01-07 10:30' }, {}]);
    await calendars.event('2025-12-01 09:45 - 2025-12-01 10:45', {
      organizer_user_id: bob,
      repeat: { frequency: 'weekly', days_of_week: [1] },
    });
    const { conflicts } = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      invited_user_ids: [bob],
      repeat: { frequency: 'daily', count: 8 },
    });
    expect(told(conflicts)).toEqual([
      `${bob} 09:45 - 10:00`,
      `${ann} 2026-01-07 09:30 - 2026-01-07 10:00`,
      `${bob} 2026-01-12 09:45 - 2026-01-12 10:00`,
    ]);
  });

  test('of a series are looked for over half a year, and at most a hundred are told', async () => {
    const daily = { repeat: { frequency: 'daily' } } as const;
    const ann = await calendars.someone({
      busy: '2200-07-06 09:00 - 2200-07-06 10:00, 2200-07-07 09:00 - 2200-07-07 10:00',
    });
    const first = '2200-01-05 09:30 - 2200-01-05 09:45';
    const { conflicts } = await calendars.event(first, { organizer_user_id: ann, ...daily });
    expect(conflicts.map(toldInterval)).toEqual(['2200-07-06 09:30 - 2200-07-06 09:45']);
    const again = await calendars.event(first, { organizer_user_id: ann, ...daily });
    expect(again.conflicts).toHaveLength(100);
    expect(again.conflicts[0]).toMatchObject({ start: '2200-01-05T09:30:00Z' });
  });

  test('of a series that began long ago are looked for from now on too', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const ann = await calendars.someone({ busy: `${tomorrow} 09:00 - ${tomorrow} 10:00` });
    const { conflicts } = await calendars.event('2016-01-05 09:00 - 2016-01-05 09:30', {
      organizer_user_id: ann,
      repeat: { frequency: 'daily' },
    });
    expect(conflicts.map(toldInterval)).toEqual([`${tomorrow} 09:00 - ${tomorrow} 09:30`]);
  });

  test.each(['organizer_user_id', 'invited_user_ids'])(
    'refuse the event if its policy is `reject`, also if only this attendee is busy: %s',
    async (role) => {
      const [ann, bob] = await calendars.everyone([{ busy: '09:30 - 11:00' }, {}]);
      const attending =
        role === 'organizer_user_id'
          ? { organizer_user_id: ann, invited_user_ids: [bob] }
          : { organizer_user_id: bob, invited_user_ids: [ann] };
      const { status, body } = await calendars.client.post(
        '/events',
        timed('09:00 - 10:00', { ...attending, conflict_policy: 'reject' }),
      );
      expect({ status, body }).toMatchObject({
        status: 409,
        body: {
          code: 'time_taken',
          errors: [{ message: `user ${ann} is busy from 2026-01-05T09:30:00Z to 2026-01-05T10:00:00Z` }],
          conflicts: [{ user_id: ann, start: '2026-01-05T09:30:00Z', end: '2026-01-05T10:00:00Z' }],
        },
      });
      expect((await calendars.client.get(`/users/${bob}/events?${WINDOW}`)).body).toEqual([]);
    },
  );

  test('refuse what would take the time of a user who allows no double booking twice, and nothing else', async () => {
    const [ann, room] = await calendars.everyone([{ busy: '09:00 - 17:00' }, { double_booking: 'reject' }]);
    const book = async (time: string, fields: Partial<NewEvent> = {}) =>
      (
        await calendars.client.post(
          '/events',
          timed(time, { organizer_user_id: ann, invited_user_ids: [room], ...fields }),
        )
      ).status;
    await accepted(
      await calendars.event('09:00 - 10:00', { organizer_user_id: ann, invited_user_ids: [room] }),
    );
    expect(await book('09:30 - 10:30')).toBe(409);
    expect(await book('10:00 - 11:00')).toBe(201);
    expect(await book('10:30 - 11:30', { show_as: 'free' })).toBe(201);
    expect(await book('2026-01-01 09:30 - 2026-01-01 10:30', { repeat: { frequency: 'daily' } })).toBe(409);
    await calendars.client.patch(`/users/${room}`, { double_booking: 'allow' });
    expect(await book('09:30 - 10:30')).toBe(201);
    expect((await calendars.client.get(`/users/${room}`)).body).toMatchObject({ double_booking: 'allow' });
  });

  describe('of a user who allows no double booking', () => {
    const ALL_DAY = { all_day: true, show_as: 'busy', repeat: { frequency: 'daily' } } as const;

    /** A user with an unanswered invitation of a stranger that takes every day. */
    async function invited(): Promise<{ stranger: number; victim: number; event: BookedEvent }> {
      const [stranger, victim] = await calendars.everyone([{}, { double_booking: 'reject' }]);
      const event = await calendars.event('', {
        organizer_user_id: stranger,
        invited_user_ids: [victim],
        start_date: '2026-01-05',
        ...ALL_DAY,
      });
      return { stranger, victim, event };
    }

    const refused = { status: 409, body: { code: 'time_taken' } };

    test('do not come from unanswered invitations, which are reported nevertheless', async () => {
      const { victim } = await invited();
      const { conflicts } = await calendars.event('09:00 - 10:00', { organizer_user_id: victim });
      expect(told(conflicts)).toEqual([`${victim} 09:00 - 10:00`]);
      const body = timed('10:00 - 11:00', { organizer_user_id: victim, conflict_policy: 'reject' });
      expect(await calendars.client.post('/events', body)).toMatchObject(refused);
    });

    test('come from invitations that were accepted or answered with maybe', async () => {
      const { victim, event } = await invited();
      const inviteId = event.attendees[1].invite_id;
      const own = timed('09:00 - 10:00', { organizer_user_id: victim });
      for (const verb of ['accept', 'tentative'] as const) {
        await calendars.client.post(`/event-invites/${inviteId}:${verb}`);
        expect(await calendars.client.post('/events', own)).toMatchObject(refused);
      }
      await calendars.client.post(`/event-invites/${inviteId}:decline`);
      expect(await calendars.client.post('/events', own)).toMatchObject({
        status: 201,
        body: { conflicts: [] },
      });
    });

    test('come from the one occurrence that was accepted', async () => {
      const { victim, event } = await invited();
      const accept = `/event-invites/${event.attendees[1].invite_id}:accept`;
      await calendars.client.post(accept, { original_start: '2026-01-06' });
      const own = { organizer_user_id: victim };
      const onTuesday = timed('2026-01-06 09:00 - 2026-01-06 10:00', own);
      expect(await calendars.client.post('/events', onTuesday)).toMatchObject(refused);
      expect(await calendars.client.post('/events', timed('09:00 - 10:00', own))).toMatchObject({
        status: 201,
      });
    });

    test('refuse to accept an event while the user is busy', async () => {
      const { victim, event } = await invited();
      await calendars.event('09:00 - 10:00', { organizer_user_id: victim });
      const answer = async (verb: InviteVerb, body?: Answer) =>
        calendars.client.post(`/event-invites/${event.attendees[1].invite_id}:${verb}`, body);
      expect(await answer('accept')).toMatchObject(refused);
      expect(await answer('tentative')).toMatchObject(refused);
      expect(await answer('accept', { original_start: '2026-01-05' })).toMatchObject(refused);
      expect(await answer('accept', { original_start: '2026-01-06' })).toMatchObject({ status: 200 });
      const { body } = await calendars.client.get(`/event-invites/${event.attendees[1].invite_id}`);
      expect(body.status).toBe('needs_action');
      await calendars.client.patch(`/users/${victim}`, { double_booking: 'allow' });
      expect(await answer('accept')).toMatchObject({ status: 200 });
    });
  });

  describe('of a change', () => {
    test('are told, and refused where they may not be', async () => {
      const [ann, room] = await calendars.everyone([{}, { double_booking: 'reject' }]);
      const attending = { organizer_user_id: ann, invited_user_ids: [room] };
      await accepted(await calendars.event('09:00 - 10:00', attending));
      const { id } = await calendars.event('11:00 - 12:00', attending);
      const free = await calendars.event('09:00 - 10:00', { ...attending, show_as: 'free' });
      const change = async (event: number, fields: EventPatch) =>
        calendars.client.patch(`/events/${event}`, fields);

      expect(await change(id, at('09:30 - 10:30'))).toMatchObject({
        status: 409,
        body: { code: 'time_taken' },
      });
      expect(await change(free.id, { show_as: 'busy' })).toMatchObject({ status: 409 });
      expect((await calendars.client.get(`/events/${id}`)).body).toMatchObject(at('11:00 - 12:00'));
      expect(await change(id, at('10:00 - 11:00'))).toMatchObject({ status: 200, body: { conflicts: [] } });
      const moved = await change(id, { ...at('09:30 - 10:30'), invited_user_ids: [] });
      expect(told(moved.body.conflicts)).toEqual([`${ann} 09:30 - 10:00`]);
      expect(await change(id, { invited_user_ids: [room] })).toMatchObject({ status: 409 });
      expect(await change(id, { conflict_policy: 'reject' })).toMatchObject({ status: 409 });
      const renamed = await change(id, { title: 'Retrospective' });
      expect(renamed).toMatchObject({ status: 200, body: { title: 'Retrospective' } });
      expect(told(renamed.body.conflicts)).toEqual([`${ann} 09:30 - 10:00`]);
    });

    test('of one occurrence are those of this occurrence', async () => {
      const [ann, room] = await calendars.everyone([
        { busy: '09:00 - 10:00, 2026-01-07 14:00 - 2026-01-07 15:00' },
        { busy: '2026-01-07 16:00 - 2026-01-07 17:00', double_booking: 'reject' },
      ]);
      const { id } = await calendars.event('09:00 - 10:00', {
        organizer_user_id: ann,
        invited_user_ids: [room],
        repeat: { frequency: 'daily' },
      });
      const occurrence = `/events/${id}/occurrences/2026-01-07T09:00:00Z` as const;
      const move = async (time: string, query: '' | '?scope=following' = '') =>
        calendars.client.patch(`${occurrence}${query}`, at(time));
      const refused = { status: 409, body: { code: 'time_taken' } };
      expect(await move('2026-01-07 16:30 - 2026-01-07 17:30')).toMatchObject(refused);
      expect(await move('2026-01-07 16:30 - 2026-01-07 17:30', '?scope=following')).toMatchObject(refused);
      const moved = await move('2026-01-07 14:30 - 2026-01-07 15:30');
      expect(told(moved.body.conflicts)).toEqual([`${ann} 2026-01-07 14:30 - 2026-01-07 15:00`]);
      const following = await calendars.client.patch(
        `/events/${id}/occurrences/2026-01-06T09:00:00Z?scope=following`,
        at('2026-01-06 16:30 - 2026-01-06 17:30'),
      );
      expect(told(following.body.conflicts)).toEqual(told(moved.body.conflicts));
      const cancelled = await calendars.client.patch(
        `/events/${following.body.event_id}/occurrences/${following.body.original_start}`,
        { status: 'cancelled' },
      );
      expect(cancelled).toMatchObject({ status: 200, body: { conflicts: [] } });
    });

    test('of an answer keep a room from taking back what it declined', async () => {
      const [ann, room] = await calendars.everyone([{}, { double_booking: 'reject' }]);
      const attending = { organizer_user_id: ann, invited_user_ids: [room] };
      const one = await calendars.event('09:00 - 10:00', attending);
      const series = await calendars.event('2026-01-06 09:00 - 2026-01-06 10:00', {
        ...attending,
        repeat: { frequency: 'daily' },
      });
      const tomorrow = { original_start: '2026-01-06T09:00:00Z' };
      const answer = async ({ attendees }: BookedEvent, verb: InviteVerb, body?: Answer) =>
        (await calendars.client.post(`/event-invites/${attendees[1].invite_id}:${verb}`, body)).status;

      expect(await answer(one, 'decline')).toBe(200);
      expect(await answer(series, 'decline', tomorrow)).toBe(200);
      await accepted(await calendars.event('09:30 - 10:30', attending));
      await accepted(await calendars.event('2026-01-06 09:30 - 2026-01-06 10:30', attending));
      expect(await answer(one, 'accept')).toBe(409);
      expect(await answer(one, 'tentative')).toBe(409);
      expect(await answer(series, 'accept', tomorrow)).toBe(409);
      expect(await answer(series, 'accept', { original_start: '2026-01-07T09:00:00Z' })).toBe(200);
      expect(await answer(series, 'accept')).toBe(200);
      expect(await calendars.busy(room)).toContain('09:30 - 10:30');
      expect(await calendars.busy(room)).not.toContain('09:00 - 10:30');
    });
  });
});
