import assert from 'node:assert/strict';
import { createClient } from './generated/client/index.js';
import {
  acceptInvite,
  createEvent,
  createUser,
  deleteEvent,
  findNearestEmptyTimeInterval,
  getEvent,
  getFreeBusy,
  listOccurrences,
  listUserEvents,
  logIn,
  updateOccurrence,
  updateUser,
} from './generated/index.js';

/**
 * The tour of README.md, with a client of @hey-api/openapi-ts.
 * @param run text that makes the email addresses of a run new
 * @returns the id of the user whom a reminder reaches a few seconds later
 */
export async function tour(baseUrl: string, run: string): Promise<number> {
  const client = createClient({ baseUrl, throwOnError: true });
  // The types of the client ignore a default of `throwOnError`.
  const calendar = { client, throwOnError: true } as const;

  async function loggedIn(email: string) {
    const { data: tokens } = await logIn({ ...calendar, body: { email, password } });
    return { ...calendar, client: createClient({ baseUrl, auth: tokens.access_token }) };
  }

  const { data: ivan } = await createUser({
    ...calendar,
    body: { name: 'Ivan', email: `ivan-${run}@example.com` },
  });
  const { data: masha } = await createUser({
    ...calendar,
    body: {
      name: 'Masha',
      email: `masha-${run}@example.com`,
      time_zone: 'Europe/Moscow',
      working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '10:00', to: '19:00' }],
    },
  });

  const { data: event } = await createEvent({
    ...calendar,
    body: {
      title: 'Planning',
      desc: 'What comes next',
      start_date: '2022-09-06T14:16:47.878689Z',
      duration: 6000,
      organizer_user_id: ivan.id,
      invited_user_ids: [masha.id],
      repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
    },
  });
  assert.equal(event.rrule, 'DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE');
  const inviteId = event.attendees[1]?.invite_id;
  assert.ok(inviteId);
  const { data: invite } = await acceptInvite({ ...calendar, path: { invite_id: inviteId } });
  assert.equal(invite.status, 'accepted');

  const { data: listed } = await listUserEvents({
    ...calendar,
    path: { user_id: masha.id },
    query: { from: '2022-09-05T00:00:00Z', to: '2022-09-12T00:00:00Z' },
  });
  assert.deepEqual(
    listed.map((one) => ('title' in one ? one.title : null)),
    ['Planning'],
  );
  const { data: nearest } = await findNearestEmptyTimeInterval({
    ...calendar,
    query: { duration: '1h', user_ids: [ivan.id, masha.id], from: '2022-09-06T14:00:00Z' },
  });
  assert.equal(nearest.start, '2022-09-07T07:00:00Z');

  await updateOccurrence({
    ...calendar,
    path: { event_id: event.id, original_start: '2022-09-07T14:16:47Z' },
    body: { start_date: '2022-09-07T12:00:00Z', title: 'Planning, earlier' },
  });
  const { data: later } = await updateOccurrence({
    ...calendar,
    path: { event_id: event.id, original_start: '2022-09-12T14:16:47Z' },
    query: { scope: 'following' },
    body: { location: 'Room 5' },
  });
  const month = { from: '2022-09-05T00:00:00Z', to: '2022-10-01T00:00:00Z' };
  const { data: before } = await listOccurrences({
    ...calendar,
    path: { event_id: event.id },
    query: month,
  });
  assert.deepEqual(
    before.map((one) => (one.redacted ? null : one.title)),
    ['Planning', 'Planning, earlier'],
  );
  const { data: after } = await listOccurrences({
    ...calendar,
    path: { event_id: later.event_id },
    query: { ...month, limit: 3 },
  });
  assert.deepEqual(
    after.map((one) => (one.redacted ? null : one.location)),
    ['Room 5', 'Room 5', 'Room 5'],
  );

  const { error } = await createEvent({
    client,
    throwOnError: false,
    body: { title: 'x', start_date: '2022-02-30T10:00:00Z', duration: -1, organizer_user_id: ivan.id },
  });
  assert.deepEqual(
    error?.errors?.map(({ field }) => field),
    ['start_date', 'duration'],
  );

  const password = 'correct horse battery';
  const { data: ann } = await createUser({
    ...calendar,
    body: { name: 'Ann', email: `ann-${run}@example.com`, password },
  });
  const { data: eve } = await createUser({
    ...calendar,
    body: { name: 'Eve', email: `eve-${run}@example.com`, password },
  });
  const anns = await loggedIn(ann.email);
  const eves = await loggedIn(eve.email);
  const { data: dentist } = await createEvent({
    ...anns,
    body: {
      title: 'Dentist',
      location: 'Elm Street 4',
      start_date: '2022-09-06T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      visibility: 'private',
    },
  });
  const path = { event_id: dentist.id };
  const { data: own } = await getEvent({ ...anns, path });
  assert.equal(own.redacted ? null : own.title, 'Dentist');
  const { data: hidden } = await getEvent({ ...eves, path });
  assert.equal(hidden.redacted, true);
  assert.equal(hidden.start_date, '2022-09-06T09:00:00Z');
  const { data: busy } = await getFreeBusy({
    ...eves,
    query: { user_ids: [ann.id], from: '2022-09-06T00:00:00Z', to: '2022-09-07T00:00:00Z' },
  });
  assert.equal(busy[0]?.busy?.length, 1);
  const forbidden = await deleteEvent({ client: eves.client, throwOnError: false, path });
  assert.equal(forbidden.error?.status, 403);
  const unauthenticated = await deleteEvent({ client, throwOnError: false, path });
  assert.equal(unauthenticated.error?.status, 401);

  await updateUser({
    ...calendar,
    path: { user_id: masha.id },
    body: { default_reminders: [{ minutes_before: 10, method: 'log' }] },
  });
  await createEvent({
    ...calendar,
    body: {
      title: 'Stand-up',
      duration: 900,
      organizer_user_id: masha.id,
      start_date: new Date(Date.now() + 605_000).toISOString(),
    },
  });
  return masha.id;
}
