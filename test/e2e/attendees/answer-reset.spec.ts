import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventPatch, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Attendees, DAILY, FIRST, SECOND, THIRD } from '../../support/client/attendees.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ONCE = { start_date: '2126-01-07T09:00:00Z', duration: 3_600, location: 'Room 5' };

describe('the answers to an event', () => {
  let application: TestApplication;
  let calendars: Attendees;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
  });
  afterAll(async () => application.close());

  /** An event of user 1 that user 2 has accepted and user 3 has declined. */
  async function answered(fields: Partial<NewEvent>) {
    const [ann, bob, carl] = await calendars.everyone([{}, {}, {}]);
    const event = await calendars.event('', {
      ...fields,
      organizer_user_id: ann,
      invited_user_ids: [bob, carl],
    });
    const [, ofBob, ofCarl] = event.attendees.map(({ invite_id: invite }) => invite);
    await calendars.answer(ofBob, 'accept', undefined, 'Gladly');
    await calendars.answer(ofCarl, 'decline');
    const statuses = async () => {
      const told = await calendars.told(event.id);
      return told.map((text) => text.split(' ').slice(1).join(' '));
    };
    return { id: event.id, ann, bob, carl, ofBob, ofCarl, statuses };
  }

  const OPEN = ['organizer', 'needs_action', 'needs_action'];
  const KEPT = ['organizer', 'accepted', 'declined'];

  test.each<[string, EventPatch, readonly string[]]>([
    ['another start', { start_date: '2126-01-07T10:00:00Z' }, OPEN],
    ['another end', { duration: 5_400 }, OPEN],
    ['another place', { location: 'Room 6' }, OPEN],
    ['no place', { location: null }, OPEN],
    ['another start, with `keep_answers`', { start_date: '2126-01-07T10:00:00Z', keep_answers: true }, KEPT],
    ['another place, with `keep_answers`', { location: 'Room 6', keep_answers: true }, KEPT],
    ['another title', { title: 'Review', description: 'All of it', show_as: 'free' }, KEPT],
    ['the same start and place', { start_date: '2126-01-07T09:00:00Z', location: 'Room 5' }, KEPT],
    [
      'the same instants in another zone',
      { start_date: '2126-01-07T09:00:00Z', time_zone: 'Europe/Berlin' },
      KEPT,
    ],
    ['other instants by another zone', { time_zone: 'Europe/Berlin' }, OPEN],
    ['a repetition from the same start', { repeat: { frequency: 'daily', count: 2 } }, KEPT],
  ])('after %s', async (_, patch, expected) => {
    const { id, statuses, ofBob } = await answered(ONCE);
    await calendars.change(id, patch);
    expect(await statuses()).toEqual(expected);
    const invite = await calendars.client.get(`/event-invites/${ofBob as number}`);
    expect(invite.body).toMatchObject({ status: expected[1], comment: 'Gladly' });
  });

  test('for whole days depend on the days alone', async () => {
    const { id, statuses } = await answered({ start_date: '2126-01-07', all_day: true });
    await calendars.change(id, { time_zone: 'Asia/Tokyo' });
    expect(await statuses()).toEqual(KEPT);
    await calendars.change(id, { start_date: '2126-01-08' });
    expect(await statuses()).toEqual(OPEN);
  });

  test('become open for the time of those who declined, and for their reminders', async () => {
    const { id, carl } = await answered(ONCE);
    expect(await calendars.taken(carl)).toEqual([]);
    await calendars.change(id, { start_date: '2126-01-07T10:00:00Z' });
    expect(await calendars.taken(carl)).toEqual(['07T10:00 - 07T11:00']);
  });

  test('are forgotten, also a decline of someone who was removed', async () => {
    const { id, carl } = await answered(ONCE);
    await calendars.remove(id, carl);
    await calendars.change(id, { start_date: '2126-01-07T10:00:00Z' });
    expect(await calendars.add(id, { user_id: carl })).toMatchObject({ status: 'needs_action' });
  });

  test('of a series become open if its occurrences move', async () => {
    const { id, ofBob, statuses } = await answered(DAILY);
    await calendars.answer(ofBob, 'tentative', SECOND);
    await calendars.change(id, { start_date: '2126-01-07T10:00:00Z' });
    expect(await statuses()).toEqual(OPEN);
    expect(await calendars.toldAnswers(id)).toEqual([expect.stringMatching(/^08: \d+ needs_action$/)]);
  });

  test.each<[string, EventPatch]>([
    ['an equal rule in other words', { repeat: { rrule: 'FREQ=DAILY;COUNT=3;INTERVAL=1' } }],
    ['more occurrences', { repeat: { frequency: 'daily', count: 5 } }],
    ['fewer occurrences', { repeat: { frequency: 'daily', count: 2 } }],
    ['another zone with the same instants', { start_date: FIRST, time_zone: 'Europe/Berlin' }],
    ['another title', { title: 'Review' }],
  ])('of a series stay after %s', async (_, patch) => {
    const { id, bob, ofBob, statuses } = await answered(DAILY);
    await calendars.answer(ofBob, 'tentative', SECOND);
    await calendars.change(id, patch);
    expect(await statuses()).toEqual(KEPT);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} tentative`]);
  });

  test('of a series become open if a new zone moves a part of its occurrences', async () => {
    const weekly = { ...DAILY, repeat: { frequency: 'weekly' as const, count: 40 } };
    const { id, statuses } = await answered(weekly);
    await calendars.change(id, { start_date: FIRST, time_zone: 'Europe/Berlin' });
    expect(await statuses()).toEqual(OPEN);
  });

  test('to one occurrence become open if it moves, and the others stay', async () => {
    const { id, bob, carl, ofCarl, statuses } = await answered(DAILY);
    await calendars.answer(ofCarl, 'accept', THIRD);
    await calendars.changeAt(id, SECOND, { start_date: '2126-01-08T15:00:00Z' });
    expect(await statuses()).toEqual(KEPT);
    expect(await calendars.toldAnswers(id)).toEqual([
      `08: ${bob} needs_action, ${carl} needs_action`,
      `09: ${carl} accepted`,
    ]);
    expect(await calendars.taken(carl)).toEqual(['08T15:00 - 08T16:00', '09T09:00 - 09T10:00']);
  });

  test.each<[string, EventPatch, boolean]>([
    ['another place', { location: 'Room 6' }, true],
    ['another end', { end_date: '2126-01-08T11:00:00Z' }, true],
    ['another title', { title: 'Review' }, false],
    ['its own start again', { start_date: SECOND }, false],
    ['another place, with `keep_answers`', { location: 'Room 6', keep_answers: true }, false],
  ])('to one occurrence after %s', async (_, patch, reset) => {
    const { id, bob, carl } = await answered(DAILY);
    await calendars.changeAt(id, SECOND, patch);
    expect(await calendars.toldAnswers(id)).toEqual(
      reset ? [`08: ${bob} needs_action, ${carl} needs_action`] : [],
    );
  });

  test('to a moved occurrence stay while the series moves around it', async () => {
    const { id, bob, carl, ofCarl, statuses } = await answered(DAILY);
    const atThree = { start_date: '2126-01-08T15:00:00Z', location: 'Room 7' };
    await calendars.changeAt(id, SECOND, { ...atThree, keep_answers: true });
    await calendars.answer(ofCarl, 'tentative', SECOND);
    await calendars.change(id, { location: 'Room 6' });
    expect(await statuses()).toEqual(OPEN);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${bob} accepted, ${carl} tentative`]);
  });

  test('to the later part of a series become open if that part moves', async () => {
    const { id, statuses } = await answered(DAILY);
    const later = await calendars.changeAt(id, SECOND, { start_date: '2126-01-08T12:00:00Z' }, 'following');
    expect(await statuses()).toEqual(KEPT);
    const told = await calendars.told(later.event_id);
    expect(told.map((text) => text.split(' ')[1])).toEqual(OPEN);
    const renamed = await answered(DAILY);
    const { event_id: renamedId } = await calendars.changeAt(renamed.id, SECOND, { title: 'B' }, 'following');
    expect((await calendars.told(renamedId)).map((text) => text.split(' ')[1])).toEqual(KEPT);
  });

  test('to an occurrence stay if the later part moves to the start and place that it has already', async () => {
    const { id, bob, carl, ofCarl } = await answered(DAILY);
    const own = { start_date: '2126-01-08T15:00:00Z', location: 'Room 7' };
    await calendars.changeAt(id, SECOND, { ...own, keep_answers: true });
    await calendars.answer(ofCarl, 'tentative', SECOND);
    const { event_id: later } = await calendars.changeAt(id, SECOND, own, 'following');
    expect((await calendars.told(later)).map((text) => text.split(' ')[1])).toEqual(OPEN);
    expect(await calendars.toldAnswers(later)).toEqual([`08: ${bob} accepted, ${carl} tentative`]);
    expect(await calendars.taken(carl)).toEqual(['08T15:00 - 08T16:00', '09T15:00 - 09T16:00']);
    const other = await answered(DAILY);
    await calendars.changeAt(other.id, SECOND, { ...own, keep_answers: true });
    const moved = { ...own, start_date: '2126-01-08T16:00:00Z' };
    const { event_id: movedId } = await calendars.changeAt(other.id, SECOND, moved, 'following');
    expect((await calendars.toldAnswers(movedId)).join()).not.toMatch(/accepted|declined/);
  });

  test('become open in a batch, and by the external id', async () => {
    const one = await answered({ ...ONCE, external_id: 'case-1' });
    const two = await answered(ONCE);
    const requests = [
      { id: one.id, start_date: '2126-01-07T11:00:00Z', keep_answers: true },
      { id: two.id, start_date: '2126-01-07T11:00:00Z' },
    ];
    expect((await calendars.client.post('/events:batch-update', { requests })).status).toBe(200);
    expect([await one.statuses(), await two.statuses()]).toEqual([KEPT, OPEN]);
    const body = {
      title: 'Planning',
      ...ONCE,
      start_date: '2126-01-07T11:00:00Z',
      organizer_user_id: one.ann,
      invited_user_ids: [one.bob, one.carl],
    };
    const put = async (fields: object) =>
      calendars.client.send('PUT', '/events/by-external-id/case-1', { ...body, ...fields });
    expect((await put({})).status).toBe(200);
    expect(await one.statuses()).toEqual(KEPT);
    expect((await put({ location: 'Room 9', keep_answers: true })).status).toBe(200);
    expect(await one.statuses()).toEqual(KEPT);
    expect((await put({ location: 'Room 10' })).status).toBe(200);
    expect(await one.statuses()).toEqual(OPEN);
  });

  test('become open before the event is handed over, and the previous organizer has accepted', async () => {
    const { id, ann, bob, carl } = await answered(ONCE);
    await calendars.change(id, { organizer_user_id: bob, location: 'Room 6' });
    expect((await calendars.told(id)).toSorted()).toEqual(
      [`${ann} accepted`, `${bob} organizer`, `${carl} needs_action`].toSorted(),
    );
  });
});
