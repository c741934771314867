import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { PASSWORD } from '../../support/client/account.js';
import { Attendees, DAILY, FIRST, SECOND, THIRD } from '../../support/client/attendees.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const NINE = (day: string) => `${day}T09:00 - ${day}T10:00`;

describe('an attendee of single occurrences', () => {
  let application: TestApplication;
  let calendars: Attendees;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
  });
  afterAll(async () => application.close());

  async function series(organizer: number, invited: readonly number[] = [], fields: Partial<NewEvent> = {}) {
    const event = await calendars.event('', {
      ...DAILY,
      ...fields,
      organizer_user_id: organizer,
      invited_user_ids: [...invited],
    });
    return { id: event.id, invites: event.attendees.map(({ invite_id: invite }) => invite) };
  }

  /** User `bob` is invited to the second occurrence alone. */
  async function invitedToSecond() {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await series(ann);
    const added = await calendars.add(id, { user_id: bob, original_start: SECOND });
    return { ann, bob, id, invite: added.invite_id as number, added };
  }

  async function invitesOf(user: number, status?: string): Promise<string[]> {
    const filter = status === undefined ? '' : (`?status=${status}` as const);
    const { body } = await calendars.client.get(`/users/${user}/event-invites${filter}`);
    return body.map((invite) => invite.status);
  }

  test('attends these alone, in lists, free/busy, invites and the event', async () => {
    const { ann, bob, id, added, invite } = await invitedToSecond();
    expect(added).toMatchObject({ status: 'needs_action', only_occurrences: true, user: { id: bob } });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${bob} needs_action, some`]);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} needs_action`]);
    expect(await calendars.listed(bob)).toEqual(['08T09:00 needs_action']);
    expect(await calendars.taken(bob)).toEqual([NINE('08')]);
    expect(await calendars.taken(ann)).toEqual(['07', '08', '09'].map(NINE));
    expect(await invitesOf(bob)).toEqual(['needs_action']);
    expect(await invitesOf(bob, 'needs_action')).toEqual(['needs_action']);
    expect(await invitesOf(bob, 'declined')).toEqual([]);
    expect((await calendars.client.get(`/event-invites/${invite}`)).body.status).toBe('needs_action');
  });

  test('is free for a search and a booking at the other occurrences', async () => {
    const { bob } = await invitedToSecond();
    const { body } = await calendars.client.get(
      `/events:nearest-empty-time-interval?duration=1h&user_ids=${bob}&from=2126-01-08T08:30:00Z&to=2126-01-09T12:00:00Z`,
    );
    expect(body.start).toBe('2126-01-08T10:00:00Z');
    const carl = await calendars.someone();
    const meeting = { organizer_user_id: carl, invited_user_ids: [bob], conflict_policy: 'reject' as const };
    const book = async (day: string) =>
      calendars.client.post('/events', {
        title: 'Meeting',
        start_date: `2126-01-${day}T09:00:00Z`,
        duration: 3_600,
        ...meeting,
      });
    expect([await book('07'), await book('08'), await book('09')].map(({ status }) => status)).toEqual([
      201, 409, 201,
    ]);
  });

  test('is the only one whose conflicts the addition has, at that occurrence', async () => {
    const [ann, bob] = await calendars.everyone([{}, { double_booking: 'reject' }]);
    const taken = { organizer_user_id: bob, start_date: THIRD, duration: 60 };
    await calendars.event('', taken);
    const { id } = await series(ann);
    const third = await calendars.client.post(`/events/${id}/attendees`, {
      user_id: bob,
      original_start: THIRD,
    });
    expect(third).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    expect((await calendars.add(id, { user_id: bob, original_start: SECOND })).conflicts).toEqual([]);
  });

  test.each([
    ['accept', 'accepted', [NINE('08')]],
    ['tentative', 'tentative', [NINE('08')]],
    ['decline', 'declined', []],
  ] as const)('answers the invite by %s', async (verb, status, taken) => {
    const { bob, id, invite } = await invitedToSecond();
    const answered = await calendars.answer(invite, verb, undefined, 'One day');
    expect(answered).toMatchObject({ status, comment: 'One day' });
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} ${status}`]);
    expect(await calendars.taken(bob)).toEqual(taken);
    expect(await calendars.listed(bob)).toEqual([`08T09:00 ${status}`]);
    expect(await invitesOf(bob)).toEqual([status]);
    const { version } = await calendars.read(id);
    await calendars.answer(invite, verb);
    expect((await calendars.read(id)).version).toBe(version);
  });

  test('answers each occurrence on its own, and no other', async () => {
    const { bob, id, invite } = await invitedToSecond();
    await calendars.add(id, { user_id: bob, original_start: THIRD });
    await calendars.answer(invite, 'accept', SECOND);
    expect(await calendars.told(id)).toContain(`${bob} needs_action, some`);
    await calendars.answer(invite, 'decline', THIRD);
    expect(await calendars.told(id)).toContain(`${bob} accepted, some`);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} accepted`, `09: ${bob} declined`]);
    const other = await calendars.client.post(`/event-invites/${invite}:accept`, { original_start: FIRST });
    expect(other).toMatchObject({ status: 404, body: { code: 'occurrence_not_found' } });
    await calendars.answer(invite, 'tentative');
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} tentative`, `09: ${bob} tentative`]);
  });

  test('is added once to each, and then to all', async () => {
    const { bob, id, invite } = await invitedToSecond();
    const again = await calendars.client.post(`/events/${id}/attendees`, {
      user_id: bob,
      original_start: SECOND,
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_attends' } });
    await calendars.answer(invite, 'accept');
    const all = await calendars.add(id, { user_id: bob });
    expect(all).toMatchObject({ status: 'needs_action', only_occurrences: false, invite_id: invite });
    expect(await calendars.listed(bob)).toEqual([
      '07T09:00 needs_action',
      '08T09:00 accepted',
      '09T09:00 needs_action',
    ]);
  });

  test.each([
    ['a user', async () => ({ user_id: await calendars.someone() })],
    ['a guest', async () => ({ email: 'zoe@x.example' })],
  ])('gives the last answer to all of them: %s', async (_, someone) => {
    const attendee = await someone();
    const { id } = await series(await calendars.someone());
    await calendars.add(id, { ...attendee, original_start: SECOND });
    const { invite_id: invite } = await calendars.add(id, { ...attendee, original_start: THIRD });
    await calendars.answer(invite, 'accept', SECOND);
    await calendars.answer(invite, 'decline', THIRD);
    await calendars.answer(invite, 'accept');
    const answers = (await calendars.toldAnswers(id)).map((text) => text.split(' ').at(-1));
    expect(answers).toEqual(['accepted', 'accepted']);
    const { version } = await calendars.read(id);
    await calendars.answer(invite, 'accept');
    expect((await calendars.read(id)).version).toBe(version);
  });

  test.each([SECOND, undefined])('gets the role and the name of a further invitation, to %s', async (to) => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await series(ann);
    const zoe = { email: 'zoe@x.example', name: 'Zoe' };
    await calendars.add(id, { user_id: bob, original_start: FIRST });
    await calendars.add(id, { ...zoe, role: 'optional', original_start: FIRST });
    expect(await calendars.add(id, { user_id: bob, role: 'optional', original_start: to })).toMatchObject({
      role: 'optional',
    });
    expect(
      await calendars.add(id, { ...zoe, name: 'Zoe Z.', role: undefined, original_start: to }),
    ).toMatchObject({ role: 'optional', guest: { ...zoe, name: 'Zoe Z.' } });
  });

  test('leaves the event with the last occurrence', async () => {
    const { ann, bob, id, invite } = await invitedToSecond();
    await calendars.add(id, { user_id: bob, original_start: THIRD });
    await calendars.remove(id, bob, SECOND);
    expect(await calendars.listed(bob)).toEqual(['09T09:00 needs_action']);
    const path = `/event-invites/${invite}?original_start=${SECOND}` as const;
    expect((await calendars.client.delete(path)).status).toBe(404);
    await calendars.removeInvite(invite, THIRD);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
    expect(await calendars.listed(bob)).toEqual([]);
  });

  test('keeps a decline of the occurrence after a removal', async () => {
    const { bob, id, invite } = await invitedToSecond();
    await calendars.answer(invite, 'decline', SECOND);
    await calendars.remove(id, bob, SECOND);
    expect(await calendars.add(id, { user_id: bob, original_start: SECOND })).toMatchObject({
      status: 'declined',
    });
    expect(await calendars.taken(bob)).toEqual([]);
  });

  test('follows the occurrence when the series moves, and is invited again to its new time', async () => {
    const { bob, id, invite } = await invitedToSecond();
    await calendars.answer(invite, 'accept');
    await calendars.change(id, { start_date: '2126-01-07T10:00:00Z', keep_answers: true });
    expect(await calendars.listed(bob)).toEqual(['08T10:00 accepted']);
    await calendars.change(id, { start_date: '2126-01-07T11:00:00Z' });
    expect(await calendars.listed(bob)).toEqual(['08T11:00 needs_action']);
    expect(await calendars.taken(bob)).toEqual(['08T11:00 - 08T12:00']);
    expect(await calendars.told(id)).toContain(`${bob} needs_action, some`);
  });

  test('is not invited to the others if another occurrence moves', async () => {
    const { bob, id } = await invitedToSecond();
    await calendars.changeAt(id, THIRD, { start_date: '2126-01-09T15:00:00Z' });
    expect(await calendars.listed(bob)).toEqual(['08T09:00 needs_action']);
    await calendars.changeAt(id, SECOND, { start_date: '2126-01-08T15:00:00Z' });
    expect(await calendars.listed(bob)).toEqual(['08T15:00 needs_action']);
  });

  test('leaves with the occurrence if another rule has it no longer', async () => {
    const { ann, id } = await invitedToSecond();
    await calendars.change(id, { repeat: { frequency: 'weekly', count: 3 } });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
  });

  test('goes with a split to the part with the occurrence, and keeps the invite', async () => {
    const { ann, bob, id, invite } = await invitedToSecond();
    const carl = await calendars.someone();
    await calendars.add(id, { user_id: carl, original_start: FIRST });
    const { event_id: later } = await calendars.changeAt(id, SECOND, { title: 'B' }, 'following');
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${carl} needs_action, some`]);
    expect(await calendars.told(later)).toEqual([`${ann} organizer`, `${bob} needs_action, some`]);
    expect((await calendars.client.get(`/event-invites/${invite}`)).body).toMatchObject({
      event_id: later,
      user_id: bob,
    });
    expect(await calendars.listed(bob)).toEqual(['08T09:00 needs_action']);
    const end = `/events/${id}/occurrences/${FIRST}?scope=following` as const;
    expect((await calendars.client.delete(end)).status).toBe(204);
    expect(await calendars.listed(carl)).toEqual([]);
  });

  test('stays one when a change names the attendees', async () => {
    const { ann, bob, id } = await invitedToSecond();
    const carl = await calendars.someone();
    await calendars.change(id, { invited_user_ids: [bob, carl] });
    expect(await calendars.told(id)).toEqual([
      `${ann} organizer`,
      `${bob} needs_action, some`,
      `${carl} needs_action`,
    ]);
    await calendars.change(id, { invited_user_ids: [carl] });
    await calendars.change(id, { invited_user_ids: [bob, carl] });
    expect(await calendars.told(id)).toContain(`${bob} needs_action`);
  });

  test('of the first one stays when the series becomes one event', async () => {
    const { ann, bob, id } = await invitedToSecond();
    const [carl, dora] = await calendars.everyone([{}, {}]);
    const first = { original_start: FIRST };
    const { invite_id: invite } = await calendars.add(id, { user_id: carl, ...first });
    await calendars.answer(invite, 'accept', FIRST, 'Gladly');
    const { invite_id: guest } = await calendars.add(id, { email: 'zoe@example.net', ...first });
    await calendars.add(id, { user_id: carl, original_start: THIRD });
    await calendars.add(id, { user_id: dora });
    await calendars.remove(id, dora, FIRST);
    await calendars.change(id, { repeat: null });
    expect(await calendars.told(id)).toEqual([
      `${ann} organizer`,
      `${carl} accepted`,
      'zoe@example.net needs_action',
    ]);
    const { attendees } = await calendars.read(id);
    expect(attendees.slice(1)).toMatchObject([
      { invite_id: invite, comment: 'Gladly', only_occurrences: false },
      { invite_id: guest, only_occurrences: false },
    ]);
    expect(await calendars.taken(carl)).toEqual([NINE('07')]);
    for (const gone of [bob, dora]) expect(await calendars.listed(gone)).toEqual([]);
  });

  test('of all keeps the answer to the first one when the series becomes one event', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await series(ann, [bob], { invited: [{ email: 'zoe@example.net' }] });
    for (const { invite_id: invite } of (await calendars.read(id)).attendees.slice(1)) {
      await calendars.answer(invite, 'accept');
      await calendars.answer(invite, 'decline', FIRST, 'Not on Monday');
    }
    await calendars.change(id, { repeat: null });
    const { attendees } = await calendars.read(id);
    expect(attendees.slice(1)).toMatchObject([
      { status: 'declined', comment: 'Not on Monday' },
      { status: 'declined', comment: 'Not on Monday' },
    ]);
    expect(await calendars.taken(bob)).toEqual([]);
  });

  test('takes over the event from a product alone, and organizes all of it', async () => {
    const { ann, bob, id, invite } = await invitedToSecond();
    await calendars.answer(invite, 'accept');
    const handover = { organizer_user_id: bob };
    const refused = await calendars.client.patch(`/events/${id}`, handover);
    expect(refused).toMatchObject({ status: 409, body: { code: 'organizer_must_accept' } });
    const backend = await addKey(application, 1);
    expect((await backend.patch(`/events/${id}`, handover)).status).toBe(200);
    expect((await calendars.told(id)).toSorted()).toEqual([`${ann} accepted`, `${bob} organizer`].toSorted());
    expect(await calendars.taken(bob)).toEqual(['07', '08', '09'].map(NINE));
    expect(await calendars.toldAnswers(id)).toEqual([]);
  });

  test('is reminded of these alone', async () => {
    const { bob, id, invite } = await invitedToSecond();
    const reminded = async () => {
      const rows = await query<{ at: string }>(
        application.database.url,
        `SELECT to_char(start_at AT TIME ZONE 'UTC', 'DD"T"HH24:MI') AS at FROM pending_reminders
          WHERE event_id = ${id} AND user_id = ${bob}`,
      );
      return rows.map(({ at }) => at);
    };
    const overrides = [{ minutes_before: 10, method: 'log' as const }];
    await calendars.client.put(`/users/${bob}/events/${id}/reminders`, { use_default: false, overrides });
    expect(await reminded()).toEqual(['08T09:00']);
    await calendars.answer(invite, 'decline', SECOND);
    expect(await reminded()).toEqual([]);
    await calendars.add(id, { user_id: bob, original_start: THIRD });
    expect(await reminded()).toEqual(['09T09:00']);
    await calendars.add(id, { user_id: bob });
    expect(await reminded()).toEqual(['07T09:00']);
    await calendars.remove(id, bob, FIRST);
    expect(await reminded()).toEqual(['09T09:00']);
    await calendars.remove(id, bob);
    expect(await reminded()).toEqual([]);
  });

  test('finds the event in a search and in an export', async () => {
    const { bob, id } = await invitedToSecond();
    const { body: found } = await calendars.client.get(`/events?attendee_user_id=${bob}`);
    expect(found.map((event) => event.id)).toEqual([id]);
    const { body: exported } = await calendars.client.get(`/users/${bob}:export`);
    expect(exported.events).toMatchObject([
      {
        id,
        attendees: [{}, { user: { id: bob }, only_occurrences: true }],
        changed_occurrences: [
          { original_start: SECOND, answers: [{ user_id: bob, status: 'needs_action' }] },
        ],
      },
    ]);
  });

  test('leaves when the user is deleted', async () => {
    const { ann, bob, id } = await invitedToSecond();
    expect((await calendars.client.delete(`/users/${bob}`)).status).toBe(204);
    await eventually(async () => (await calendars.told(id)).length === 1);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
  });

  test('is seen by others only with the occurrences that the user has not declined', async () => {
    const { bob, id, invite } = await invitedToSecond();
    await calendars.add(id, { user_id: bob, original_start: THIRD });
    await calendars.answer(invite, 'decline', THIRD);
    await calendars.client.patch(`/events/${id}`, { visibility: 'private' });
    const account = { name: 'eve', email: `eve${id}@example.com`, password: PASSWORD };
    await calendars.client.create('/users', account);
    const { body: login } = await calendars.client.post('/auth/login', account);
    const { body } = await calendars.client
      .with(login.access_token)
      .get(`/users/${bob}/events?from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z`);
    expect(body.map(({ occurrences }) => occurrences.map(({ start }) => start))).toEqual([[SECOND]]);
  });

  test('does not block a user who wants no unanswered invitations', async () => {
    const { bob, id, invite } = await invitedToSecond();
    await calendars.client.patch(`/users/${bob}`, { invitations: 'none' });
    expect(await calendars.taken(bob)).toEqual([]);
    const carl = await calendars.someone();
    const { conflicts } = await calendars.event('', {
      start_date: SECOND,
      duration: 60,
      organizer_user_id: carl,
      invited_user_ids: [bob],
    });
    expect(conflicts).toEqual([]);
    await calendars.answer(invite, 'accept');
    expect(await calendars.taken(bob)).toEqual([NINE('08')]);
    expect(await calendars.told(id)).toContain(`${bob} accepted, some`);
  });

  test('is added to an event that does not repeat as a whole', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id } = await series(ann, [], { repeat: null });
    expect(await calendars.add(id, { user_id: bob, original_start: FIRST })).toMatchObject({
      only_occurrences: false,
    });
    await calendars.remove(id, bob, FIRST);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
  });
});

