import { afterEach, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { poolOf } from '../../../src/database/session/session-pool.js';
import { Admission } from '../../../src/http/load/admission.js';
import { Calendars, timed } from '../../support/client/calendars.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

let service: TestApplication;

afterEach(async () => service.close());

test.each([1, 3])(
  'with DATABASE_POOL_SIZE=%d the service opens that many connections, serves, and begins three requests for each',
  async (size) => {
    service = await startTestApplication({ DATABASE_POOL_SIZE: String(size), REMINDER_DISPATCH: 'off' });
    const calendars = new Calendars(service.url);
    const ann = await calendars.someone({ double_booking: 'reject' });
    const bookings = Array.from({ length: 8 }, async () =>
      calendars.client.post('/events', timed('09:00 - 10:00', { organizer_user_id: ann })),
    );
    const reads = Array.from({ length: 20 }, async () => calendars.client.get(`/users/${ann}`));
    const statuses = (await Promise.all([...bookings, ...reads])).map(({ status }) => status);
    expect(statuses.slice(0, 8).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(statuses.slice(8)).toEqual(reads.map(() => 200));
    const pool = poolOf(service.app.get(DataSource));
    const taken = await Promise.all(Array.from({ length: size }, async () => pool.connect()));
    const next = pool.connect();
    expect([pool.totalCount, pool.waitingCount]).toEqual([size, 1]);
    const admission = service.app.get(Admission);
    const waiting = Array.from({ length: 3 * size + 2 }, async () => calendars.client.get(`/users/${ann}`));
    await eventually(async () => admission.queued === 2);
    expect(admission.count).toBe(3 * size);
    for (const connection of taken) connection.release();
    (await next).release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 200));
  },
);
