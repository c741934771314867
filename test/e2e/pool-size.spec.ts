import { expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { poolOf } from '../../src/database/pool.js';
import { startTestApplication } from '../support/application.js';
import { Calendars, timed } from '../support/calendars.js';

test.each([1, 3])(
  'with DATABASE_POOL_SIZE=%d the service opens that many connections, and serves',
  async (size) => {
    const service = await startTestApplication({ DATABASE_POOL_SIZE: String(size) });
    const calendars = new Calendars(service.url);
    const room = await calendars.someone({ double_booking: 'reject' });
    const people = await calendars.everyone(Array.from({ length: 8 }, () => ({})));
    const pool = poolOf(service.app.get(DataSource));
    let most = 0;
    pool.on('acquire', () => {
      most = Math.max(most, pool.totalCount);
    });
    const answers = await Promise.all(
      people.map(async (organizer) =>
        calendars.client.post(
          '/events',
          timed('09:00 - 10:00', { organizer_user_id: organizer, invited_user_ids: [room] }),
        ),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array(7).fill(409),
    ]);
    expect(most).toBe(size);
    await service.close();
  },
);
