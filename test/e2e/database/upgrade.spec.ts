import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnicodeDomains } from '../../../src/users/write/unicode-domains.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import type { TestDatabase } from '../../support/database/database.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import {
  createDatabaseOfVersionBefore,
  serveWithVersionBefore,
} from '../../support/upgrade/version-before.js';

const PASSWORD = 'correct horse battery';

/** Just after the rows were written: the idempotency keys among them expire within a day. */
const DUMPED_AT = '2026-11-26T09:16:00Z';

const AUTUMN = 'from=2026-09-01T00:00:00Z&to=2026-11-03T00:00:00Z';

async function starts(client: Client, eventId: number, window: string): Promise<string[]> {
  const { body } = await client.get(`/events/${eventId}/occurrences?${window}`);
  return body.map(({ start }) => start);
}

/** The service starts on data of version 0.1.0, and instances of that version go on serving beside it. */
describe('after an upgrade', () => {
  let database: TestDatabase;
  let service: TestApplication;
  let anyone: Client;
  let ann: Client;

  beforeAll(async () => {
    database = await createDatabaseOfVersionBefore('version-0.1.0');
    service = await startTestApplication(
      { REMINDER_DISPATCH: 'off' },
      new TestClock(DUMPED_AT),
      undefined,
      database,
    );
    anyone = new Client(service.url);
    const { body } = await anyone.post('/auth/login', { email: 'ann@example.com', password: PASSWORD });
    ann = anyone.with(body.access_token);
  });

  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  async function idsOf(email: string): Promise<number[]> {
    const { body } = await anyone.get(`/users?email=${encodeURIComponent(email)}`);
    return body.map(({ id }) => id);
  }

  /** As the version before writes, without a normalised address and a generation. */
  async function writtenBefore(statement: string): Promise<void> {
    await query(service.database.url, statement);
    await service.app.get(UnicodeDomains, { strict: false }).convert();
  }

  test('a series has its occurrences, its end, its exceptions and its answers', async () => {
    expect(await starts(ann, 1, AUTUMN)).toEqual([
      '2026-09-07T18:00:00Z',
      '2026-09-15T08:00:00Z',
      '2026-09-28T18:00:00Z',
      '2026-10-12T18:00:00Z',
      '2026-10-19T18:00:00Z',
      '2026-10-26T19:00:00Z',
      '2026-11-02T19:00:00Z',
    ]);
    const { body } = await ann.get('/events/1');
    expect(body.repeat).toMatchObject({ until: '2026-12-28' });
    expect(body.attendees.map(({ status }: { status: string }) => status)).toEqual([
      'organizer',
      'accepted',
      'needs_action',
    ]);
  });

  test('a daily series keeps its last day when its zone changes', async () => {
    const changed = await anyone.patch('/events/2', { time_zone: 'Asia/Tokyo' });
    expect(changed.body.repeat.until).toBe('2026-09-10');
    expect(await starts(anyone, 2, AUTUMN)).toHaveLength(4);
  });

  test('a list holds a series that is denser than a new one may be', async () => {
    const { status, body } = await anyone.get(`/users/3/events?${AUTUMN}&max_attendees=0`);
    expect(status).toBe(200);
    const dense = body.find(({ title }) => title === 'Dense');
    expect([dense?.occurrences.length, dense?.occurrences_truncated]).toEqual([2500, true]);
    const weekly = body.find(({ id }) => id === 1);
    expect(weekly?.occurrences.find(({ start }) => start === '2026-09-28T18:00:00Z')).toMatchObject({
      attendee_status: 'declined',
    });
  });

  test('added dates, a counted series and its later part are as they were', async () => {
    expect(await starts(anyone, 3, AUTUMN)).toEqual(['2026-09-01', '2026-09-11']);
    expect(await starts(ann, 7, AUTUMN)).toHaveLength(4);
    expect(await starts(ann, 8, AUTUMN)).toHaveLength(6);
  });

  test('a private event is the organizer’s alone', async () => {
    expect((await ann.get('/events/4')).body).toMatchObject({ title: 'Dentist', location: 'Elm Street 4' });
    expect((await anyone.get('/events/4')).body.title).toBeUndefined();
  });

  test('a repeated request is still answered as the first time', async () => {
    const body = {
      title: 'Far',
      organizer_user_id: 1,
      invited_user_ids: [2],
      start_date: '2030-01-01T10:00:00Z',
      duration: 600,
    };
    const again = await ann.send('POST', '/events', body, { 'idempotency-key': 'far-1' });
    expect([again.status, again.body.id]).toEqual([201, 9]);
  });

  test('an instance of the version before goes on reading and writing', async () => {
    expect(await serveWithVersionBefore('version-0.1.0', service.database.url)).toBeGreaterThan(100);

    const late = { email: 'late@example.com', password: 'a password of somebody' };
    expect((await anyone.post('/auth/login', late)).status).toBe(200);
    expect((await anyone.post('/users', { name: 'Again', email: 'LATE@example.com' })).status).toBe(409);
    const { body: found } = await anyone.get('/users?email=BOBBY@example.com');
    expect(found).toMatchObject([{ id: 2, name: 'Bobby', email: 'bobby@example.com' }]);

    const written = await ann.get('/events/10');
    expect(written.body).toMatchObject({
      title: 'Renamed by the version before',
      start_date: '2027-03-01T10:00:00Z',
    });
    const spring = 'from=2027-03-01T00:00:00Z&to=2027-04-19T00:00:00Z';
    expect(await starts(ann, 10, spring)).toEqual([
      '2027-03-01T10:00:00Z',
      '2027-03-09T10:00:00Z',
      '2027-03-22T10:00:00Z',
      '2027-03-29T09:00:00Z',
    ]);
    expect(await starts(ann, 11, spring)).toEqual(['2027-04-05T09:00:00Z', '2027-04-12T09:00:00Z']);
    expect((await anyone.get('/events/5')).status).toBe(404);
  });

  describe('an address', () => {
    test('of one user is found in each form, and no other address is taken for it', async () => {
      expect(await idsOf('ANN@example.com')).toEqual([1]);
      expect(await idsOf('ivy@m\u0130cro.example')).toEqual([5]);
      expect(await idsOf('ivy@micro.example')).toEqual([]);
      const free = await anyone.post('/users', { name: 'Ivy', email: 'ivy@micro.example' });
      expect(free.status).toBe(201);
    });

    test('of two users is the first one’s', async () => {
      expect(await idsOf('zoe@b\u00fccher.example')).toEqual([3]);
      expect(await idsOf('zoe@xn--bcher-kva.example')).toEqual([3]);
      expect((await anyone.get('/users/4')).body.email).toBe('zoe@xn--bcher-kva.example');
      const other = await anyone.patch('/users/4', { email: 'zoe-again@example.com', name: 'Zo\u00eb' });
      expect(other.status).toBe(200);
      expect(await idsOf('zoe-again@example.com')).toEqual([4]);
    });

    test('that the version before writes is normalised', async () => {
      await writtenBefore(`INSERT INTO users (name, email) VALUES ('New', 'New@B\u00fccher.example')`);
      const [id] = await idsOf('new@xn--bcher-kva.example');
      expect(id).toBeGreaterThan(6);
      await writtenBefore(`UPDATE users SET email = 'Newer@Example.com' WHERE id = ${id}`);
      expect(await idsOf('newer@example.com')).toEqual([id]);
      expect(await idsOf('new@xn--bcher-kva.example')).toEqual([]);
      await writtenBefore(`UPDATE users SET email = 'zoe@B\u00dcCHER.example' WHERE id = ${id}`);
      expect(await idsOf('zoe@b\u00fccher.example')).toEqual([3]);
    });

    test('that the version before changes is no longer verified, and a password ends every token', async () => {
      const password = 'correct horse battery staple';
      const { body: user } = await anyone.create('/users', {
        name: 'Max',
        email: 'max@example.com',
        password,
      });
      const { body } = await anyone.post('/auth/login', { email: user.email, password });
      const own = anyone.with(body.access_token);
      await writtenBefore(`UPDATE users SET email_verified_at = now() WHERE id = ${user.id}`);
      await writtenBefore(`UPDATE users SET email = 'max@example.org' WHERE id = ${user.id}`);
      const [row] = await query<{ verified: boolean }>(
        service.database.url,
        `SELECT email_verified_at IS NOT NULL AS verified FROM users WHERE id = ${user.id}`,
      );
      expect(row?.verified).toBe(false);
      expect((await own.get(`/users/${user.id}`)).status).toBe(200);
      await writtenBefore(`UPDATE users SET password_hash = 'another' WHERE id = ${user.id}`);
      expect((await own.get(`/users/${user.id}`)).status).toBe(401);
      const renewed = await anyone.post('/auth/refresh', { refresh_token: body.refresh_token });
      expect(renewed.status).toBe(401);
    });
  });
});
