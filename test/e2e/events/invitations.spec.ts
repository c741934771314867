import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, NewEvent, User } from '../../../clients/typescript/src/schema.js';
import { Calendars, timed } from '../../support/client/calendars.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const SERIES = { repeat: { frequency: 'daily', count: 3 } } satisfies Partial<NewEvent>;

describe("a user's `invitations`", () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  async function set(user: number, invitations: User['invitations']): Promise<void> {
    const { status, body } = await calendars.client.patch(`/users/${user}`, { invitations });
    expect({ status, invitations: body.invitations }).toEqual({ status: 200, invitations });
  }

  async function invite(
    organizer: number,
    user: number,
    fields: Partial<NewEvent> = {},
  ): Promise<{ inviteId: number }> {
    const event = await calendars.event('09:00 - 10:00', {
      organizer_user_id: organizer,
      invited_user_ids: [user],
      ...fields,
    });
    return { inviteId: event.attendees[1].invite_id as number };
  }

  async function answer(inviteId: number, verb: InviteVerb, body?: Answer): Promise<void> {
    expect((await calendars.client.post(`/event-invites/${inviteId}:${verb}`, body)).status).toBe(200);
  }

  /** An event of the organizer that each of the others has accepted. */
  async function meeting(organizer: number, others: readonly number[]): Promise<void> {
    const { attendees } = await calendars.event('2025-01-06 09:00 - 2025-01-06 10:00', {
      organizer_user_id: organizer,
      invited_user_ids: [...others],
    });
    for (const { invite_id } of attendees.slice(1)) await answer(invite_id as number, 'accept');
  }

  test('are `all` by default, and one of three', async () => {
    const user = await calendars.someone();
    expect((await calendars.client.get(`/users/${user}`)).body.invitations).toBe('all');
    const wrong = await calendars.client.send('PATCH', `/users/${user}`, { invitations: 'some' });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'invitations' }] } });
    const created = await calendars.client.post('/users', {
      name: 'zoe',
      email: 'zoe@example.com',
      invitations: 'known',
    });
    expect(created.body.invitations).toBe('known');
  });

  test.each([
    ['one event', {}, ['09:00 - 10:00']],
    [
      'a series',
      SERIES,
      ['09:00 - 10:00', '2026-01-06 09:00 - 2026-01-06 10:00', '2026-01-07 09:00 - 2026-01-07 10:00'],
    ],
  ])("decide whether an unanswered invitation to %s takes the user's time", async (_, fields, taken) => {
    const [stranger, user] = await calendars.everyone([{}, {}]);
    const { inviteId } = await invite(stranger, user, fields);
    for (const [invitations, expected] of [
      ['all', taken],
      ['known', []],
      ['none', []],
    ] as const) {
      await set(user, invitations);
      expect(await calendars.busy(user)).toEqual(expected);
    }
    for (const verb of ['accept', 'tentative'] as const) {
      await answer(inviteId, verb);
      expect(await calendars.busy(user)).toEqual(taken);
    }
    expect(await calendars.busy(stranger)).toEqual(taken);
  });

  test('leave the time to the occurrence that the user accepted', async () => {
    const [stranger, user] = await calendars.everyone([{}, {}]);
    const { inviteId } = await invite(stranger, user, SERIES);
    await set(user, 'none');
    await answer(inviteId, 'accept', { original_start: '2026-01-06T09:00:00Z' });
    expect(await calendars.busy(user)).toEqual(['2026-01-06 09:00 - 2026-01-06 10:00']);
  });

  test.each([
    ['who accepted an event of the user', (user: number, other: number) => [user, [other]]],
    ['whose event the user accepted', (user: number, other: number) => [other, [user]]],
    ['who accepted the same event', (user: number, other: number, third: number) => [third, [user, other]]],
  ] as const)('`known` counts people %s', async (_, members) => {
    const [user, other, third] = await calendars.everyone([{}, {}, {}]);
    await set(user, 'known');
    await invite(other, user);
    expect(await calendars.busy(user)).toEqual([]);
    const [organizer, invited] = members(user, other, third);
    await meeting(organizer as number, invited as number[]);
    expect(await calendars.busy(user)).toEqual(['09:00 - 10:00']);
    await set(user, 'none');
    expect(await calendars.busy(user)).toEqual([]);
  });

  test.each(['decline', 'tentative', null] as const)(
    '`known` does not count an event answered by %s',
    async (verb) => {
      const [user, other] = await calendars.everyone([{}, {}]);
      await set(user, 'known');
      const past = await invite(other, user, {
        start_date: '2025-01-06T09:00:00Z',
        end_date: '2025-01-06T10:00:00Z',
      });
      if (verb !== null) await answer(past.inviteId, verb);
      const own = await invite(user, other, {
        start_date: '2025-01-07T09:00:00Z',
        end_date: '2025-01-07T10:00:00Z',
      });
      if (verb !== null) await answer(own.inviteId, verb);
      await invite(other, user);
      expect(await calendars.busy(user)).toEqual([]);
    },
  );

  test('hold for each of several users, and each of several organizers', async () => {
    const [stranger, friend, open, wary, closed] = await calendars.everyone([{}, {}, {}, {}, {}]);
    await set(wary, 'known');
    await set(closed, 'none');
    for (const user of [wary, closed]) await meeting(friend, [user]);
    const everybody = { invited_user_ids: [open, wary, closed] };
    await calendars.event('09:00 - 10:00', { organizer_user_id: stranger, ...everybody });
    await calendars.event('11:00 - 12:00', { organizer_user_id: friend, ...everybody });
    const ids = [open, wary, closed].map((id) => `user_ids=${id}`).join('&');
    const { body } = await calendars.client.get(
      `/free-busy?${ids}&from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z`,
    );
    const starts = body.map(({ busy }) => busy.map(({ start }) => start.slice(11, 16)));
    expect(starts).toEqual([['09:00', '11:00'], ['11:00'], []]);
  });

  test('hold in the search for a free interval, and in its reasons', async () => {
    const [stranger, user] = await calendars.everyone([{}, {}]);
    await calendars.event('', {
      organizer_user_id: stranger,
      invited_user_ids: [user],
      start_date: '2026-01-01',
      all_day: true,
      show_as: 'busy',
      visibility: 'private',
      repeat: { frequency: 'daily' },
    });
    const full = await calendars.nearest([user]);
    expect([full.time, full.reasons]).toEqual([null, ['1 busy, throughout']]);
    await set(user, 'known');
    const free = await calendars.nearest([user]);
    expect([free.time, free.reasons]).toEqual(['08:00 - 09:00', []]);
  });

  test('hold in conflicts, and in the events behind them', async () => {
    const [stranger, user] = await calendars.everyone([{}, { busy: '09:30 - 09:45' }]);
    await invite(stranger, user);
    const create = async () =>
      calendars.client.post('/events', timed('09:30 - 10:30', { organizer_user_id: user }));
    const before = (await create()).body;
    expect(before.conflicts).toMatchObject([{ start: '2026-01-05T09:30:00Z', end: '2026-01-05T10:00:00Z' }]);
    expect(before.conflicts[0].events).toHaveLength(2);
    await calendars.client.delete(`/events/${before.id}`);
    await set(user, 'none');
    const { conflicts } = (await create()).body;
    expect(conflicts).toMatchObject([{ start: '2026-01-05T09:30:00Z', end: '2026-01-05T09:45:00Z' }]);
    expect(conflicts[0].events).toHaveLength(1);
  });

  test('hold where the policy refuses conflicts', async () => {
    const [stranger, user] = await calendars.everyone([{}, {}]);
    await invite(stranger, user);
    const own = timed('09:30 - 10:30', { organizer_user_id: user, conflict_policy: 'reject' });
    expect(await calendars.client.post('/events', own)).toMatchObject({
      status: 409,
      body: { code: 'time_taken' },
    });
    await set(user, 'known');
    expect(await calendars.client.post('/events', own)).toMatchObject({
      status: 201,
      body: { conflicts: [] },
    });
  });
});
