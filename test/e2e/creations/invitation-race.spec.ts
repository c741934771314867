import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_OPEN_INVITATIONS } from '../../../src/events/write/invitation-limit.service.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** Invitations that are left before the race. */
const LEFT = 20;

describe('an organizer who invites on two instances at once', () => {
  let applications: TestApplication[];
  let key: Client;

  beforeAll(async () => {
    const first = await startTestApplication();
    const second = await startTestApplication({}, undefined, undefined, first.database);
    applications = [first, second];
    key = await addKey(first, 1);
  });
  afterAll(async () => {
    for (const application of applications.toReversed()) await application.close();
  });

  test.each([1, 2, 3])(
    'keeps the limit of open invitations, round %i',
    async () => {
      const [organizer, ...invited] = await createUsers(key, 41);
      const clients = applications.map(({ url }) => key.as(organizer).at(url));
      const event = (hour: number, count: number) => ({
        title: 'Planning',
        organizer_user_id: organizer,
        invited_user_ids: invited.slice(0, count),
        start_date: new Date(Date.UTC(2126, 0, 7, hour)).toISOString(),
        duration: 3_600,
      });
      const ids: number[] = [];
      for (let open = 0; open < MAX_OPEN_INVITATIONS - LEFT; open += 40) {
        const { body } = await clients[0].create('/events', event(open, 40));
        ids.push(body.id);
      }
      const { body: small } = await clients[1].create('/events', event(0, 0));
      const responses = await Promise.all([
        ...[0, 1, 2, 3, 4, 5].map(async (hour) => clients[hour % 2].send('POST', '/events', event(hour, 4))),
        clients[0].send('PATCH', `/events/${small.id}`, { invited_user_ids: invited.slice(0, 9) }),
        clients[1].send('POST', `/events/${small.id}/attendees`, { user_id: invited[20] }),
      ]);
      const statuses = responses.map(({ status }) => status);
      for (const status of statuses) expect([200, 201, 429]).toContain(status);
      expect(statuses).toContain(201);
      const [{ open }] = await query<{ open: number }>(
        applications[0].database.url,
        `SELECT count(*)::integer AS open FROM attendees a JOIN events e ON e.id = a.event_id
        WHERE e.organizer_id = ${organizer} AND a.status = 'needs_action'`,
      );
      expect(open).toBeLessThanOrEqual(MAX_OPEN_INVITATIONS);
      // A refusal means that less than the invitations of the change were left.
      expect(statuses).toContain(429);
      expect(open).toBeGreaterThan(MAX_OPEN_INVITATIONS - 9);
    },
    60_000,
  );
});
