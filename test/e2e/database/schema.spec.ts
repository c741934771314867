import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';

const SPAN = "'[2022-09-06 10:00Z,2022-09-06 11:00Z)'";

/** The constraints of the database. No service runs here, and it would refuse these values: SQL alone can write them. */
describe('the schema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
    await dataSource.query(
      `INSERT INTO users (name, email) VALUES ('ann', 'ann@example.com'), ('bob', 'bob@b.co')`,
    );
    await dataSource.query(`INSERT INTO tenants (id, name) VALUES (2, 'other')`);
    await dataSource.query(`INSERT INTO users (tenant_id, name, email) VALUES (2, 'cid', 'cid@example.com')`);
    await dataSource.query(
      `INSERT INTO events (organizer_id, title, time_zone, start, duration, span)
       VALUES (1, 'Event', 'UTC', '2022-09-06T10:00:00', 3600, ${SPAN})`,
    );
    await dataSource.query(
      `INSERT INTO attendees (event_id, user_id, status, span) VALUES (1, 1, 'organizer', ${SPAN})`,
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  test.each([
    [
      'a second user of an address',
      `INSERT INTO users (name, email) VALUES ('a', 'ANN@example.com')`,
      'users_email_key',
    ],
    ['an event of nobody', `UPDATE events SET organizer_id = 9`, 'events_organizer_id_fkey'],
    ['an event of no length', `UPDATE events SET duration = 0`, 'events_duration'],
    [
      'the same reminder of one occurrence twice',
      `INSERT INTO reminder_deliveries
         (event_id, original_start, user_id, minutes_before, method, notification_id, status, due_at, recorded_at)
       SELECT 1, '2022-09-06T10:00:00', 1, 10, 'log', gen_random_uuid(), 'fired', now(), now()
         FROM generate_series(1, 2)`,
      'reminder_deliveries_pkey',
    ],
    [
      'a pending reminder of who does not attend',
      `INSERT INTO pending_reminders VALUES (1, 2, 10, 'log', NULL, '2022-09-06T10:00:00', now(), now(), now())`,
      'pending_reminders_attendee_fkey',
    ],
    [
      'an attendee in the calendar of another user',
      `UPDATE attendees SET calendar_id = (SELECT id FROM calendars WHERE user_id = 2)`,
      'attendees_calendar_id_fkey',
    ],
    [
      'the removal of a calendar with events',
      `DELETE FROM calendars WHERE user_id = 1`,
      'attendees_calendar_id_fkey',
    ],
    [
      'a second primary calendar',
      `INSERT INTO calendars (user_id, name, is_primary) VALUES (1, 'Second', true)`,
      'calendars_primary_key',
    ],
    [
      'the deletion of a primary calendar',
      `UPDATE calendars SET deleted_at = now(), events_at_deletion = 'move'`,
      'calendars_deletion',
    ],
    [
      'a calendar of nobody',
      `INSERT INTO calendars (user_id, name) VALUES (9, 'Calendar')`,
      'calendars_user_id_fkey',
    ],
    ['an event at no time', `UPDATE events SET span = 'empty'`, 'events_span'],
    ['an unknown visibility', `UPDATE events SET visibility = 'secret'`, 'events_visibility'],
    ['a start that is no civil time', `UPDATE events SET start = '6 September'`, 'events_start'],
    [
      'an attendee at another time than the event',
      `INSERT INTO attendees (event_id, user_id, status, span, invite_id)
       VALUES (1, 2, 'accepted', '[2022-09-06 10:00Z,2022-09-06 12:00Z)', 1)`,
      'attendees_event_id_span_fkey',
    ],
    [
      'a second organizer',
      `INSERT INTO attendees (event_id, user_id, status, span) VALUES (1, 2, 'organizer', ${SPAN})`,
      'attendees_organizer_key',
    ],
    [
      'an attendee without an invite',
      `INSERT INTO attendees (event_id, user_id, status, span) VALUES (1, 2, 'accepted', ${SPAN})`,
      'attendees_invite_id',
    ],
    [
      'an answer of someone who is not invited',
      `INSERT INTO occurrence_answers VALUES (1, 2, '2022-09-06T10:00:00', 'accepted')`,
      'occurrence_answers_attendee_fkey',
    ],
    [
      'an override of no event',
      `INSERT INTO occurrence_overrides (event_id, original_start) VALUES (9, '2022-09-06T10:00:00')`,
      'occurrence_overrides_event_id_fkey',
    ],
    [
      'an event of a user of another tenant',
      'INSERT INTO events SELECT (jsonb_populate_record(e, \'{"id": 9, "tenant_id": 2}\')).* FROM events e',
      'events_organizer_id_fkey',
    ],
    [
      'an attendee of another tenant',
      `INSERT INTO attendees (tenant_id, event_id, user_id, status, span, invite_id)
       SELECT 2, 1, id, 'accepted', ${SPAN}, 1 FROM users WHERE tenant_id = 2`,
      'attendees_event_id_span_fkey',
    ],
    [
      'an attendee from another tenant',
      `INSERT INTO attendees (event_id, user_id, status, span, invite_id)
       SELECT 1, id, 'accepted', ${SPAN}, 1 FROM users WHERE tenant_id = 2`,
      'attendees_user_id_fkey',
    ],
    [
      'an override of an event of another tenant',
      `INSERT INTO occurrence_overrides (tenant_id, event_id, original_start) VALUES (2, 1, '2022-09-06T10:00:00')`,
      'occurrence_overrides_event_id_fkey',
    ],
  ])('refuses %s', async (_, statement, constraint) => {
    await expect(dataSource.query(statement)).rejects.toMatchObject({ driverError: { constraint } });
  });

  test("keeps attendees at their event's time", async () => {
    await dataSource.query(`UPDATE events SET span = '[2022-09-07 10:00Z,2022-09-07 11:00Z)'`);
    const rows = await dataSource.query(
      `SELECT a.span = e.span AS same FROM attendees a JOIN events e ON true`,
    );
    expect(rows).toEqual([{ same: true }]);
  });

  test('finds the events of a user, or of a calendar, by the indexes on tenant, one of them, and span', async () => {
    await dataSource.query(
      `INSERT INTO events (organizer_id, title, time_zone, start, duration, span)
       SELECT 1, 'Event', 'UTC', '2022-09-06T10:00:00', 3600,
              tstzrange(timestamptz '2000-01-01Z' + n * interval '3 hours',
                        timestamptz '2000-01-01Z' + n * interval '3 hours' + interval '1 hour')
         FROM generate_series(1, 5000) AS n`,
    );
    // The triggers of the connection have plans for a table of one row.
    await dataSource.query('ANALYZE');
    await dataSource.query(
      `INSERT INTO attendees (event_id, user_id, span, status)
       SELECT id, 1, span, 'organizer' FROM events WHERE id > 1`,
    );
    const [{ id }] = await dataSource.query(
      `INSERT INTO calendars (user_id, name) VALUES (1, 'Second') RETURNING id`,
    );
    await dataSource.query(`UPDATE attendees SET calendar_id = ${id} WHERE event_id % 10 = 0`);
    await dataSource.query('ANALYZE');
    for (const [listed, index] of [
      ['user_id = 1', 'attendees_user_id_span_idx'],
      [`user_id = 1 AND calendar_id = ${id}`, 'attendees_calendar_id_span_idx'],
    ]) {
      const plan: Record<string, string>[] = await dataSource.query(
        `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) SELECT event_id FROM attendees
          WHERE tenant_id = 1 AND ${listed} AND span && tstzrange('2001-01-01Z', '2001-01-08Z', '[]')`,
      );
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).toContain(index);
      expect(Number(/shared hit=(\d+)/.exec(text)?.[1])).toBeLessThan(100);
    }
  });
});
