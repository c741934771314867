import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  countsAsBusy,
  type EventStatus,
  type ParticipationStatus,
  type PendingPolicy,
  type ShowAs,
} from '../../../src/calendar/availability/free-busy.js';
import { DAY, formatCivilTime, HOUR, type Instant } from '../../../src/calendar/time/civil-time.js';
import { takesPartIn } from '../../../src/reminders/model/next-reminder.js';
import { PlannedEventsService } from '../../../src/reminders/planning/planned-events.service.js';
import { CalendarsService } from '../../../src/scheduling/calendars/calendars.service.js';
import { OccurrencesService } from '../../../src/scheduling/occurrences/occurrences.service.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The rule for a confirmed event that is shown as busy. No other event takes time. */
const TAKES_TIME: Record<ParticipationStatus, Record<PendingPolicy, boolean>> = {
  organizer: { busy: true, answered: true, free: true },
  accepted: { busy: true, answered: true, free: true },
  tentative: { busy: true, answered: true, free: false },
  needs_action: { busy: true, answered: false, free: false },
  declined: { busy: false, answered: false, free: false },
};
const STATUSES = Object.keys(TAKES_TIME) as ParticipationStatus[];
const PENDING: readonly PendingPolicy[] = ['busy', 'answered', 'free'];
const EVENTS: readonly { readonly showAs: ShowAs; readonly status: EventStatus }[] = [
  { showAs: 'busy', status: 'confirmed' },
  { showAs: 'busy', status: 'cancelled' },
  { showAs: 'free', status: 'confirmed' },
  { showAs: 'free', status: 'cancelled' },
];

interface Override {
  readonly showAs: ShowAs | null;
  readonly cancelled: boolean;
}
const OVERRIDES: readonly (Override | null)[] = [
  null,
  ...([null, 'busy', 'free'] as const).flatMap((showAs) => [
    { showAs, cancelled: false },
    { showAs, cancelled: true },
  ]),
];
const ANSWERS = [null, 'accepted', 'tentative', 'declined'] as const;
const VERBS = { accepted: 'accept', tentative: 'tentative', declined: 'decline' } as const;

/** Each override together with each answer: those of the occurrences of a series, in their order. */
const VARIANTS = OVERRIDES.flatMap((override) => ANSWERS.map((answer) => ({ override, answer })));

/** One time at which an event of the tests takes place, and what decides whether it takes the attendee's time. */
interface Case {
  readonly name: string;
  readonly start: Instant;
  readonly participation: ParticipationStatus;
  readonly override: Override | null;
}

const FIRST_DAY = Date.UTC(2026, 0, 5);
const WINDOW = { start: FIRST_DAY, end: FIRST_DAY + 60 * DAY };

function expected(
  { participation, override }: Case,
  event: (typeof EVENTS)[number],
  pending: PendingPolicy,
): boolean {
  const showAs = override?.showAs ?? event.showAs;
  const takesPlace = event.status === 'confirmed' && !override?.cancelled;
  return showAs === 'busy' && takesPlace && TAKES_TIME[participation][pending];
}

