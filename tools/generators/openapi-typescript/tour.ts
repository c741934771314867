import assert from 'node:assert/strict';
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './generated/schema.js';

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a success response. */
async function bodyOf<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  assert.ok(data, `${response.status} ${response.url} ${JSON.stringify(error)}`);
  return data;
}

/**
 * The tour of README.md, with a client of openapi-typescript and openapi-fetch.
 * @param run text that makes the email addresses of a run new
 * @returns the id of the user whom a reminder reaches a few seconds later
 */
export async function tour(baseUrl: string, run: string): Promise<number> {
  const calendar = createClient<paths>({ baseUrl });

  async function loggedIn(email: string, password: string): Promise<Client<paths>> {
    const tokens = await bodyOf(calendar.POST('/auth/login', { body: { email, password } }));
    return createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${tokens.access_token}` } });
  }

  const ivan = await bodyOf(
    calendar.POST('/users', { body: { name: 'Ivan', email: `ivan-${run}@example.com` } }),
  );
  const masha = await bodyOf(
    calendar.POST('/users', {
      body: {
        name: 'Masha',
        email: `masha-${run}@example.com`,
        time_zone: 'Europe/Moscow',
        working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '10:00', to: '19:00' }],
      },
    }),
  );

  // A variable of the generated type, for a program that builds a body in steps.
  const planning: components['schemas']['NewEvent'] = {
    title: 'Planning',
    desc: 'What comes next',
    start_date: '2022-09-06T14:16:47.878689Z',
    duration: 6000,
    organizer_user_id: ivan.id,
    invited_user_ids: [masha.id],
    repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
  };
  const event = await bodyOf(calendar.POST('/events', { body: planning }));
  assert.equal(event.rrule, 'DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE');
  const inviteId = event.attendees[1]?.invite_id;
  assert.ok(inviteId);
  const invite = await bodyOf(
    calendar.POST('/event-invites/{invite_id}:accept', { params: { path: { invite_id: inviteId } } }),
  );
  assert.equal(invite.status, 'accepted');

  const listed = await bodyOf(
    calendar.GET('/users/{user_id}/events', {
      params: {
        path: { user_id: masha.id },
        query: { from: '2022-09-05T00:00:00Z', to: '2022-09-12T00:00:00Z' },
      },
    }),
  );
  assert.deepEqual(
    listed.map((one) => ('title' in one ? one.title : null)),
    ['Planning'],
  );
  const nearest = await bodyOf(
    calendar.GET('/events:nearest-empty-time-interval', {
      params: { query: { duration: '1h', user_ids: [ivan.id, masha.id], from: '2022-09-06T14:00:00Z' } },
    }),
  );
  assert.equal(nearest.start, '2022-09-07T07:00:00Z');

  await bodyOf(
    calendar.PATCH('/events/{event_id}/occurrences/{original_start}', {
      params: { path: { event_id: event.id, original_start: '2022-09-07T14:16:47Z' } },
      body: { start_date: '2022-09-07T12:00:00Z', title: 'Planning, earlier' },
    }),
  );
  const later = await bodyOf(
    calendar.PATCH('/events/{event_id}/occurrences/{original_start}', {
      params: {
        path: { event_id: event.id, original_start: '2022-09-12T14:16:47Z' },
        query: { scope: 'following' },
      },
      body: { location: 'Room 5' },
    }),
  );
  const month = { from: '2022-09-05T00:00:00Z', to: '2022-10-01T00:00:00Z' };
  const before = await bodyOf(
    calendar.GET('/events/{event_id}/occurrences', {
      params: { path: { event_id: event.id }, query: month },
    }),
  );
  assert.deepEqual(
    before.map((one) => (one.redacted ? null : one.title)),
    ['Planning', 'Planning, earlier'],
  );
  const after = await bodyOf(
    calendar.GET('/events/{event_id}/occurrences', {
      params: { path: { event_id: later.event_id }, query: { ...month, limit: 3 } },
    }),
  );
  assert.deepEqual(
    after.map((one) => (one.redacted ? null : one.location)),
    ['Room 5', 'Room 5', 'Room 5'],
  );

  const refused = await calendar.POST('/events', {
    body: { title: 'x', start_date: '2022-02-30T10:00:00Z', duration: -1, organizer_user_id: ivan.id },
  });
  assert.deepEqual(
    refused.error?.errors?.map(({ field }) => field),
    ['start_date', 'duration'],
  );

  const password = 'correct horse battery';
  const ann = await bodyOf(
    calendar.POST('/users', { body: { name: 'Ann', email: `ann-${run}@example.com`, password } }),
  );
  const eve = await bodyOf(
    calendar.POST('/users', { body: { name: 'Eve', email: `eve-${run}@example.com`, password } }),
  );
  const anns = await loggedIn(ann.email, password);
  const eves = await loggedIn(eve.email, password);
  const dentist = await bodyOf(
    anns.POST('/events', {
      body: {
        title: 'Dentist',
        location: 'Elm Street 4',
        start_date: '2022-09-06T09:00:00Z',
        duration: 3600,
        organizer_user_id: ann.id,
        visibility: 'private',
      },
    }),
  );
  const params = { path: { event_id: dentist.id } };
  const own = await bodyOf(anns.GET('/events/{event_id}', { params }));
  assert.equal(own.redacted ? null : own.title, 'Dentist');
  const hidden = await bodyOf(eves.GET('/events/{event_id}', { params }));
  assert.equal(hidden.redacted, true);
  assert.equal(hidden.start_date, '2022-09-06T09:00:00Z');
  const busy = await bodyOf(
    eves.GET('/free-busy', {
      params: { query: { user_ids: [ann.id], from: '2022-09-06T00:00:00Z', to: '2022-09-07T00:00:00Z' } },
    }),
  );
  assert.equal(busy[0]?.busy?.length, 1);
  assert.equal((await eves.DELETE('/events/{event_id}', { params })).response.status, 403);
  assert.equal((await calendar.DELETE('/events/{event_id}', { params })).response.status, 401);

  await bodyOf(
    calendar.PATCH('/users/{user_id}', {
      params: { path: { user_id: masha.id } },
      body: { default_reminders: [{ minutes_before: 10, method: 'log' }] },
    }),
  );
  await bodyOf(
    calendar.POST('/events', {
      body: {
        title: 'Stand-up',
        duration: 900,
        organizer_user_id: masha.id,
        start_date: new Date(Date.now() + 605_000).toISOString(),
      },
    }),
  );
  return masha.id;
}
