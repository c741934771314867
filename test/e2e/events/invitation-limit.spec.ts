import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { MAX_OPEN_INVITATIONS } from '../../../src/events/write/invitation-limit.service.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

// Free, since the conflicts of some hundred attendees take long to explain.
const PAST = { start_date: '2020-01-06T09:00:00Z', duration: 3600, show_as: 'free' } as const;
const FUTURE = { start_date: '2126-01-07T09:00:00Z', duration: 3600, show_as: 'free' } as const;
const TOO_MANY = {
  status: 429,
  body: { code: 'too_many_invitations', errors: [{ field: 'invited_user_ids' }] },
};

describe('the unanswered invitations of one organizer', () => {
  let application: TestApplication;
  let nobody: Client;
  /** As many as may be invited, and one more. */
  let strangers: number[];
  let organizers = 0;
  let ann: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    nobody = new Client(application.url);
    strangers = await createUsers(nobody, MAX_OPEN_INVITATIONS + 1);
  });
  afterAll(async () => {
    await application.close();
  });
  beforeEach(async () => {
    organizers += 1;
    ann = await signUp(nobody, `organizer${organizers}`);
  });

  async function invite(
    ids: readonly number[],
    fields: Omit<Partial<NewEvent>, 'start_date'> & { start_date: string } = FUTURE,
  ): Promise<ServiceResponse<BookedEvent>> {
    return ann.client.post('/events', {
      title: 'Party',
      organizer_user_id: ann.id,
      invited_user_ids: ids,
      ...fields,
    });
  }

  async function answer({ body }: ServiceResponse<BookedEvent>, verb: InviteVerb, index = 1): Promise<void> {
    const { status } = await nobody.post(`/event-invites/${body.attendees[index].invite_id}:${verb}`);
    expect(status).toBe(200);
  }

  const allowed = (): number[] => strangers.slice(0, MAX_OPEN_INVITATIONS);
  const oneMore = (): number[] => strangers.slice(-1);

  test('to strangers are at most 500, and the 501st changes nothing', async () => {
    expect(MAX_OPEN_INVITATIONS).toBe(500);
    const full = await invite(allowed());
    expect(full.status).toBe(201);
    expect(await invite(oneMore())).toMatchObject(TOO_MANY);
    expect(await ann.client.patch(`/events/${full.body.id}`, { invited_user_ids: strangers })).toMatchObject(
      TOO_MANY,
    );
    const { body } = await ann.client.get(
      `/users/${ann.id}/events?from=2126-01-01T00:00:00Z&to=2127-01-01T00:00:00Z`,
    );
    expect(body.map(({ attendees }) => attendees.length)).toEqual([MAX_OPEN_INVITATIONS + 1]);
    const [exchanged] = [[...allowed().slice(1), ...oneMore()]];
    expect((await ann.client.patch(`/events/${full.body.id}`, { invited_user_ids: exchanged })).status).toBe(
      200,
    );
  });

  test('in one request too', async () => {
    expect(await invite(strangers)).toMatchObject(TOO_MANY);
  });

  test('keep the organizer from nothing else', async () => {
    const full = await invite(allowed());
    const path = `/events/${full.body.id}`;
    expect((await invite([])).status).toBe(201);
    expect((await ann.client.patch(path, { title: 'Ball' })).status).toBe(200);
    expect((await ann.client.patch(path, { start_date: '2126-02-07T09:00:00Z' })).status).toBe(200);
    expect((await ann.client.patch(path, { invited_user_ids: allowed().slice(1) })).status).toBe(200);
    expect((await invite(oneMore())).status).toBe(201);
    expect(await invite(oneMore())).toMatchObject(TOO_MANY);
    expect((await ann.client.delete(path)).status).toBe(204);
    expect((await invite(oneMore())).status).toBe(201);
  });

  test.each(['accept', 'decline', 'tentative'] as const)('are open until an answer: %s', async (verb) => {
    const full = await invite(allowed());
    expect(await invite(oneMore())).toMatchObject(TOO_MANY);
    await answer(full, verb);
    expect((await invite(oneMore())).status).toBe(201);
  });

  test('do not count people who have accepted another event', async () => {
    await answer(await invite(oneMore(), PAST), 'accept');
    expect((await invite(strangers)).status).toBe(201);
    expect((await invite(oneMore())).status).toBe(201);
    expect(await invite(strangers.slice(0, 1))).toMatchObject(TOO_MANY);
  });

  test('do not count events that are over, until one of them is moved', async () => {
    const past = await invite(allowed(), PAST);
    expect((await invite(oneMore())).status).toBe(201);
    const path = `/events/${past.body.id}`;
    expect((await ann.client.patch(path, { title: 'Was fun' })).status).toBe(200);
    expect(await ann.client.patch(path, FUTURE)).toMatchObject(TOO_MANY);
    expect(await ann.client.patch(path, { repeat: { frequency: 'daily' } })).toMatchObject(TOO_MANY);
    expect((await ann.client.get(path)).body).toMatchObject({ start_date: PAST.start_date, repeat: null });
  });

  test('count once more for the later part of a series that is split', async () => {
    const { body } = await invite(strangers.slice(0, 300), { ...FUTURE, repeat: { frequency: 'daily' } });
    const later = `/events/${body.id}/occurrences/2126-01-09T09:00:00Z?scope=following`;
    expect(await ann.client.patch(later, { title: 'Later' })).toMatchObject(TOO_MANY);
    await ann.client.patch(`/events/${body.id}`, { invited_user_ids: strangers.slice(0, 250) });
    expect((await ann.client.patch(later, { title: 'Later' })).status).toBe(200);
  });

  test('count an event whose last occurrence is moved to the future', async () => {
    const past = await invite(allowed(), { ...PAST, repeat: { frequency: 'daily', count: 2 } });
    await invite(oneMore());
    const occurrence = `/events/${past.body.id}/occurrences/2020-01-07T09:00:00Z`;
    expect(await ann.client.patch(occurrence, FUTURE)).toMatchObject(TOO_MANY);
  });

  test('are counted one request after the other, also when several come at once', async () => {
    const half = strangers.slice(0, 200);
    const answers = await Promise.all(Array.from({ length: 6 }, async () => invite(half)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 429, 429, 429, 429,
    ]);
  });

  test('of requests without a token have no limit', async () => {
    const [organizer] = oneMore();
    const event = { title: 'Party', organizer_user_id: organizer, invited_user_ids: allowed(), ...FUTURE };
    expect((await nobody.post('/events', event)).status).toBe(201);
    expect((await nobody.post('/events', event)).status).toBe(201);
  });
});
