import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { IncrementalListService } from '../../../src/events/read/changes/incremental-list.service.js';
import { MAX_STREAMS_OF_CALLER } from '../../../src/events/stream/open-streams.js';
import { type Account, signUp } from '../../support/client/account.js';
import { ChangeStreamReader } from '../../support/client/change-stream-reader.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
const TIME = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

describe('the stream of changes', () => {
  let application: TestApplication;
  let second: TestApplication;
  let ann: Account;
  let bob: Account;
  let key: Client;
  const readers: ChangeStreamReader[] = [];

  beforeAll(async () => {
    const environment = { BOOTSTRAP_API_KEY: ROOT };
    application = await startTestApplication(environment);
    second = await startTestApplication(environment, undefined, undefined, application.database);
    const client = new Client(application.url);
    ann = await signUp(client, 'ann');
    bob = await signUp(client, 'bob');
    key = client.with(ROOT);
  });
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close();
  });
  afterAll(async () => {
    await second.close();
    await application.close();
  });

  /** Opens a stream at an instance. */
  async function open(
    { token }: Client,
    { lastEventId, url = application.url }: { lastEventId?: string; url?: string } = {},
  ): Promise<ChangeStreamReader> {
    const reader = await ChangeStreamReader.open(url, token ?? '', lastEventId);
    readers.push(reader);
    return reader;
  }

  async function create(title: string, invited: readonly number[] = []): Promise<number> {
    const event = { title, ...TIME, organizer_user_id: ann.id, invited_user_ids: [...invited] };
    return (await ann.client.create('/events', event)).body.id;
  }

  test('sends each change of the own events to a user, and those of the tenant to a key', async () => {
    const [own, others, all] = [await open(ann.client), await open(bob.client), await open(key)];
    const id = await create('Alone');
    expect(await own.next()).toMatchObject({ id, title: 'Alone', version: 1, overrides: [] });
    expect(await all.next()).toMatchObject({ id, title: 'Alone' });
    const shared = await create('Together', [bob.id]);
    // The first message of the other user: the stream has nothing of the event before.
    expect(await others.next()).toMatchObject({ id: shared, title: 'Together' });
    await ann.client.delete(`/events/${shared}`);
    expect(await others.next()).toEqual({ id: shared, removed: true });
  });

  test('is never compressed or held back, and begins with a sign of life that names the place', async () => {
    const stream = await open(ann.client);
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(stream.headers.has('content-encoding')).toBe(false);
    const [first] = await stream.blocks(1);
    expect(first).toMatch(/^: alive\nid: \S+$/);
  });

  test('gets the changes of another instance', async () => {
    const stream = await open(ann.client, { url: second.url });
    await stream.blocks(1);
    const id = await create('Elsewhere');
    expect(await stream.next()).toMatchObject({ id });
  });

  test('continues from the last id without a gap, as does the list', async () => {
    const stream = await open(ann.client);
    const before = await create('Before');
    expect(await stream.next()).toMatchObject({ id: before });
    const lastEventId = stream.lastEventId;
    stream.close();
    const missed = await create('Missed');
    const resumed = await open(ann.client, { lastEventId });
    const later = await create('Later');
    const seen = [await resumed.next(), await resumed.next()].map(({ id }) => id);
    expect(seen).toEqual([missed, later]);
    const list = await ann.client.get(`/users/me/events?sync_token=${lastEventId}`);
    expect(list.status).toBe(200);
    expect((list.body as { id: number }[]).map(({ id }) => id)).toEqual([missed, later]);
  });

  test('reads the first page of what it has missed once', async () => {
    const other = await open(bob.client);
    const first = await create('First', [bob.id]);
    expect(await other.next()).toMatchObject({ id: first });
    const stream = await open(ann.client);
    await stream.blocks(1);
    const { lastEventId } = stream;
    stream.close();
    const missed = await create('Missed', [bob.id]);
    // The service has woken the open streams for this change.
    expect(await other.next()).toMatchObject({ id: missed });
    const reads = jest.spyOn(application.app.get(IncrementalListService, { strict: false }), 'ofUser');
    const readsOfAnn = () => reads.mock.calls.filter(([userId]) => userId === ann.id).length;
    try {
      const resumed = await open(ann.client, { lastEventId });
      expect(await resumed.next()).toMatchObject({ id: missed });
      const later = await create('Later');
      expect(await resumed.next()).toMatchObject({ id: later });
      expect(readsOfAnn()).toBe(2);
    } finally {
      reads.mockRestore();
    }
  });

  test.each([
    ['torn', 410, 'sync_token_expired', async (token: string) => token.slice(0, -3)],
    ['not a token', 410, 'sync_token_expired', async () => 'abc'],
    ['of another user', 400, 'sync_token_mismatch', async () => (await bobsToken()) ?? ''],
  ])('refuses an id that is %s before it starts', async (_, status, code, change) => {
    const stream = await open(ann.client);
    await stream.blocks(1);
    const refused = await fetch(`${application.url}/changes:stream`, {
      headers: {
        authorization: `Bearer ${ann.client.token}`,
        'last-event-id': await change(stream.lastEventId ?? ''),
      },
    });
    expect(refused.status).toBe(status);
    expect(await refused.json()).toMatchObject({ code });
    stream.close();
  });

  async function bobsToken(): Promise<string | undefined> {
    const stream = await open(bob.client);
    await stream.blocks(1);
    stream.close();
    return stream.lastEventId;
  }

  test('needs a token or a key', async () => {
    const refused = await fetch(`${application.url}/changes:stream`);
    expect(refused.status).toBe(401);
  });

  test('refuses a caller who has too many open streams, until one is closed', async () => {
    const carl = await signUp(new Client(application.url), 'carl');
    const open5 = [];
    for (let count = 0; count < MAX_STREAMS_OF_CALLER; count += 1) open5.push(await open(carl.client));
    const attempt = async (): Promise<Response> => {
      const response = await fetch(`${application.url}/changes:stream`, {
        headers: { authorization: `Bearer ${carl.client.token}` },
      });
      await response.body?.cancel();
      return response;
    };
    expect((await attempt()).status).toBe(429);
    open5[0].close();
    let status = 429;
    for (let tries = 0; tries < 100 && status === 429; tries += 1) ({ status } = await attempt());
    expect(status).toBe(200);
  });

  test('sends signs of life, and ends when the rights of the caller have ended', async () => {
    const created = await key.create('/api-keys', { name: 'short', scopes: ['changes.read'] });
    const stream = await open(new Client(application.url).with(created.body.key));
    const living = await open(ann.client);
    await stream.blocks(1);
    await living.blocks(1);
    await key.delete(`/api-keys/${created.body.id}`);
    await stream.ended();
    const [beat] = await living.blocks(1);
    expect(beat).toMatch(/^: alive/);
  }, 30_000);
});
