import assert from 'node:assert/strict';
import { callService } from './calendar-fetch.js';
import { acceptInvite, createEvent, createUser, getEvent } from './generated/calendar.js';

/** The first steps of the tour, with functions that orval generated. */
export async function tour(baseUrl: string, run: string): Promise<void> {
  callService(baseUrl);
  const ivan = await createUser({ name: 'Ivan', email: `ivan-${run}@example.com` });
  const masha = await createUser({ name: 'Masha', email: `masha-${run}@example.com` });
  assert.ok(ivan.status === 201 && masha.status === 201);

  const event = await createEvent({
    title: 'Planning',
    start_date: '2022-09-06T14:16:47Z',
    duration: 6000,
    organizer_user_id: ivan.data.id,
    invited_user_ids: [masha.data.id],
    repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
  });
  assert.ok(event.status === 201);
  const inviteId = event.data.attendees[1]?.invite_id;
  assert.ok(inviteId);
  const invite = await acceptInvite(inviteId);
  assert.ok(invite.status === 200);
  assert.equal(invite.data.status, 'accepted');

  const read = await getEvent(event.data.id);
  assert.ok(read.status === 200);
  assert.equal(read.data.redacted ? null : read.data.title, 'Planning');
  const missing = await getEvent(2_147_483_647);
  assert.ok(missing.status === 404);
  assert.equal(missing.data.code, 'event_not_found');
}
