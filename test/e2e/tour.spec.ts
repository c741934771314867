import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CalendarClient,
  createCalendarClient,
  type Schemas,
} from '../../clients/typescript/src/index.js';
import type { LineOutput } from '../../src/common/standard-output.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { eventually } from '../support/data-directory.js';

const WEEK = { from: '2022-09-05T00:00:00Z', to: '2022-09-12T00:00:00Z' };
const MONTH = { from: '2022-09-05T00:00:00Z', to: '2022-10-01T00:00:00Z' };

/** The event with all its details, which a private one shows to those who attend it. */
function detailed(event: Schemas['Event'] | Schemas['RedactedEvent'] | undefined): Schemas['Event'] {
  if (event === undefined || event.redacted) throw new Error('The details are hidden.');
  return event;
}

/** The README's tour, in its order, by the TypeScript client as others use it. */
describe('the tour', () => {
  const lines: string[] = [];
  const output: LineOutput = { write: (written) => lines.push(...written) };
  let application: TestApplication;
  let calendar: CalendarClient;

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'optional' }, undefined, output);
    calendar = createCalendarClient({ baseUrl: application.url });
  });
  afterAll(async () => application.close());

  async function loggedIn(email: string, password: string): Promise<CalendarClient> {
    const { data } = await calendar.POST('/auth/login', { body: { email, password } });
    return createCalendarClient({ baseUrl: application.url, token: data?.access_token });
  }

  test('begins with two people', async () => {
    const first = await calendar.POST('/users', {
      body: { name: 'ishcherbina', email: 'ishcherbina@example.com' },
    });
    const second = await calendar.POST('/users', {
      body: {
        name: 'masha',
        email: 'masha@example.com',
        time_zone: 'Europe/Moscow',
        working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '10:00', to: '19:00' }],
      },
    });
    expect([first.data?.id, second.data?.id]).toEqual([1, 2]);
  });

  test('goes on with an event on three days a week, to which the second is invited', async () => {
    await calendar.POST('/events', {
      params: { header: { 'Idempotency-Key': 'tour-event-1' } },
      body: {
        title: 'event2',
        desc: 'description2',
        start_date: '2022-09-06T14:16:47.878689Z',
        duration: 6000,
        organizer_user_id: 1,
        invited_user_ids: [2],
        repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
      },
    });
    const { data, response } = await calendar.GET('/events/{event_id}', {
      params: { path: { event_id: 1 } },
    });
    const event = detailed(data);
    expect(event.rrule).toBe('DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE');
    expect(response.headers.get('etag')).toMatch(new RegExp(`^"${event.version}-`));
    const { data: invite } = await calendar.POST('/event-invites/{invite_id}:accept', {
      params: { path: { invite_id: event.attendees[1]?.invite_id ?? 0 } },
    });
    expect(invite?.status).toBe('accepted');
  });

  test('finds what is in her calendar, and when both are free', async () => {
    const { data: listed } = await calendar.GET('/users/{user_id}/events', {
      params: { path: { user_id: 2 }, query: WEEK },
    });
    expect(listed?.map(({ occurrences }) => occurrences.map(({ start }) => start))).toEqual([
      ['2022-09-06T14:16:47Z', '2022-09-07T14:16:47Z'],
    ]);
    const { data: nearest } = await calendar.GET('/events:nearest-empty-time-interval', {
      params: { query: { duration: '1h', user_ids: [1, 2], from: '2022-09-06T14:00:00Z' } },
    });
    expect(nearest?.start).toBe('2022-09-07T07:00:00Z');
  });

  test('lets single occurrences go their own way', async () => {
    await calendar.PATCH('/events/{event_id}/occurrences/{original_start}', {
      params: { path: { event_id: 1, original_start: '2022-09-07T14:16:47Z' } },
      body: { start_date: '2022-09-07T12:00:00Z', title: 'event2, earlier' },
    });
    const { data: later } = await calendar.PATCH('/events/{event_id}/occurrences/{original_start}', {
      params: {
        path: { event_id: 1, original_start: '2022-09-12T14:16:47Z' },
        query: { scope: 'following' },
      },
      body: { location: 'Room 5' },
    });
    expect(later).toMatchObject({ event_id: 2, location: 'Room 5' });
    const { data: before } = await calendar.GET('/events/{event_id}/occurrences', {
      params: { path: { event_id: 1 }, query: MONTH },
    });
    expect(before).toMatchObject([
      { start: '2022-09-06T14:16:47Z', title: 'event2' },
      { start: '2022-09-07T12:00:00Z', title: 'event2, earlier' },
    ]);
  });

  test('says what is wrong with bad input', async () => {
    const { error } = await calendar.POST('/events', {
      body: { title: 'x', start_date: '2022-02-30T10:00:00Z', duration: 0, organizer_user_id: 1 },
    });
    expect(error?.errors?.map(({ field }) => field)).toEqual(['start_date', 'duration']);
  });

  test('keeps a private event from who does not attend it', async () => {
    for (const [name, password] of [
      ['ann', 'correct horse battery'],
      ['eve', 'staple of another'],
    ] as const) {
      await calendar.POST('/users', { body: { name, email: `${name}@example.com`, password } });
    }
    const ann = await loggedIn('ann@example.com', 'correct horse battery');
    const eve = await loggedIn('eve@example.com', 'staple of another');
    await ann.POST('/events', {
      body: {
        title: 'Dentist',
        location: 'Elm Street 4',
        start_date: '2022-09-06T09:00:00Z',
        duration: 3600,
        organizer_user_id: 3,
        visibility: 'private',
      },
    });
    const place = { params: { path: { event_id: 3 } } };
    expect(detailed((await ann.GET('/events/{event_id}', place)).data).title).toBe('Dentist');
    expect((await eve.GET('/events/{event_id}', place)).data).toEqual({
      redacted: true,
      id: 3,
      visibility: 'private',
      start_date: '2022-09-06T09:00:00Z',
      end_date: '2022-09-06T10:00:00Z',
      all_day: false,
    });
    const { data: busy } = await eve.GET('/free-busy', {
      params: { query: { user_ids: [3], from: '2022-09-06T00:00:00Z', to: '2022-09-07T00:00:00Z' } },
    });
    expect(busy?.[0]?.busy).toHaveLength(1);
    expect((await eve.DELETE('/events/{event_id}', place)).response.status).toBe(403);
    expect((await calendar.DELETE('/events/{event_id}', place)).response.status).toBe(401);
  });

  test('ends with a reminder', async () => {
    await calendar.PATCH('/users/{user_id}', {
      params: { path: { user_id: 2 } },
      body: { default_reminders: [{ minutes_before: 10, method: 'log' }] },
    });
    await calendar.POST('/events', {
      body: {
        title: 'Stand-up',
        duration: 900,
        organizer_user_id: 2,
        start_date: new Date(Date.now() + 601_000).toISOString(),
      },
    });
    await eventually(async () => lines.length > 0);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'reminder', user_id: 2, minutes_before: 10 });
  });
});
