import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import type { ResponseBody } from '../../support/client/documented-body.js';
import { query } from '../../support/database/data-directory.js';
import { JWT_SECRET, startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const EVENT = { title: 'Planning', start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: 1 };
const OTHER = { ...EVENT, title: 'Another' };

describe('a request with an Idempotency-Key', () => {
  const clock = new TestClock(new Date().toISOString());
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication({}, clock);
    client = new Client(application.url);
    await client.post('/users', { name: 'ann', email: 'ann@example.com' });
  });
  afterAll(async () => application.close());

  async function post<Path extends string>(
    path: Path,
    key: string,
    body?: unknown,
    token?: string,
  ): Promise<ServiceResponse<ResponseBody<'POST', Path>>> {
    const caller = token === undefined ? client : client.with(token);
    return caller.send('POST', path, body, { 'idempotency-key': key });
  }

  /** Keeps an answer as version 0.1 did. */
  async function keptEarlier(caller: string, path: string, body: object, answer: object): Promise<void> {
    const { password: _, ...hashed } = body as { password?: string };
    const fingerprint = createHash('sha256').update(JSON.stringify(hashed)).digest('base64url');
    await query(
      application.database.url,
      `INSERT INTO idempotency_keys VALUES ('${caller}', 'POST ${path}', 'earlier', '${fingerprint}',
         '${JSON.stringify({ kind: 'done', body: answer })}', now())`,
    );
  }

  /** A user who is logged in. */
  async function account(name: string) {
    const login = { email: `${name}@example.com`, password: 'correct horse battery' };
    const { body: user } = await client.post('/users', { name, ...login });
    const { body: tokens } = await client.post('/auth/login', login);
    return { id: user.id, token: tokens.access_token, login };
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

  test('is the same one however the response shall look', async () => {
    const before = await count('events');
    const { token, id } = await account('pretty');
    for (const [key, caller] of [
      ['look', undefined],
      ['look-of-a-user', token],
    ] as const) {
      const event = { ...EVENT, organizer_user_id: caller === undefined ? 1 : id };
      const ids: number[] = [];
      for (const look of ['', '?pretty=true', '?max_attendees=1', '?max_attendees=1&pretty=false'] as const) {
        const { status, body } = await post(`/events${look}`, key, event, caller);
        expect(status).toBe(201);
        ids.push(body.id);
      }
      expect(new Set(ids).size).toBe(1);
    }
    expect(await count('events')).toBe(before + 2);
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

  test('is refused under a key that its caller sent with another body', async () => {
    const { id, token } = await account('dan');
    const own = { ...EVENT, organizer_user_id: id };
    const first = await post('/events', 'other', own, token);
    const refused = await post('/events', 'other', { ...own, title: 'Another' }, token);
    expect(refused).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect((await post('/events', 'other', own, token)).body).toEqual(first.body);
  });

  test('has the key of its caller for itself', async () => {
    const [fay, gil] = [await account('fay'), await account('gil')];
    const created: number[] = [];
    for (const { id, token } of [fay, gil, fay])
      created.push((await post('/events', 'mine', { ...EVENT, organizer_user_id: id }, token)).body.id);
    expect(new Set(created).size).toBe(2);
    expect(created[2]).toBe(created[0]);
  });

  test('without a token is another one with another body, and no replay', async () => {
    const [one, two] = [await post('/events', 'shared', EVENT), await post('/events', 'shared', OTHER)];
    expect([one.status, two.status, two.body.title]).toEqual([201, 201, 'Another']);
    expect(two.headers.get('idempotency-replayed')).toBeNull();
    expect((await post('/events', 'shared', EVENT)).body.id).toBe(one.body.id);

    const user = { name: 'hal', email: 'hal@example.com', password: 'correct horse battery' };
    const first = await post('/users', 'shared', user);
    const stranger = await post('/users', 'shared', { ...user, password: 'of somebody else' });
    expect(stranger).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    expect(await post('/users', 'shared', user)).toMatchObject({ status: 201, body: first.body });
  });

  test('has its key for its path: other calls may use the same', async () => {
    const { body: user } = await post('/users', 'path', { name: 'bob', email: 'bob@example.com' });
    const { body: event } = await post('/events', 'path', { ...EVENT, invited_user_ids: [user.id] });
    const invite = event.attendees[1].invite_id;
    await post(`/event-invites/${invite}:accept`, 'path');
    await post(`/event-invites/${invite}:decline`, 'path');
    const again = await post(`/event-invites/${invite}:accept`, 'path');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await client.get(`/event-invites/${invite}`)).body.status).toBe('declined');
    expect(again).toMatchObject({ status: 200, body: { id: invite, status: 'declined' } });
  });

  test('is answered again with what the caller may see by then', async () => {
    const { body: ivy } = await client.post('/users', { name: 'ivy', email: 'ivy@example.com' });
    const plan = { ...EVENT, organizer_user_id: ivy.id };
    await client.post('/events', { ...plan, title: 'Beside' });
    const { body: event } = await post('/events', 'seen', plan);
    expect(event.conflicts).toHaveLength(1);
    expect((await post('/events', 'seen', plan)).body).toEqual(event);
    await client.patch(`/events/${event.id}`, { title: 'Renamed' });
    expect((await post('/events', 'seen', plan)).body).toMatchObject({ id: event.id, title: 'Renamed' });

    const password = 'correct horse battery';
    await client.patch(`/users/${ivy.id}`, { password });
    const { body: tokens } = await client.post('/auth/login', { email: ivy.email, password });
    const own = client.with(tokens.access_token);
    await own.patch(`/events/${event.id}`, { visibility: 'private' });
    const concealed = await post('/events', 'seen', plan);
    expect(concealed).toMatchObject({ status: 201, body: { id: event.id, visibility: 'private' } });
    expect(JSON.stringify(concealed.body)).not.toMatch(/Renamed|Planning|Beside|ivy/);
    expect(concealed.body).not.toHaveProperty('attendees');
    expect(concealed.body.conflicts).toEqual([]);

    await own.delete(`/events/${event.id}`);
    expect(await post('/events', 'seen', plan)).toMatchObject({
      status: 404,
      body: { code: 'event_not_found' },
    });
  });

  test('shows the creator of a private event all of it until it changes, without a token too', async () => {
    const { body: lea } = await client.post('/users', { name: 'lea', email: 'lea@example.com' });
    const plan = { ...EVENT, title: 'Dentist', visibility: 'private', organizer_user_id: lea.id };
    const created = await post('/events', 'private', plan);
    expect(created).toMatchObject({ status: 201, body: { redacted: false, title: 'Dentist', version: 1 } });
    expect(created.headers.get('etag')).toBe('"1"');
    const path = `/events/${created.body.id}`;
    expect((await client.get(path)).body).toMatchObject({ redacted: true, visibility: 'private' });
    expect((await post('/events', 'private', plan)).body).toEqual(created.body);
    await client.patch(path, { location: 'Elm Street 4' });
    const changed = await post('/events', 'private', plan);
    expect(changed).toMatchObject({ status: 201, body: { redacted: true, id: created.body.id } });
    expect(JSON.stringify(changed.body)).not.toMatch(/Dentist|Elm|lea/);
  });

  test('shows as many attendees of an event again', async () => {
    const { body: user } = await client.post('/users', { name: 'quin', email: 'quin@example.com' });
    const crowd = { ...EVENT, invited_user_ids: [user.id] };
    const first = await post('/events?max_attendees=1', 'crowd', crowd);
    expect(first.body).toMatchObject({ attendees: [{ status: 'organizer' }], attendees_omitted: 1 });
    expect((await post('/events?max_attendees=1', 'crowd', crowd)).body).toEqual(first.body);
  });

  test('reports the conflicts of an event again', async () => {
    const day = { ...EVENT, start_date: '2023-09-06T10:00:00Z' };
    await client.post('/events', { ...day, title: 'Before' });
    const first = await post('/events', 'conflicts', day);
    expect(first.body.conflicts).toHaveLength(1);
    expect((await post('/events', 'conflicts', day)).body).toEqual(first.body);
  });

  test('reports the answer to an occurrence again', async () => {
    const { body: user } = await client.post('/users', { name: 'jon', email: 'jon@example.com' });
    const series: NewEvent = {
      ...EVENT,
      repeat: { frequency: 'daily', count: 5 },
      invited_user_ids: [user.id],
    };
    const { body: event } = await client.post('/events', series);
    const path = `/event-invites/${event.attendees[1].invite_id}:accept`;
    const answer = { original_start: '2022-09-07T10:00:00Z', comment: 'Late.' };
    const first = await post(path, 'occurrence', answer);
    expect(first.body).toMatchObject({ status: 'accepted', ...answer });
    expect((await post(path, 'occurrence', answer)).body).toEqual(first.body);
  });

  test('is not answered again where the answer has a secret', async () => {
    const { login } = await account('kim');
    const first = await post('/auth/login', 'secret', login);
    expect(first.status).toBe(200);
    expect(await post('/auth/login', 'secret', login)).toMatchObject({
      status: 409,
      body: { code: 'secret_not_repeated' },
    });
    expect((await post('/auth/login', 'secret', { ...login, password: 'a guess' })).status).toBe(401);

    const refresh = { refresh_token: first.body.refresh_token };
    const refreshed = await Promise.all(
      Array.from({ length: 5 }, async () => post('/auth/refresh', 'secret', refresh)),
    );
    const statuses = refreshed.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 409, 409, 409, 409]);
    // The repeats were no use of a stolen token, which ends the session.
    const next = refreshed.find(({ status }) => status === 200)?.body.refresh_token;
    const last = await client.post('/auth/refresh', { refresh_token: next ?? '' });
    expect(last.status).toBe(200);
    expect((await post('/auth/refresh', 'stolen', refresh)).status).toBe(401);
    expect((await client.post('/auth/refresh', { refresh_token: last.body.refresh_token })).status).toBe(401);
  });

  test('counts a wrong password that comes with a key', async () => {
    const { login } = await account('lee');
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1)
      statuses.push((await post('/auth/login', 'guess', { ...login, password: 'a guess' })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });

  test('is found under the secrets before', async () => {
    const rotated = await startTestApplication(
      { JWT_SECRET: `another secret of the tests and of no use,${JWT_SECRET}` },
      undefined,
      undefined,
      application.database,
    );
    const { id, token } = await account('mia');
    const own = { ...EVENT, organizer_user_id: id };
    const [plain, keyed] = [
      await post('/events', 'rotated', EVENT),
      await post('/events', 'rotated', own, token),
    ];
    const [other, KEY] = [new Client(rotated.url), { 'idempotency-key': 'rotated' }];
    expect((await other.send('POST', '/events', EVENT, KEY)).body.id).toBe(plain.body.id);
    expect((await other.with(token).send('POST', '/events', own, KEY)).body.id).toBe(keyed.body.id);
    await rotated.close();
  });

  test('is found as version 0.1 kept it, unless it had a password', async () => {
    const { id, token } = await account('ned');
    const own = { ...EVENT, organizer_user_id: id };
    const [{ body: one }, { body: two }] = [
      await client.post('/events', EVENT),
      await client.with(token).post('/events', own),
    ];
    await keptEarlier('anonymous', '/events', EVENT, one);
    await keptEarlier(`user ${id}`, '/events', own, two);
    expect((await post('/events', 'earlier', EVENT)).body).toEqual(one);
    expect((await post('/events', 'earlier', own, token)).body).toEqual(two);

    const user = { name: 'o', email: 'o@example.com', password: 'correct horse battery' };
    await keptEarlier('anonymous', '/users', user, { id: 1, name: 'of another request' });
    expect((await post('/users', 'earlier', user)).body).toMatchObject({ name: 'o' });
  });

  test('keeps a refusal, and lets invalid input be put right', async () => {
    const taken = { name: 'ann', email: 'taken@example.com' };
    const { body: holder } = await client.post('/users', taken);
    const refused = await post('/users', 'taken', taken);
    expect(refused.status).toBe(409);
    await client.patch(`/users/${holder.id}`, { email: 'free@example.com' });
    expect(await post('/users', 'taken', taken)).toMatchObject({ status: 409, body: refused.body });

    await post('/events', 'first', EVENT);
    const busy = await post('/events', 'busy', { ...EVENT, conflict_policy: 'reject' });
    expect(busy.body).toMatchObject({ code: 'time_taken', conflicts: [{}] });
    expect((await post('/events', 'busy', { ...EVENT, conflict_policy: 'reject' })).body).toEqual(busy.body);

    expect((await post('/events', 'mended', { ...EVENT, duration: -1 })).status).toBe(400);
    expect((await post('/events', 'mended', EVENT)).status).toBe(201);
  });

  test('may be made again after a day', async () => {
    const first = await post('/events', 'daily', EVENT);
    clock.advance(24 * 3600 + 1);
    const second = await post('/events', 'daily', EVENT);
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

  test('leaves no password, token or plain hash behind', async () => {
    const user = { name: 'pat', email: 'pat@example.com', password: 'correct horse battery' };
    await post('/users', 'traceless', user);
    const login = { email: user.email, password: user.password };
    const { body: tokens } = await post('/auth/login', 'traceless', login);
    await post('/auth/logout', 'traceless', { refresh_token: tokens.refresh_token });
    const rows = JSON.stringify(
      await query(application.database.url, `SELECT * FROM idempotency_keys WHERE caller = 'anonymous'`),
    );
    for (const body of [user, login, { name: user.name, email: user.email }]) {
      for (const encoding of ['base64url', 'hex'] as const)
        expect(rows).not.toContain(createHash('sha256').update(JSON.stringify(body)).digest(encoding));
    }
    for (const secret of [user.password, tokens.refresh_token, tokens.access_token, 'traceless'])
      expect(rows).not.toContain(secret);
  });
});