/** The attendee has an event and a series of each status. They lie an hour apart, so that no two of them touch. */
describe('the rule of busy time', () => {
  let application: TestApplication;
  let client: Client;
  let attendee: number;
  const eventIds: number[] = [];
  const cases: Case[] = [];

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    const organizer = await user('organizer');
    attendee = await user('attendee');
    for (const [index, status] of STATUSES.entries()) {
      await addEvent(organizer, status, WINDOW.start + (40 * 24 + 2 * index) * HOUR);
      await addSeries(organizer, status, WINDOW.start + 2 * index * HOUR);
    }
  }, 120_000);
  afterAll(async () => application.close());

  async function user(name: string): Promise<number> {
    const reminders = [{ minutes_before: 10 }];
    const { body } = await client.create('/users', {
      name,
      email: `${name}@example.com`,
      time_zone: 'UTC',
      default_reminders: reminders,
    });
    return body.id;
  }

  async function add(organizer: number, status: ParticipationStatus, start: Instant, fields: object) {
    const isOwn = status === 'organizer';
    const { body } = await client.create('/events', {
      organizer_user_id: isOwn ? attendee : organizer,
      invited_user_ids: isOwn ? [] : [attendee],
      title: status,
      start_date: new Date(start).toISOString(),
      end_date: new Date(start + HOUR).toISOString(),
      ...fields,
    });
    eventIds.push(body.id);
    const invite = `/event-invites/${body.attendees[1]?.invite_id}`;
    if (status in VERBS) await done(client.post(`${invite}:${VERBS[status as keyof typeof VERBS]}`));
    return { id: body.id, invite };
  }

  async function addEvent(organizer: number, participation: ParticipationStatus, start: Instant) {
    await add(organizer, participation, start, {});
    cases.push({ name: `single, ${participation}`, start, participation, override: null });
  }

  async function addSeries(organizer: number, participation: ParticipationStatus, start: Instant) {
    // An organizer answers no occurrence.
    const variants = VARIANTS.filter(({ answer }) => participation !== 'organizer' || answer === null);
    const repeat = { frequency: 'daily', count: variants.length };
    const { id, invite } = await add(organizer, participation, start, { repeat });
    for (const [index, { override, answer }] of variants.entries()) {
      const at = start + index * DAY;
      const original = new Date(at).toISOString();
      if (override !== null) {
        const changes = {
          title: 'changed',
          ...(override.cancelled && { status: 'cancelled' as const }),
          ...(override.showAs !== null && { show_as: override.showAs }),
        };
        await done(client.patch(`/events/${id}/occurrences/${original}`, changes));
      }
      if (answer !== null)
        await done(client.post(`${invite}:${VERBS[answer]}`, { original_start: original }));
      const name = `${participation}, override ${JSON.stringify(override)}, answer ${answer}`;
      cases.push({ name, start: at, participation: answer ?? participation, override });
    }
  }

  /** Those of the cases that take the attendee's time. */
  async function namesOfTaken(pending: PendingPolicy): Promise<string[]> {
    const calendars = await application.app.get(CalendarsService).read([attendee], WINDOW, pending);
    const busy = (await calendars.busyIn(WINDOW)).get(attendee) ?? [];
    const taken = cases.filter(({ start }) => busy.some((interval) => interval.start === start));
    expect(busy).toHaveLength(taken.length);
    return namesOf(taken);
  }

  test.each(
    EVENTS.flatMap((event) =>
      STATUSES.flatMap((participation) => PENDING.map((pending) => ({ ...event, participation, pending }))),
    ),
  )(
    'holds in the core for $participation, shown as $showAs, $status, pending $pending',
    ({ showAs, status, participation, pending }) => {
      const table = showAs === 'busy' && status === 'confirmed' && TAKES_TIME[participation][pending];
      expect(countsAsBusy({ showAs, status, participation, pending })).toBe(table);
    },
  );

  describe.each(EVENTS)('of events that are shown as $showAs and $status', (event) => {
    beforeAll(async () => {
      for (const id of eventIds)
        await done(client.patch(`/events/${id}`, { show_as: event.showAs, status: event.status }));
    });

    test.each(PENDING)('holds in SQL and for the occurrences of series, pending %s', async (pending) => {
      expect(await namesOfTaken(pending)).toEqual(
        namesOf(cases.filter((each) => expected(each, event, pending))),
      );
    });

    test('lets an unanswered invitation take no time of a user who wants none', async () => {
      await done(client.patch(`/users/${attendee}`, { invitations: 'none' }));
      const taken = await namesOfTaken('busy');
      await done(client.patch(`/users/${attendee}`, { invitations: 'all' }));
      const answered = cases.filter(({ participation }) => participation !== 'needs_action');
      expect(taken).toEqual(namesOf(answered.filter((each) => expected(each, event, 'busy'))));
    });

    // A reminder is wanted whether or not the event takes time, and before the attendee has answered.
    test('lets reminders fire for all that would take time if it were shown as busy', async () => {
      const events = await application.app.get(PlannedEventsService).of(eventIds, [attendee]);
      const reminded = events.flatMap((planned) => {
        const takesPart = takesPartIn(planned, planned.attendees[0]);
        return [...application.app.get(OccurrencesService).eachInWindow(planned, WINDOW)].filter(takesPart);
      });
      const starts = new Set(reminded.map(({ start }) => start));
      const asBusy = cases.map((each) => ({
        ...each,
        override: each.override && { ...each.override, showAs: 'busy' as const },
      }));
      const shown = { ...event, showAs: 'busy' as const };
      expect(namesOf(cases.filter(({ start }) => starts.has(start)))).toEqual(
        namesOf(asBusy.filter((each) => expected(each, shown, 'busy'))),
      );
    });
  });
});

function namesOf(cases: readonly Case[]): string[] {
  return cases.map(({ name, start }) => `${formatCivilTime(start)}: ${name}`);
}

async function done(request: Promise<ServiceResponse>): Promise<void> {
  const { status, body } = await request;
  if (status !== 200) throw new Error(JSON.stringify(body));
}
