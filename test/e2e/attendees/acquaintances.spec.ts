import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { DAILY, FIRST, SECOND } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const WINDOW = 'from=2126-01-01T00:00:00Z&to=2126-02-01T00:00:00Z';

const sees = async (viewer: Account, user: Account) =>
  (await viewer.client.get(`/users/${user.id}`)).status === 200;

describe('an attendee of one occurrence', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication({ DIRECTORY: 'shared' });
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  /** A series of Ann, to one occurrence of which Bob is invited. */
  async function invited() {
    count += 1;
    const [ann, bob] = [await signUp(anyone, `ann${count}`), await signUp(anyone, `bob${count}`)];
    const { body: series } = await backend.create('/events', {
      title: 'Planning',
      ...DAILY,
      organizer_user_id: ann.id,
    });
    const { body: added } = await backend.create(`/events/${series.id}/attendees`, {
      user_id: bob.id,
      original_start: SECOND,
    });
    const answer = async (verb: 'accept' | 'decline' | 'tentative') => {
      const { status } = await bob.client.post(`/event-invites/${added.invite_id as number}:${verb}`, {
        original_start: SECOND,
      });
      expect(status).toBe(200);
    };
    return { ann, bob, answer };
  }

  test('is seen by the others once the attendee has accepted it', async () => {
    const { ann, bob, answer } = await invited();
    expect([await sees(ann, bob), await sees(bob, ann)]).toEqual([false, true]);
    await answer('tentative');
    expect(await sees(ann, bob)).toBe(false);
    await answer('accept');
    expect(await sees(ann, bob)).toBe(true);
    const { body: own } = await backend.create('/events', {
      title: 'Own',
      start_date: FIRST,
      duration: 60,
      organizer_user_id: bob.id,
    });
    const found = await ann.client.get(`/events?organizer_user_id=${bob.id}`);
    expect(found.body.map(({ id }) => id)).toEqual([own.id]);
    await answer('decline');
    expect(await sees(ann, bob)).toBe(false);
  });

  test('knows the organizer once the attendee has accepted it', async () => {
    const { ann, bob, answer } = await invited();
    await bob.client.patch(`/users/${bob.id}`, { invitations: 'known' });
    await backend.create('/events', {
      title: 'Invitation',
      start_date: '2126-01-20T09:00:00Z',
      duration: 3_600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
    });
    const taken = async () => {
      const { body } = await bob.client.get(`/free-busy?user_ids=${bob.id}&${WINDOW}`);
      return body[0].busy?.map(({ start }) => start);
    };
    expect(await taken()).toEqual([]);
    await answer('accept');
    expect(await taken()).toEqual([SECOND, '2126-01-20T09:00:00Z']);
    await answer('tentative');
    expect(await taken()).not.toContain('2126-01-20T09:00:00Z');
  });
});
