import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, type GrantedAccess, share } from '../../support/client/sharing.js';
import { stateOfEvents } from '../../support/database/state-of-events.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const TITLE = 'the-title';

/** The members of each batch: an event of the caller's own, then a public and a private one in the shared calendar. */
const MEMBERS = ['own', 'public', 'private'] as const;

/** A refusal of a batch: its status, its code, and the place of the member that causes it. */
type Refused = readonly [status: number, code: string, place: number];

/** The accesses that do not suffice, with the refusal of a change or a deletion. */
const REFUSED: readonly (readonly [GrantedAccess, ...Refused])[] = [
  ['none', 404, 'event_not_found', 1],
  ['free_busy_reader+', 403, 'forbidden', 1],
  ['reader', 403, 'forbidden', 1],
  ['reader+', 403, 'forbidden', 1],
  ['writer', 403, 'forbidden', 2],
];

describe('a batch in a shared calendar', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let eve: Account;
  let calendar: number;
  let day = 1;

  beforeAll(async () => {
    application = await startTestApplication();
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    [ann, eve] = [await signUp(anyone, 'ann'), await signUp(anyone, 'eve')];
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    calendar = await addCalendar(ann, 'Shared');
  });

  function member(kind: (typeof MEMBERS)[number]) {
    day += 1;
    return {
      title: TITLE,
      start_date: new Date(Date.UTC(2126, 0, day, 9)).toISOString(),
      duration: 3600,
      visibility: kind === 'private' ? ('private' as const) : ('public' as const),
      ...(kind === 'own'
        ? { organizer_user_id: eve.id }
        : { organizer_user_id: ann.id, calendar_id: calendar }),
    };
  }

  async function planted(): Promise<number[]> {
    const { body } = await backend.post('/events:batch-create', { requests: MEMBERS.map(member) });
    return body.events.map(({ id }) => id);
  }

  const titles = async (ids: readonly number[]) =>
    Promise.all(ids.map(async (id) => (await backend.get(`/events/${id}`)).body.title));

  describe.each(['the grantee', 'a key that acts as the grantee'] as const)('of %s', (name) => {
    const caller = () => (name === 'the grantee' ? eve.client : backend.as(eve.id));

    async function expectRefused(operation: string, body: object, [status, code, place]: Refused) {
      const before = await stateOfEvents(application.database.url);
      const refused = await caller().send('POST', `/events:${operation}`, body);
      expect([refused.status, refused.body.code]).toEqual([status, code]);
      const list = operation === 'batch-delete' ? 'ids' : 'requests';
      expect(refused.body.errors?.[0]?.field).toMatch(new RegExp(`^${list}\\[${place}\\]`));
      expect(JSON.stringify(refused.body)).not.toContain(TITLE);
      expect(await stateOfEvents(application.database.url)).toBe(before);
    }

    test.each(REFUSED)(
      'with %s is refused as a whole, at the first member that is refused',
      async (access, status, code, place) => {
        const ids = await planted();
        await share(ann.client, calendar, eve.id, access);
        const requests = ids.map((id) => ({ id, title: 'Changed' }));
        await expectRefused('batch-create', { requests: MEMBERS.map(member) }, [403, 'forbidden', place]);
        await expectRefused('batch-update', { requests }, [status, code, place]);
        await expectRefused('batch-delete', { ids }, [status, code, place]);
        expect(await titles(ids)).toEqual([TITLE, TITLE, TITLE]);
      },
    );

    test.each(['writer+', 'owner'] as const)('with %s is done', async (access) => {
      const ids = await planted();
      await share(ann.client, calendar, eve.id, access);
      const created = await caller().post('/events:batch-create', { requests: MEMBERS.map(member) });
      expect(created).toMatchObject({ status: 200 });
      expect(created.body.events).toMatchObject([
        { organizer_user_id: eve.id, visibility: 'public' },
        { organizer_user_id: ann.id, calendar_id: calendar, visibility: 'public' },
        { organizer_user_id: ann.id, calendar_id: calendar, visibility: 'private', title: TITLE },
      ]);
      const requests = ids.map((id) => ({ id, title: 'Changed' }));
      const updated = await caller().post('/events:batch-update', { requests });
      expect(updated.body.events.map(({ id, title }) => [id, title])).toEqual(
        ids.map((id) => [id, 'Changed']),
      );
      expect(await titles(ids)).toEqual(['Changed', 'Changed', 'Changed']);
      expect((await caller().send('POST', '/events:batch-delete', { ids })).status).toBe(204);
      const left = await Promise.all(ids.map(async (id) => (await backend.get(`/events/${id}`)).status));
      expect(left).toEqual([404, 404, 404]);
    });

    test('makes no public event private for a writer who does not see private ones, nor a private one public', async () => {
      const [, open, hidden] = await planted();
      await share(ann.client, calendar, eve.id, 'writer');
      for (const [id, visibility] of [
        [open, 'private'],
        [hidden, 'public'],
      ])
        await expectRefused('batch-update', { requests: [{ id, visibility }] }, [403, 'forbidden', 0]);
    });

    test('is refused in a calendar of the role none as in one that there is not', async () => {
      await share(ann.client, calendar, eve.id, 'none');
      const outcomes = [];
      for (const id of [calendar, 999_999]) {
        const requests = [{ ...member('public'), calendar_id: id }];
        const { status, body } = await caller().send('POST', '/events:batch-create', { requests });
        outcomes.push([status, body]);
      }
      expect(outcomes[0]).toEqual(outcomes[1]);
    });

    test('is done by a writer without a private member', async () => {
      const ids = (await planted()).slice(0, 2);
      await share(ann.client, calendar, eve.id, 'writer');
      const requests = ids.map((id) => ({ id, title: 'Changed' }));
      expect((await caller().post('/events:batch-update', { requests })).status).toBe(200);
      expect(await titles(ids)).toEqual(['Changed', 'Changed']);
      expect((await caller().send('POST', '/events:batch-delete', { ids })).status).toBe(204);
    });
  });
});
