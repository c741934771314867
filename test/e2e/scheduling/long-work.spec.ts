import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { MAX_EVENTS_OF_CONFLICT } from '../../../src/events/read/conflicts/conflict-details.service.js';
import { Admission } from '../../../src/http/load/admission.js';
import { LongWork } from '../../../src/platform/work/long-work.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour).join(',');
const EVERY_HOUR = { rrule: `FREQ=DAILY;BYHOUR=${HOURS}` };
const FROM = '2026-01-05T00:00:00Z';
const TO = '2027-02-09T00:00:00Z';
const WINDOW = `from=${FROM}&to=${TO}`;

function instant(days: number, minutes = 0): string {
  return new Date(Date.parse(FROM) + days * 86_400_000 + minutes * 60_000)
    .toISOString()
    .replace('.000Z', 'Z');
}

function idsQuery(ids: readonly number[]): string {
  return ids.map((id) => `user_ids=${id}`).join('&');
}

describe('long work', () => {
  let application: TestApplication;
  let client: Client;
  let longWork: LongWork;
  let connection: Connection;

  beforeAll(async () => {
    application = await startTestApplication({}, new TestClock(FROM));
    client = new Client(application.url);
    longWork = application.app.get(LongWork);
    connection = new Connection({ connectionString: application.database.url });
    await connection.connect();
  });
  afterAll(async () => {
    await connection.end();
    await application.close();
  });

  async function create(organizer: number, fields: Partial<NewEvent>) {
    return client.post('/events', {
      title: 'Shift',
      start_date: FROM,
      organizer_user_id: organizer,
      ...fields,
    });
  }

  async function created(organizer: number, fields: Partial<NewEvent>) {
    const { status, body } = await create(organizer, fields);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  /** Users who all attend a series at every hour, of so many minutes each. */
  async function busyCrowd(count: number, minutes: number, from = 0): Promise<number[]> {
    const ids = await createUsers(client, count);
    const [organizer, ...invited_user_ids] = ids;
    await created(organizer, {
      start_date: instant(from),
      duration: minutes * 60,
      repeat: EVERY_HOUR,
      invited_user_ids,
    });
    return ids;
  }

  describe('free/busy', () => {
    test('responds with as many intervals as it may have, and refuses one more', async () => {
      const [organizer, ...invited_user_ids] = await createUsers(client, 5);
      const rrule = `FREQ=DAILY;BYHOUR=${Array.from({ length: 20 }, (_, hour) => hour).join(',')}`;
      await created(organizer, { duration: 60, repeat: { rrule }, invited_user_ids });
      const query = `/free-busy?${idsQuery([organizer, ...invited_user_ids])}&${WINDOW}` as const;
      const { status, body } = await client.get(query);
      expect(status).toBe(200);
      expect(body.map(({ busy }) => busy.length)).toEqual([8_000, 8_000, 8_000, 8_000, 8_000]);
      expect(body[4].busy[7_999]).toEqual({ start: instant(399, 19 * 60), end: instant(399, 19 * 60 + 1) });

      await created(organizer, { start_date: instant(3, 22 * 60), duration: 60 });
      const refused = await client.get(query);
      expect(refused).toMatchObject({ status: 400, body: { code: 'too_much' } });
      expect(refused.body.detail).toContain('fewer users or a shorter window');
      expect(refused.body.errors.map(({ field }) => field)).toEqual(['user_ids', 'to']);
      expect((await client.get(query.replace(TO, instant(399)))).status).toBe(200);
    });

    test('finds out that it is too much without expanding everything', async () => {
      const ids = await busyCrowd(100, 30);
      const before = longWork.pauses;
      const { status, body } = await client.get(`/free-busy?${idsQuery(ids)}&${WINDOW}`);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'too_much' });
      // All 960,000 would take two hundred.
      expect(longWork.pauses - before).toBeLessThan(40);
    });

    test('lets others have their turns while it merges a million occurrences into one interval each', async () => {
      const ids = await busyCrowd(100, 60);
      const before = longWork.pauses;
      const call = { done: false };
      const answer = client.get(`/free-busy?${idsQuery(ids)}&${WINDOW}`).finally(() => {
        call.done = true;
      });
      let meanwhile = 0;
      while (!call.done) {
        expect((await client.get('/health/live')).status).toBe(200);
        meanwhile += 1;
      }
      const { status, body } = await answer;
      expect(status).toBe(200);
      expect(body.map(({ busy }) => busy)).toEqual(ids.map(() => [{ start: FROM, end: TO }]));
      expect(longWork.pauses - before).toBeGreaterThan(100);
      expect(meanwhile).toBeGreaterThan(20);
    });

    test('stops when the client has gone', async () => {
      const ids = await busyCrowd(100, 60);
      const query = `/free-busy?${idsQuery(ids)}&${WINDOW}`;
      const start = longWork.pauses;
      await client.get(query);
      const whole = longWork.pauses - start;

      const before = longWork.pauses;
      const call = request(application.url + query).on('error', () => undefined);
      call.end();
      const admission = application.app.get(Admission);
      while (longWork.pauses === before) await new Promise(setImmediate);
      call.destroy();
      while (admission.count > 0) await new Promise(setImmediate);
      expect(longWork.pauses - before).toBeLessThan(whole / 2);
    });
  });

  describe('the search', () => {
    test('finds the one free hour of a dense year', async () => {
      const ids = await busyCrowd(50, 30);
      const [first] = ids;
      const { rows } = await connection.query('SELECT id FROM events WHERE organizer_id = $1', [first]);
      const gone = instant(300, 5 * 60);
      const removed = await client.delete(`/events/${rows[0].id}/occurrences/${gone}`);
      expect(removed.status).toBe(204);
      const before = longWork.pauses;
      const { body } = await client.get(
        `/events:nearest-empty-time-interval?duration=90m&${WINDOW}&${idsQuery(ids)}`,
      );
      expect(body).toMatchObject({
        start: instant(300, 4 * 60 + 30),
        end: instant(300, 6 * 60),
        free_until: body.end,
      });
      expect(body.reasons).toHaveLength(50);
      expect(longWork.pauses - before).toBeGreaterThan(50);
    });

    test('says that there is none in a dense year', async () => {
      const ids = await busyCrowd(50, 30);
      const { status, body } = await client.get(
        `/events:nearest-empty-time-interval?duration=31m&${WINDOW}&${idsQuery(ids)}`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({ start: null, suggestions: [] });
      expect(body.reasons[49]).toEqual({
        user_id: ids[49],
        rule: 'busy',
        until: instant(0, 30),
        optional: false,
        unavailable_throughout: true,
      });
    });
  });

  describe('conflicts', () => {
    test('are the first hundred, each to its end', async () => {
      const [ann] = await busyCrowd(1, 30);
      const event = await created(ann, { start_date: instant(0, 15), duration: 1_800, repeat: EVERY_HOUR });
      expect(event.conflicts).toHaveLength(100);
      expect(event.conflicts[99]).toMatchObject({
        start: instant(4, 3 * 60 + 15),
        end: instant(4, 3 * 60 + 30),
        events: [{ title: 'Shift' }],
      });
    });

    test('of a user who refuses them are found behind hundreds of others', async () => {
      const [ann] = await busyCrowd(1, 30);
      const [room] = await createUsers(client, 1, { double_booking: 'reject' });
      await created(room, { start_date: instant(150, 10 * 60), duration: 600 });
      const series = { duration: 1_800, repeat: EVERY_HOUR, invited_user_ids: [room] };
      const { status, body } = await create(ann, series);
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'time_taken' });
      expect(body.detail).toContain(`user ${room} is busy from ${instant(150, 600)} to ${instant(150, 610)}`);
    });

    test.each([
      [MAX_EVENTS_OF_CONFLICT - 1, MAX_EVENTS_OF_CONFLICT - 1],
      [MAX_EVENTS_OF_CONFLICT, MAX_EVENTS_OF_CONFLICT],
      [MAX_EVENTS_OF_CONFLICT + 1, MAX_EVENTS_OF_CONFLICT],
    ])('with %d events name %d', async (there, named) => {
      const [ann] = await createUsers(client, 1);
      for (let index = 0; index < there; index += 1) await created(ann, { duration: 3_600 });
      const { conflicts } = await created(ann, { duration: 3_600 });
      expect(conflicts).toHaveLength(1);
      expect(conflicts[0].events).toHaveLength(named);
    });

    test('that last all the time are one', async () => {
      const [ann] = await busyCrowd(1, 60);
      const { conflicts } = await created(ann, { duration: 3_600, repeat: EVERY_HOUR });
      expect(conflicts).toMatchObject([{ user_id: ann, start: FROM, end: instant(183) }]);
    });
  });
});