describe('an attendee who was removed from an occurrence', () => {
  let application: TestApplication;
  let calendars: Attendees;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
  });
  afterAll(async () => application.close());

  async function removedFromSecond() {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const event = await calendars.event('', {
      ...DAILY,
      organizer_user_id: ann,
      invited_user_ids: [bob],
    });
    const invite = event.attendees[1].invite_id as number;
    await calendars.answer(invite, 'accept');
    await calendars.remove(event.id, bob, SECOND);
    return { ann, bob, id: event.id, invite };
  }

  test('attends the others', async () => {
    const { ann, bob, id } = await removedFromSecond();
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${bob} accepted`]);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} removed`]);
    expect(await calendars.listed(bob)).toEqual(['07T09:00 accepted', '09T09:00 accepted']);
    expect(await calendars.taken(bob)).toEqual(['07', '09'].map(NINE));
  });

  test('answers for the others alone', async () => {
    const { bob, id, invite } = await removedFromSecond();
    const refused = await calendars.client.post(`/event-invites/${invite}:accept`, {
      original_start: SECOND,
    });
    expect(refused).toMatchObject({ status: 404, body: { code: 'occurrence_not_found' } });
    await calendars.answer(invite, 'tentative');
    expect(await calendars.listed(bob)).toEqual(['07T09:00 tentative', '09T09:00 tentative']);
    expect(await calendars.taken(bob)).toEqual(['07', '09'].map(NINE));
    expect(
      (await calendars.client.delete(`/events/${id}/attendees/${bob}?original_start=${SECOND}`)).status,
    ).toBe(404);
  });

  test('stays removed when the occurrence or the series moves', async () => {
    const { bob, id } = await removedFromSecond();
    await calendars.changeAt(id, SECOND, { start_date: '2126-01-08T15:00:00Z' });
    await calendars.change(id, { start_date: '2126-01-07T10:00:00Z' });
    expect(await calendars.listed(bob)).toEqual(['07T10:00 needs_action', '09T10:00 needs_action']);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} removed`]);
  });

  test('is invited to it again', async () => {
    const { bob, id, invite } = await removedFromSecond();
    const again = await calendars.add(id, { user_id: bob, original_start: SECOND });
    expect(again).toMatchObject({ invite_id: invite, status: 'accepted', only_occurrences: false });
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} needs_action`]);
    expect(await calendars.listed(bob)).toContain('08T09:00 needs_action');
  });
});
