import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ParticipationStatus } from '../../../src/calendar/availability/free-busy.js';
import { DAY, HOUR, type Instant } from '../../../src/calendar/time/civil-time.js';
import { PARTICIPATION_STATUSES } from '../../../src/events/model/event-words.js';
import { ConflictDetailsService } from '../../../src/events/read/conflicts/conflict-details.service.js';
import { CalendarsService } from '../../../src/scheduling/calendars/calendars.service.js';
import { INVITATION_SOURCES, type Invitations } from '../../../src/users/model/invitations.js';
import { AcquaintancesService } from '../../../src/users/read/acquaintances.service.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant, onBehalfOf } from '../../support/service/callers-context.js';

/** Two users are acquainted by a shared event if each has one of these statuses in it. */
const ACQUAINTS: ReadonlySet<ParticipationStatus> = new Set(['organizer', 'accepted']);

/** Whether unanswered invitations take time of the user. */
const COUNTS: Record<Invitations, (inviter: Inviter) => boolean> = {
  all: () => true,
  known: ({ own, others }) => ACQUAINTS.has(own) && ACQUAINTS.has(others),
  none: () => false,
};

/** The statuses of the user and of an inviter in an event that they share. */
const SHARED = PARTICIPATION_STATUSES.flatMap((own) =>
  PARTICIPATION_STATUSES.filter((others) => own !== 'organizer' || others !== 'organizer').map((others) => ({
    own,
    others,
  })),
);

/** A user who shares one event with the user, and has invited the user to another one. */
interface Inviter {
  readonly id: number;
  readonly own: ParticipationStatus;
  readonly others: ParticipationStatus;
  /** The start of the unanswered invitation. */
  readonly start: Instant;
  readonly eventId: number;
}

const VERBS = { accepted: 'accept', tentative: 'tentative', declined: 'decline' } as const;
const FIRST_DAY = Date.UTC(2026, 0, 5);
const WINDOW = { start: FIRST_DAY, end: FIRST_DAY + 5 * DAY };

/** The shared events lie after the window. In it, the invitations lie an hour apart. */
describe('an unanswered invitation', () => {
  let application: TestApplication;
  let client: Client;
  let user: number;
  let host: number;
  const inviters: Inviter[] = [];

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    const [first, second, ...ids] = await createUsers(client, SHARED.length + 2);
    [user, host] = [first, second];
    for (const [index, statuses] of SHARED.entries()) {
      const id = ids[index];
      await share({ [user]: statuses.own, [id]: statuses.others });
      const start = WINDOW.start + 2 * index * HOUR;
      const { id: eventId } = await addEvent(id, [user], start);
      inviters.push({ ...statuses, id, start, eventId });
    }
  }, 120_000);
  afterAll(async () => application.close());

  async function addEvent(organizer: number, invited: number[], start: Instant) {
    const { body } = await client.create('/events', {
      organizer_user_id: organizer,
      invited_user_ids: invited,
      title: 'shared',
      start_date: new Date(start).toISOString(),
      end_date: new Date(start + HOUR).toISOString(),
    });
    return body;
  }

  async function share(statuses: Readonly<Record<number, ParticipationStatus>>): Promise<void> {
    const ids = Object.keys(statuses).map(Number);
    const organizer = ids.find((id) => statuses[id] === 'organizer') ?? host;
    const { attendees } = await addEvent(
      organizer,
      ids.filter((id) => id !== organizer),
      WINDOW.end + DAY,
    );
    for (const {
      user: { id },
      invite_id: invite,
    } of attendees) {
      const status = statuses[id];
      if (!(status in VERBS)) continue;
      const answer = await client.post(`/event-invites/${invite}:${VERBS[status as keyof typeof VERBS]}`);
      expect(answer.status).toBe(200);
    }
  }

  function namesOf(some: readonly Inviter[]): string[] {
    return some.map(({ own, others }) => `user ${own}, inviter ${others}`);
  }

  /** The inviters whose invitations make the user busy. */
  async function ofBusyTime(): Promise<Inviter[]> {
    const { app } = application;
    const calendars = await inTenant(app, async () => app.get(CalendarsService).read([user], WINDOW, 'busy'));
    const busy = (await calendars.busyIn(WINDOW)).get(user) ?? [];
    return inviters.filter(({ start }) => busy.some((interval) => interval.start === start));
  }

  /** The inviters whose invitations explain a conflict at their time. */
  async function ofExplained(): Promise<Inviter[]> {
    const { app } = application;
    const details = app.get(ConflictDetailsService);
    const conflicts = inviters.map(({ start }) => ({ userId: user, start, end: start + HOUR }));
    const [explained] = await onBehalfOf(app, { kind: 'user', tenantId: 1, userId: user }, async () =>
      details.explainAll([{ eventId: 0, conflicts, checkedUntil: null }]),
    );
    const found = new Set(explained.conflicts.flatMap(({ events }) => events.map(({ id }) => id)));
    return inviters.filter(({ eventId }) => found.has(eventId));
  }

  async function ofWanted(): Promise<Inviter[]> {
    const ids = inviters.map(({ id }) => id);
    const { app } = application;
    const unwanted = await inTenant(app, async () =>
      app.get(AcquaintancesService).unwantedInvitersAmong(user, ids),
    );
    return inviters.filter(({ id }) => !unwanted.has(id));
  }

  test('is of an acquaintance if both have organized or accepted a shared event', async () => {
    const ids = inviters.map(({ id }) => id);
    const { app } = application;
    const strangers = await inTenant(app, async () =>
      app.get(AcquaintancesService).strangersAmong(user, ids),
    );
    expect(namesOf(inviters.filter(({ id }) => !strangers.has(id)))).toEqual(
      namesOf(inviters.filter(COUNTS.known)),
    );
  });

  describe.each(INVITATION_SOURCES)('to a user with invitations %s', (invitations) => {
    test.each([
      ['the busy time', ofBusyTime],
      ['the events that explain a conflict', ofExplained],
      ['the inviters who are not unwanted', ofWanted],
    ])('counts by the same rule for %s', async (_, found) => {
      expect(await client.patch(`/users/${user}`, { invitations })).toMatchObject({ status: 200 });
      expect(namesOf(await found())).toEqual(namesOf(inviters.filter(COUNTS[invitations])));
    });
  });
});
