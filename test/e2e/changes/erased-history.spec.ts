import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UserHistoryErasureService } from '../../../src/events/erasure/user-history-erasure.service.js';
import { ChangedEventsService } from '../../../src/events/read/changes/changed-events.service.js';
import { type Account, signUp } from '../../support/client/account.js';
import { DAILY, SECOND } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant } from '../../support/service/callers-context.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addKey } from '../../support/tenants/tenant.js';

/** Seconds from a deletion to its last step. */
const GRACE = 60;

const PAST = '2026-02-02T10:00:00Z';

const OF_BEN = { title: 'Of Ben', description: null };

async function send({ client }: Account, method: 'PATCH' | 'POST' | 'DELETE', path: string, body?: object) {
  const response = await client.send(method, path, body);
  if (response.status >= 300) throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  return response.body;
}

async function create(organizer: Account, fields: object): Promise<number> {
  const body = { title: 'The first secret', description: 'A secret', organizer_user_id: organizer.id };
  return ((await send(organizer, 'POST', '/events', { ...body, ...fields })) as unknown as { id: number }).id;
}

describe('the history of a deleted user', () => {
  const clock = new TestClock();
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let ben: Account;
  /** Series of Ann: one that the deletion cancels, and one that she deleted before. */
  let [cancelled, deleted] = [0, 0];
  /** Events of Ben in which Ann has answered: one is over, and one is not. */
  let [past, future] = [0, 0];
  /** Events of Ben to which Ann was invited before she had an account: one is over, and one is not. */
  let asGuest: number[] = [];
  let tokenOfBen: string;
  let wordsBefore: { readonly event_id: number; readonly part: string }[];

  beforeAll(async () => {
    application = await startTestApplication({ REMINDER_DISPATCH: 'off' }, clock);
    backend = await addKey(application, 1);
    const anyone = new Client(application.url);
    ben = await signUp(anyone, 'ben');
    const invited = [{ email: 'ann@example.com', name: 'Ann the guest' }];
    asGuest = [
      await create(ben, { ...OF_BEN, start_date: PAST, duration: 60, invited }),
      await create(ben, { ...OF_BEN, ...DAILY, invited }),
    ];
    ann = await signUp(anyone, 'ann');
    cancelled = await create(ann, {
      ...DAILY,
      invited_user_ids: [ben.id],
      invited: [{ email: 'zoe@example.net', name: 'The guest' }],
    });
    await give(cancelled, { external_id: 'secret-1', metadata: { note: 'A secret note' } });
    await give(cancelled, { external_id: 'kept-1', metadata: { note: null, case: '42' } });
    await send(ann, 'PATCH', `/events/${cancelled}`, {
      title: 'The second secret',
      location: 'The secret room',
    });
    await send(ann, 'PATCH', `/events/${cancelled}/occurrences/${SECOND}`, { title: 'The secret override' });
    await send(ann, 'PATCH', `/events/${cancelled}/occurrences/${SECOND}`, { title: 'Another secret' });
    deleted = await create(ann, { ...DAILY, title: 'The deleted secret', invited_user_ids: [ben.id] });
    await give(deleted, { external_id: 'secret-2', metadata: { note: 'Another secret note' } });
    await send(ann, 'PATCH', `/events/${deleted}/occurrences/${SECOND}`, { location: 'The secret place' });
    past = await answered({ start_date: PAST, duration: 60 });
    future = await answered(DAILY);
    const list = await ben.client.send('GET', `/users/${ben.id}/events?sync_token=`);
    tokenOfBen = list.headers.get('sync-token') as string;
    await send(ann, 'DELETE', `/events/${deleted}`);
    wordsBefore = await wordsInLog();
    await backend.delete(`/users/${ann.id}`);
    clock.advance(GRACE);
    await eventually(async () => (await sql('SELECT FROM user_deletions')).length === 0);
  });
  afterAll(async () => application.close());

  async function sql<Row extends object>(statement: string): Promise<Row[]> {
    return query<Row>(application.database.url, statement);
  }

  /** Gives an event values of the product. */
  async function give(id: number, values: object): Promise<void> {
    expect((await backend.send('PATCH', `/events/${id}`, values)).status).toBe(200);
  }

  /** An event of Ben to which Ann has answered twice, and to an occurrence. */
  async function answered(fields: typeof DAILY | object): Promise<number> {
    const id = await create(ben, { ...OF_BEN, ...fields, invited_user_ids: [ann.id] });
    const { body } = await ben.client.get(`/events/${id}`);
    const invite = body.redacted ? null : body.attendees[1]?.invite_id;
    for (const comment of ['My first comment', 'My second comment'])
      await send(ann, 'POST', `/event-invites/${invite}:accept`, { comment });
    if ('repeat' in fields) {
      await send(ann, 'POST', `/event-invites/${invite}:decline`, {
        comment: 'My comment on one',
        original_start: SECOND,
      });
    }
    return id;
  }

  async function wordsInLog() {
    return sql<{ event_id: number; part: string }>(
      `SELECT event_id, part, previous FROM event_previous_rows
        WHERE previous::text ~* 'secret|my (first|second) comment|my comment|zoe@|ann@|the guest'`,
    );
  }

  test('has none of the texts, comments, guests and values of the product', async () => {
    const found = wordsBefore.map(({ event_id: id, part }) => `${id} ${part}`);
    expect(found).toEqual(
      expect.arrayContaining([
        `${cancelled} event`,
        `${cancelled} override`,
        `${deleted} event`,
        `${deleted} override`,
        `${future} attendee`,
        ...asGuest.map((id) => `${id} guest`),
      ]),
    );
    expect(await wordsInLog()).toEqual([]);
    expect(
      await sql(`SELECT FROM event_previous_rows WHERE user_id = ${ann.id} AND part = 'answer'`),
    ).toEqual([]);
  });

  test('keeps the present values of the product, by which the product finds an event', async () => {
    const { body } = await backend.get(`/events/${cancelled}`);
    expect(body).toMatchObject({ status: 'cancelled', external_id: 'kept-1', metadata: { case: '42' } });
    const { body: history } = await backend.get(`/events/${cancelled}/history`);
    const given = history.find(({ changed_fields: fields }) => fields.includes('external_id'));
    expect(given?.previous).toEqual({ external_id: null, metadata: {} });
  });

  test('names the user nowhere as an author', async () => {
    expect(await sql(`SELECT FROM event_changes WHERE user_id = ${ann.id}`)).toEqual([]);
    expect(await sql(`SELECT FROM event_changes WHERE user_id = ${ben.id}`)).not.toEqual([]);
  });

  test('leaves the events readable at each of their changes', async () => {
    const log = await sql<{ eventId: number; sequence: number }>(
      'SELECT event_id AS "eventId", sequence::integer FROM event_changes',
    );
    const { app } = application;
    const read = await inTenant(app, async () => app.get(ChangedEventsService).ofChanges(log));
    expect(read.size).toBe(log.length);
    for (const id of [cancelled, deleted, past, future, ...asGuest]) {
      const { status, body } = await backend.get(`/events/${id}/history`);
      expect({ id, status }).toEqual({ id, status: 200 });
      expect(body.length).toBeGreaterThan(1);
      expect(JSON.stringify(body)).not.toMatch(/secret|my comment|my first|zoe@|ann@/i);
    }
  });

  test('leaves the lists of others their lost events', async () => {
    const path = `/users/${ben.id}/events?sync_token=${encodeURIComponent(tokenOfBen)}`;
    const { status, body } = await ben.client.send('GET', path);
    expect(status).toBe(200);
    expect(body).toContainEqual({ id: deleted, removed: true });
  });

  test('can be erased again', async () => {
    const erasure = application.app.get(UserHistoryErasureService, { strict: false });
    const before = await sql('SELECT * FROM event_previous_rows ORDER BY event_id, xid, part, key');
    await inTenant(application.app, async () => {
      for (const step of [erasure.texts(ann.id), erasure.attendance(ann.id), erasure.authorship(ann.id)])
        await step.change(await step.next(0, 1_000));
    });
    expect(await sql('SELECT * FROM event_previous_rows ORDER BY event_id, xid, part, key')).toEqual(before);
  });
});
