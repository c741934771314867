import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { type Answer, Client } from '../support/client.js';
import { query } from '../support/data-directory.js';

const EVENT = { title: 'Planning', start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: 1 };

describe('a request with an Idempotency-Key', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    await client.post('/users', { name: 'ann', email: 'ann@example.com' });
  });
  afterAll(async () => application.close());

  async function post(path: string, key: string, body?: unknown): Promise<Answer> {
    return client.send('POST', path, body, { 'idempotency-key': key });
  }

  async function count(table: string): Promise<number> {
    const [row] = await query<{ count: string }>(application.database.url, `SELECT count(*) FROM ${table}`);
    return Number(row?.count);
  }

  test('is done once, and answered each time as the first', async () => {
    const before = await count('events');
    const first = await post('/events', 'once', EVENT);
    const again = await post('/events', 'once', EVENT);
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await count('events')).toBe(before + 1);
  });

  test('is done once when repeats come while the first is under way', async () => {
    const before = await count('events');
    const answers = await Promise.all(Array.from({ length: 30 }, async () => post('/events', 'rush', EVENT)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await count('events')).toBe(before + 1);
  });

  test('is answered by any instance', async () => {
    const other = await startTestApplication({}, undefined, undefined, application.database);
    const first = await post('/events', 'instances', EVENT);
    const again = await new Client(other.url).send('POST', '/events', EVENT, {
      'idempotency-key': 'instances',
    });
    expect(again.body).toEqual(first.body);
    await other.close();
  });

  test('is refused under a key that stands for another body', async () => {
    await post('/events', 'other', EVENT);
    const refused = await post('/events', 'other', { ...EVENT, title: 'Another' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  test('has its key for itself: other calls may use the same', async () => {
    const { body: user } = await post('/users', 'shared', { name: 'bob', email: 'bob@example.com' });
    const { body: event } = await post('/events', 'shared', { ...EVENT, invited_user_ids: [user.id] });
    const invite = event.attendees[1].invite_id;
    const accepted = await post(`/event-invites/${invite}:accept`, 'shared');
    await post(`/event-invites/${invite}:decline`, 'shared');
    expect((await post(`/event-invites/${invite}:accept`, 'shared')).body).toEqual(accepted.body);
    expect((await client.get(`/event-invites/${invite}`)).body.status).toBe('declined');
  });

  test('keeps a refusal, and lets invalid input be put right', async () => {
    const taken = { name: 'ann', email: 'taken@example.com' };
    const { body: holder } = await client.post('/users', taken);
    const refused = await post('/users', 'taken', taken);
    expect(refused.status).toBe(409);
    await client.patch(`/users/${holder.id}`, { email: 'free@example.com' });
    expect(await post('/users', 'taken', taken)).toMatchObject({ status: 409, body: refused.body });

    expect((await post('/events', 'mended', { ...EVENT, duration: 0 })).status).toBe(400);
    expect((await post('/events', 'mended', EVENT)).status).toBe(201);
  });

  test('may be made anew after a day', async () => {
    const first = await post('/events', 'daily', EVENT);
    await query(
      application.database.url,
      `UPDATE idempotency_keys SET created_at = created_at - interval '24 hours' WHERE key = 'daily'`,
    );
    const second = await post('/events', 'daily', { ...EVENT, title: 'The next day' });
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  test.each(['', ' ', 'two words', 'ключ', 'a'.repeat(256)])('is refused with the key "%s"', async (key) => {
    const sent = Buffer.from(key).toString('latin1');
    expect(await post('/events', sent, EVENT)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'Idempotency-Key' }] },
    });
  });

  test('keeps nothing of a password', async () => {
    await post('/users', 'password', {
      name: 'c',
      email: 'c@example.com',
      password: 'correct horse battery',
    });
    const rows = await query(application.database.url, `SELECT * FROM idempotency_keys`);
    expect(JSON.stringify(rows)).not.toContain('correct horse');
  });
});
