import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Attendee, EventPatch, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars } from '../../support/client/calendars.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const DAILY = { repeat: { frequency: 'daily', count: 5 } } satisfies Partial<NewEvent>;
const AT_NINE = [5, 6, 7, 8, 9].map((day) =>
  day === 5 ? '09:00 - 10:00' : `2026-01-0${day} 09:00 - 2026-01-0${day} 10:00`,
);

describe('a decline', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  /** A series of a stranger, to which a user is invited. */
  async function invited(fields: Partial<NewEvent> = DAILY) {
    const [stranger, user] = await calendars.everyone([{}, {}]);
    const event = await calendars.event('09:00 - 10:00', {
      organizer_user_id: stranger,
      invited_user_ids: [user],
      ...fields,
    });
    return { event, user };
  }

  async function answer(
    { attendees }: { attendees: (Attendee | null)[] },
    verb: InviteVerb,
    body?: Answer,
  ): Promise<void> {
    const path = `/event-invites/${attendees[1]?.invite_id}:${verb}`;
    expect((await calendars.client.post(path, body)).status).toBe(200);
  }

  async function change<Path extends string | number>(path: Path, fields: EventPatch) {
    const { status, body } = await calendars.client.send('PATCH', `/events/${path}`, fields);
    expect(status).toBe(200);
    return body;
  }

  /** Removes the user from the event and invites the user again. @returns the attendee */
  async function inviteAgain(eventId: number, user: number): Promise<Attendee> {
    await change(eventId, { invited_user_ids: [] });
    const { attendees } = await change(eventId, { invited_user_ids: [user] });
    return attendees[1];
  }

  test('holds when the user is invited again, with its comment, however often', async () => {
    const { event, user } = await invited();
    await answer(event, 'decline', { comment: 'No.' });
    for (let time = 0; time < 3; time += 1) {
      const attendee = await inviteAgain(event.id, user);
      expect(attendee).toMatchObject({ status: 'declined', comment: 'No.', user: { id: user } });
      expect(attendee.invite_id).not.toBe(event.attendees[1].invite_id);
      expect(await calendars.busy(user)).toEqual([]);
    }
  });

  test('can be taken back after that', async () => {
    const { event, user } = await invited();
    await answer(event, 'decline');
    const attendee = await inviteAgain(event.id, user);
    await answer({ attendees: [null, attendee] }, 'accept');
    expect(await calendars.busy(user)).toEqual(AT_NINE);
    expect(await inviteAgain(event.id, user)).toMatchObject({ status: 'needs_action', comment: null });
  });

  test.each(['accept', 'tentative', null] as const)('is not made of another answer: %s', async (verb) => {
    const { event, user } = await invited();
    if (verb !== null) await answer(event, verb);
    expect((await inviteAgain(event.id, user)).status).toBe('needs_action');
  });

  test('of one occurrence holds too, and follows a change of time in between', async () => {
    const { event, user } = await invited();
    await answer(event, 'decline', { original_start: '2026-01-06T09:00:00Z', comment: 'Not then.' });
    await inviteAgain(event.id, user);
    expect(await calendars.busy(user)).toEqual(AT_NINE.filter((_, day) => day !== 1));

    await change(event.id, { invited_user_ids: [] });
    await change(event.id, { start_date: '2026-01-05T12:00:00Z', keep_answers: true });
    await change(event.id, {
      invited_user_ids: [user],
      start_date: '2026-01-05T09:00:00Z',
      keep_answers: true,
    });
    expect(await calendars.busy(user)).toEqual(AT_NINE.filter((_, day) => day !== 1));
    const { body } = await calendars.client.get(
      `/events/${event.id}/occurrences?from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z`,
    );
    expect(body[0].answers).toMatchObject([{ user_id: user, status: 'declined', comment: 'Not then.' }]);
  });

  test('of the event and of occurrences hold side by side', async () => {
    const { event, user } = await invited();
    await answer(event, 'decline');
    await answer(event, 'accept', { original_start: '2026-01-06T09:00:00Z' });
    await answer(event, 'decline', { original_start: '2026-01-07T09:00:00Z' });
    expect((await inviteAgain(event.id, user)).status).toBe('declined');
    expect(await calendars.busy(user)).toEqual([]);
    await change(event.id, { invited_user_ids: [] });
    await change(event.id, { repeat: null });
    expect((await change(event.id, { invited_user_ids: [user] })).attendees[1].status).toBe('declined');
  });

  test.each([
    ['before', true],
    ['after', false],
  ])('holds for the later part of a series that is split %s the user is removed', async (_, splitFirst) => {
    const { event, user } = await invited();
    await answer(event, 'decline');
    const third = `${event.id}/occurrences/2026-01-07T09:00:00Z?scope=following` as const;
    if (!splitFirst) await change(event.id, { invited_user_ids: [] });
    const later = (await change(third, { title: 'Later' })).event_id;
    expect(later).not.toBe(event.id);
    expect((await inviteAgain(later, user)).status).toBe('declined');
    expect((await inviteAgain(event.id, user)).status).toBe('declined');
    expect(await calendars.busy(user)).toEqual([]);
  });

  test('of an occurrence goes with it to the later part of a series', async () => {
    const { event, user } = await invited();
    await answer(event, 'decline', { original_start: '2026-01-08T09:00:00Z' });
    await change(event.id, { invited_user_ids: [] });
    const third = `${event.id}/occurrences/2026-01-07T09:00:00Z?scope=following` as const;
    const later = (await change(third, { invited_user_ids: [user] })).event_id;
    await change(event.id, { invited_user_ids: [user] });
    expect(later).not.toBe(event.id);
    expect(await calendars.busy(user)).toEqual(AT_NINE.filter((_, day) => day !== 3));
  });

  test('is one of that event, and not of the next one of the same organizer', async () => {
    const { event, user } = await invited();
    await answer(event, 'decline');
    const next = await calendars.event('11:00 - 12:00', {
      organizer_user_id: event.owner_user_id,
      invited_user_ids: [user],
    });
    expect(next.attendees[1].status).toBe('needs_action');
  });

  test('of another attendee is another', async () => {
    const [organizer, ann, bob] = await calendars.everyone([{}, {}, {}]);
    const event = await calendars.event('09:00 - 10:00', {
      organizer_user_id: organizer,
      invited_user_ids: [ann, bob],
    });
    await answer(event, 'decline');
    await change(event.id, { invited_user_ids: [] });
    const { attendees } = await change(event.id, { invited_user_ids: [bob, ann] });
    expect(attendees.map(({ user, status }) => [user.id, status])).toEqual([
      [organizer, 'organizer'],
      [bob, 'needs_action'],
      [ann, 'declined'],
    ]);
  });
});
