import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import type { EventRecord } from '../../../src/events/model/event-record.js';
import { ChangedEventsService } from '../../../src/events/read/changes/changed-events.service.js';
import { EventsService } from '../../../src/events/read/events.service.js';
import { PAST_ROWS, type PastRows } from '../../../src/events/store/changes/past-rows.js';
import { RANDOM_CHANGE, type RandomChange, RandomChanges } from '../../support/changes/random-changes.js';
import type { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { PROPERTY_RUNS, printedSeed } from '../../support/core/seed.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant } from '../../support/service/callers-context.js';
import { addKey } from '../../support/tenants/tenant.js';

const ONCE = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

/** A nightly run may make more. */
const CHANGES = PROPERTY_RUNS / 10;

interface Logged {
  readonly eventId: number;
  readonly sequence: number;
}

/** Batches of changes that follow each other. */
function inRow<T>(changes: readonly T[], size: number): T[][] {
  const count = Math.ceil(changes.length / size);
  return Array.from({ length: count }, (_, place) => changes.slice(place * size, (place + 1) * size));
}

/** Batches of changes with others between them, that no batch asks for. */
function apart<T>(changes: readonly T[], distance: number): T[][] {
  return Array.from({ length: distance }, (_, first) =>
    changes.filter((__, place) => place % distance === first),
  );
}

describe('an event before and after each of its changes', () => {
  let application: TestApplication;
  let client: Client;
  let users: number[];
  let calendars: number[];

  beforeAll(async () => {
    application = await startTestApplication({ REMINDER_DISPATCH: 'off' });
    client = await addKey(application, 1);
    users = await createUsers(client, 6);
    calendars = await Promise.all(
      users.map(async (id) => (await client.create(`/users/${id}/calendars`, { name: 'Other' })).body.id),
    );
  });
  afterAll(async () => application.close());

  async function logged(after: number): Promise<Logged[]> {
    return query(
      application.database.url,
      `SELECT event_id AS "eventId", sequence::integer FROM event_changes WHERE sequence > ${after} ORDER BY sequence`,
    );
  }

  async function present(): Promise<Map<number, EventRecord>> {
    const ids = await query<{ id: number }>(application.database.url, 'SELECT id FROM events');
    const events = application.app.get(EventsService);
    const read = await inTenant(application.app, async () => events.byId(ids.map(({ id }) => id)));
    return new Map(read);
  }

  test('is as it was', async () => {
    const random = new RandomChanges({ client, databaseUrl: application.database.url, users, calendars });
    const names = Object.keys(random.changes) as RandomChange['name'][];
    const seed = printedSeed('undo of changes');
    const changes = fc.sample(RANDOM_CHANGE(names), { seed, numRuns: CHANGES });
    const states = new Map<number, { before: EventRecord | null; after: EventRecord | null; by: string }>();
    const log: Logged[] = [];
    const made = new Set<string>();
    let before = await present();
    for (const change of changes) {
      const status = await random.make(change, [...before.keys()]);
      if (status < 300) made.add(change.name);
      const after = await present();
      const added = await logged(log.at(-1)?.sequence ?? 0);
      const ids = added.map(({ eventId }) => eventId);
      expect(ids).toEqual([...new Set(ids)]);
      // No event changes without a change in the log.
      const rest = (events: Map<number, EventRecord>) =>
        [...events].filter(([id]) => !ids.includes(id)).toSorted(([a], [b]) => a - b);
      expect({ change, events: rest(after) }).toEqual({ change, events: rest(before) });
      for (const { eventId, sequence } of added) {
        states.set(sequence, {
          before: before.get(eventId) ?? null,
          after: after.get(eventId) ?? null,
          by: change.name,
        });
      }
      log.push(...added);
      before = after;
    }
    expect(made.size).toBeGreaterThan(names.length / 2);
    const service = application.app.get(ChangedEventsService);
    for (const batch of [...inRow(log, 1), ...inRow(log, 7), log, ...apart(log, 3), ...apart(log, 11)]) {
      const read = await inTenant(application.app, async () => service.ofChanges(batch));
      for (const { sequence } of batch) {
        const { by, ...expected } = states.get(sequence) ?? {};
        const { before: was, after: is } = read.get(sequence) ?? {};
        expect({ by, before: was, after: is }).toEqual({ by, ...expected });
      }
    }
  });

  test('takes a row of the database once, however many changes nobody asks for', async () => {
    const { id } = (await client.create('/events', { title: 'Often', organizer_user_id: users[0], ...ONCE }))
      .body;
    const created = (await logged(0)).find(({ eventId }) => eventId === id) as Logged;
    await query(
      application.database.url,
      `DO $$ BEGIN FOR change IN 1..300 LOOP
         UPDATE events SET version = version + 1, title = 'Title ' || change, description = 'Text ' || change % 2
          WHERE tenant_id = 1 AND id = ${id};
         COMMIT;
       END LOOP; END $$`,
    );
    const [first] = await logged(created.sequence);
    const { rows, events } = await inTenant(application.app, async () => ({
      rows: await application.app
        .get(UnitOfWork)
        .prepared<PastRows>(PAST_ROWS, [1, [id, id], [created.sequence, first.sequence]]),
      events: await application.app.get(ChangedEventsService).ofChanges([created, first]),
    }));
    expect(rows[0].changes).toHaveLength(2);
    // What the first change set, and what all later ones did.
    expect(rows[0].previous).toHaveLength(2);
    expect(events.get(created.sequence)?.after).toMatchObject({ title: 'Often', description: null });
    expect(events.get(first.sequence)?.after).toMatchObject({ title: 'Title 1', description: 'Text 1' });
  });
});
