import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent } from '../../../clients/typescript/src/schema.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import { ReminderPlanner } from '../../../src/reminders/planning/reminder-planner.js';
import type { ServiceResponse } from '../../support/client/client.js';
import { inTenant } from '../../support/service/callers-context.js';
import { ReminderBench } from '../../support/service/reminders.js';

const PENDING = `SELECT event_id, user_id, minutes_before, method, original_start, start_at, end_at, due_at
  FROM pending_reminders ORDER BY event_id, user_id, minutes_before`;

const ROUNDS = 12;

let bench: ReminderBench;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z');
});
afterAll(async () => bench.close());

/** Changes of everything that reminders depend on, which meet each other and the dispatcher. */
function changesOf(
  users: readonly number[],
  events: readonly BookedEvent[],
  round: number,
): Promise<ServiceResponse | number>[] {
  const { client } = bench;
  const minutes = [{ minutes_before: round }, { minutes_before: 10 + (round % 3) }];
  return [
    ...users.map(async (id) => client.patch(`/users/${id}`, { default_reminders: minutes })),
    ...events.flatMap(({ id, attendees }) => [
      client.patch(`/events/${id}`, { start_date: `2026-01-0${5 + (round % 4)}T12:${10 + round}:00Z` }),
      client.post(`/event-invites/${attendees[1].invite_id}:${round % 2 === 0 ? 'decline' : 'accept'}`),
      client.put(`/users/${users[2]}/events/${id}/reminders`, {
        use_default: round % 3 === 0,
        ...(round % 3 !== 0 && { overrides: [{ minutes_before: round }] }),
      }),
      bench.application.app.get(ReminderDispatcher).runDue(),
    ]),
  ];
}

describe('changes that meet each other', () => {
  test('leave pending what the calendar says in the end, and fire nothing twice', async () => {
    const users = [await bench.user('ann'), await bench.user('bob'), await bench.user('eve')];
    const [ann, ...invited] = users;
    const events = [
      await bench.event(ann, '2026-01-05T12:00:00Z', { invited_user_ids: invited }),
      await bench.event(ann, '2026-01-05T12:00:00Z', {
        invited_user_ids: invited,
        repeat: { frequency: 'daily' },
      }),
      await bench.event(ann, '2026-01-05T12:00:00Z', {
        invited_user_ids: invited,
        repeat: { frequency: 'weekly', days_of_week: [1, 2, 3, 4, 5, 6, 7] },
      }),
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      bench.clock.set(`2026-01-05T12:${10 + round}:00Z`);
      const answers = await Promise.all(changesOf(users, events, round));
      const statuses = answers.map((answer) => (typeof answer === 'number' ? 200 : answer.status));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
    await bench.application.app.get(ReminderDispatcher).runDue();
    const left = await bench.query(PENDING);
    for (const { id } of events) {
      const { app } = bench.application;
      await inTenant(app, async () =>
        app.get(UnitOfWork).run(async () => app.get(ReminderPlanner).replanEvents([id])),
      );
    }
    expect(left).not.toEqual([]);
    expect(await bench.query(PENDING)).toEqual(left);
    const ids = bench.output.lines.map(({ notification_id }) => notification_id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
