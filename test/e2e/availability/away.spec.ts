import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NearestInterval, NewUser } from '../../../clients/typescript/src/schema.js';
import { Calendars, toldInterval } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const OFFICE = '09:00 - 18:00';

/** From 9:30 to 11:00 on that Monday. */
const MORNING = { from: '2026-01-05T09:30:00Z', to: '2026-01-05T11:00:00Z', reason: 'Dentist' };

function rulesOf({ reasons }: NearestInterval): string[] {
  return reasons.map(({ rule }) => rule);
}

describe('time away', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  test('is busy in free/busy, of the kind out_of_office, beside the time of events', async () => {
    const ann = await calendars.someone({
      busy: '09:00 - 10:00, 10:30 - 10:45, 13:00 - 14:00',
      away: [MORNING],
    });
    expect(await calendars.busy(ann)).toEqual(['09:00 - 11:00', '13:00 - 14:00']);
    expect(await calendars.kinds(ann)).toEqual([
      '09:00 - 09:30 busy',
      '09:30 - 11:00 out_of_office',
      '13:00 - 14:00 busy',
    ]);
    expect(await calendars.kinds(ann, 'pending=free')).toContain('09:30 - 11:00 out_of_office');
  });

  test.each<[string, string, string, string[]]>([
    ['within working hours', OFFICE, '', ['away', 'outside_working_hours']],
    ['and without them', OFFICE, 'working_hours=false', ['away']],
  ])('is no time for a meeting %s, by a rule of its own', async (_, hours, query, reasons) => {
    const ann = await calendars.someone({ hours, away: [{ ...MORNING, from: '2026-01-05T08:00:00Z' }] });
    const { time, body } = await calendars.nearest([ann], query);
    expect([time, rulesOf(body)]).toEqual(['11:00 - 12:00', reasons]);
  });

  test('names the rules away and busy where an event is at the same time, and keeps the buffers', async () => {
    const ann = await calendars.someone({ busy: '08:00 - 10:00', away: [MORNING] });
    const query = 'buffer_before=30m';
    const { time, body } = await calendars.nearest([ann], query);
    expect([time, rulesOf(body)]).toEqual(['11:30 - 12:30', ['busy', 'away', 'buffer']]);
  });

  test('of whole days ends a run of free days: no meeting starts within it', async () => {
    const hours = { days_of_week: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' };
    const ann = await calendars.someone({ away: [{ from: '2026-01-09', to: '2026-01-10' }] });
    await calendars.client.patch(`/users/${ann}`, { working_hours: [hours] });
    const query = 'from=2026-01-08T00:00:00Z&duration=1h&step=1h&limit=30';
    const { times } = await calendars.nearest([ann], query);
    expect(times[23]).toBe('2026-01-08 23:00 - 2026-01-09 00:00');
    expect(times[24]).toBe('2026-01-10 00:00 - 2026-01-10 01:00');
  });

  describe('of a user without double booking', () => {
    const NEW = { title: 'Planning', start_date: '2026-01-05T10:00:00Z', duration: 7_200 };

    test('refuses events that the user organizes, or to which the user is invited', async () => {
      const [ann, bob] = await calendars.everyone([{ double_booking: 'reject', away: [MORNING] }, {}]);
      const refused = await calendars.client.post('/events', { ...NEW, organizer_user_id: ann });
      expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
      expect(refused.body.conflicts).toEqual([
        { user_id: ann, start: '2026-01-05T10:00:00Z', end: '2026-01-05T11:00:00Z' },
      ]);
      const invited = { ...NEW, organizer_user_id: bob, invited_user_ids: [ann] };
      expect((await calendars.client.post('/events', invited)).body.code).toBe('time_taken');
    });

    test('refuses an answer that accepts', async () => {
      const [ann, bob] = await calendars.everyone([{ double_booking: 'reject' }, {}]);
      const invitation = { ...NEW, organizer_user_id: bob, invited_user_ids: [ann] };
      const { body } = await calendars.client.create('/events', invitation);
      await calendars.client.patch(`/users/${ann}`, { away: [MORNING] });
      const answer = await calendars.client.post(`/event-invites/${body.attendees[1].invite_id}:accept`);
      expect([answer.status, answer.body.code]).toEqual([409, 'time_taken']);
    });
  });

  test('of another user is a conflict, which names no event, and the user may accept', async () => {
    const [ann, bob] = await calendars.everyone([{ away: [MORNING] }, { busy: '09:00 - 09:45' }]);
    const { attendees, conflicts } = await calendars.event('09:00 - 12:00', {
      organizer_user_id: bob,
      invited_user_ids: [ann],
    });
    expect(conflicts.map((each) => [each.user_id, toldInterval(each), each.events.length])).toEqual([
      [bob, '09:00 - 09:45', 1],
      [ann, '09:30 - 11:00', 0],
    ]);
    const { status } = await calendars.client.post(`/event-invites/${attendees[1].invite_id}:accept`);
    expect(status).toBe(200);
  });

  test('refuses events with the policy reject, also in a batch and for a series', async () => {
    const [ann, bob] = await calendars.everyone([{ away: [MORNING] }, {}]);
    const event = {
      title: 'Planning',
      organizer_user_id: bob,
      invited_user_ids: [ann],
      start_date: '2026-01-04T10:00:00Z',
      duration: 3600,
      conflict_policy: 'reject',
      repeat: { frequency: 'daily', count: 3 },
    } as const;
    const refused = await calendars.client.post('/events', event);
    expect([refused.status, refused.body.conflicts?.length]).toEqual([409, 1]);
    const batch = await calendars.client.post('/events:batch-create', { requests: [event] });
    expect(batch.status).toBe(409);
    await calendars.client.create('/events', { ...event, repeat: undefined });
  });

  test('of dates is the days of the zone in which the user is at present', async () => {
    const away = [{ from: '2026-01-06', to: '2026-01-07' }];
    const ann = await calendars.someone({ zone: 'Pacific/Auckland', away });
    expect(await calendars.busy(ann)).toEqual(['11:00 - 2026-01-06 11:00']);
    await calendars.client.patch(`/users/${ann}`, { time_zone: 'America/New_York' });
    expect(await calendars.busy(ann)).toEqual(['2026-01-06 05:00 - 2026-01-07 05:00']);
  });

  test('is the same after a change, and a change replaces the whole list', async () => {
    const ann = await calendars.someone({ away: [MORNING] });
    const away = [
      { from: '2026-01-05T12:00:00.9+01:00', to: '2026-01-05T13:00:00+01:00' },
      { from: '2026-01-08', to: '2026-01-09', reason: 'Move' },
    ];
    const { body } = await calendars.client.patch(`/users/${ann}`, { away });
    const expected = [
      { from: '2026-01-05T11:00:00Z', to: '2026-01-05T12:00:00Z', reason: null },
      { from: '2026-01-08', to: '2026-01-09', reason: 'Move' },
    ];
    expect(body.away).toEqual(expected);
    expect((await calendars.client.get(`/users/${ann}`)).body.away).toEqual(expected);
    expect(await calendars.busy(ann)).toEqual(['11:00 - 12:00', '2026-01-08 00:00 - 2026-01-09 00:00']);
    await calendars.client.patch(`/users/${ann}`, { away: [] });
    expect(await calendars.busy(ann)).toEqual([]);
  });

  test.each<[string, NewUser['away'], string]>([
    ['without a day', [{ from: '2026-12-24', to: '2026-12-24' }], 'away.0.to'],
    ['backwards', [{ from: '2026-12-25', to: '2026-12-24' }], 'away.0.to'],
    ['of no time', [MORNING, { from: MORNING.from, to: MORNING.from }], 'away.1.to'],
    [
      'of less than a second',
      [{ from: '2026-01-05T09:00:00.1Z', to: '2026-01-05T09:00:00.9Z' }],
      'away.0.to',
    ],
    ['from a date to an instant', [{ from: '2026-12-24', to: '2026-12-25T00:00:00Z' }], 'away.0.to'],
    ['from an instant to a date', [{ from: '2026-12-24T00:00:00Z', to: '2026-12-25' }], 'away.0.to'],
    ['from a day that does not exist', [{ from: '2026-02-30', to: '2026-03-02' }], 'away.0.from'],
    ['to a civil time', [{ from: '2026-02-01', to: '2026-03-02T10:00:00' }], 'away.0.to'],
    ['after the last year', [{ from: '2026-02-01', to: '3000-01-01' }], 'away.0.to'],
    ['for a long reason', [{ ...MORNING, reason: 'x'.repeat(201) }], 'away.0.reason'],
    ['a hundred times and once', Array.from({ length: 101 }, () => MORNING), 'away'],
  ])('%s is refused, and changes nothing', async (_, away, field) => {
    const ann = await calendars.someone({ away: [MORNING] });
    const { status, body } = await calendars.client.patch(`/users/${ann}`, { name: 'Other', away });
    expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
    const { body: user } = await calendars.client.get(`/users/${ann}`);
    expect([user.name === 'Other', user.away]).toEqual([false, [MORNING]]);
  });

  test('a hundred times, with the longest reason, is allowed', async () => {
    const away = Array.from({ length: 100 }, () => ({ ...MORNING, reason: 'x'.repeat(200) }));
    const ann = await calendars.someone({ away });
    expect(await calendars.busy(ann)).toEqual(['09:30 - 11:00']);
  });
});
