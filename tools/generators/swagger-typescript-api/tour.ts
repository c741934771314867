import assert from 'node:assert/strict';
import { Api, type HttpResponse, type Problem } from './generated/calendar.js';

/** The first steps of the tour, with a client of swagger-typescript-api. */
export async function tour(baseUrl: string, run: string): Promise<void> {
  const calendar = new Api({ baseUrl });
  const { data: ivan } = await calendar.users.createUser({
    name: 'Ivan',
    email: `ivan-${run}@example.com`,
  });
  const { data: masha } = await calendar.users.createUser({
    name: 'Masha',
    email: `masha-${run}@example.com`,
  });

  const { data: event } = await calendar.events.createEvent({
    title: 'Planning',
    start_date: '2022-09-06T14:16:47Z',
    duration: 6000,
    organizer_user_id: ivan.id,
    invited_user_ids: [masha.id],
    repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
  });
  const inviteId = event.attendees[1]?.invite_id;
  assert.ok(inviteId);
  const { data: invite } = await calendar.eventInvites.acceptInvite(inviteId, {});
  assert.equal(invite.status, 'accepted');

  const { data: read } = await calendar.events.getEvent(event.id);
  assert.equal(read.redacted ? null : read.title, 'Planning');
  await assert.rejects(
    calendar.events.getEvent(2_147_483_647),
    (response: HttpResponse<unknown, Problem>) => response.error.code === 'event_not_found',
  );
}
