import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  countsAsBusy,
  type EventStatus,
  type ParticipationStatus,
  type PendingPolicy,
  type ShowAs,
} from '../../../src/calendar/availability/free-busy.js';
import { DAY, formatCivilTime, HOUR, type Instant } from '../../../src/calendar/time/civil-time.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { INVITE_STATUSES, takesMoreTime } from '../../../src/events/model/event-words.js';
import { ConflictDetailsService } from '../../../src/events/read/conflicts/conflict-details.service.js';
import { takesPartIn } from '../../../src/reminders/model/due/next-reminder.js';
import { PlannedEventsService } from '../../../src/reminders/planning/planned-events.service.js';
import { ReminderSettingsRepository } from '../../../src/reminders/store/reminder-settings.repository.js';
import type { ReadPolicy } from '../../../src/scheduling/calendars/calendar-reader.js';
import { CalendarsService } from '../../../src/scheduling/calendars/calendars.service.js';
import { OccurrencesService } from '../../../src/scheduling/occurrences/occurrences.service.js';
import { INVITATION_SOURCES, type Invitations } from '../../../src/users/model/invitations.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant, onBehalfOf } from '../../support/service/callers-context.js';

/** The rule for a confirmed event that is shown as busy or out of office. A cancelled or free one takes no time. */
const TAKES_TIME: Record<ParticipationStatus, Record<PendingPolicy, boolean>> = {
  organizer: { busy: true, answered: true, free: true },
  accepted: { busy: true, answered: true, free: true },
  tentative: { busy: true, answered: true, free: false },
  needs_action: { busy: true, answered: false, free: false },
  declined: { busy: false, answered: false, free: false },
};

/** The rule for a confirmed event that is shown as tentative. */
const TAKES_TENTATIVE_TIME: typeof TAKES_TIME = {
  ...TAKES_TIME,
  organizer: { busy: true, answered: true, free: false },
  accepted: { busy: true, answered: true, free: false },
};

const RULES: Record<ShowAs, typeof TAKES_TIME | null> = {
  busy: TAKES_TIME,
  out_of_office: TAKES_TIME,
  tentative: TAKES_TENTATIVE_TIME,
  free: null,
};

/** Whether an unanswered invitation takes time, by the `invitations` of the user. An inviter is acquainted or a stranger. */
const COUNTS_UNANSWERED: Record<Invitations, Record<Inviter, boolean>> = {
  all: { acquaintance: true, stranger: true },
  known: { acquaintance: true, stranger: false },
  none: { acquaintance: false, stranger: false },
};
type Inviter = 'acquaintance' | 'stranger';

const STATUSES = Object.keys(TAKES_TIME) as ParticipationStatus[];
const PENDING: readonly PendingPolicy[] = ['busy', 'answered', 'free'];
const EVENTS: readonly { readonly showAs: ShowAs; readonly status: EventStatus }[] = [
  { showAs: 'busy', status: 'confirmed' },
  { showAs: 'busy', status: 'cancelled' },
  { showAs: 'free', status: 'confirmed' },
  { showAs: 'free', status: 'cancelled' },
  { showAs: 'tentative', status: 'confirmed' },
  { showAs: 'out_of_office', status: 'confirmed' },
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
  { showAs: 'tentative', cancelled: false },
  { showAs: 'out_of_office', cancelled: false },
];
const ANSWERS = [null, 'accepted', 'tentative', 'declined'] as const;
const VERBS = { accepted: 'accept', tentative: 'tentative', declined: 'decline' } as const;

/** An organizer whose invitation the attendee has accepted is no stranger. */
const INVITERS: readonly (readonly [Inviter, ParticipationStatus])[] = [
  ...STATUSES.map((status) => ['acquaintance', status] as const),
  ...(['tentative', 'needs_action', 'declined'] as const).map((status) => ['stranger', status] as const),
];

/** Each override together with each answer: those of the occurrences of a series, in their order. */
const VARIANTS = OVERRIDES.flatMap((override) => ANSWERS.map((answer) => ({ override, answer })));

/** One time at which an event of the tests takes place, and the facts that decide whether the attendee is busy then. */
interface Case {
  readonly eventId: number;
  readonly name: string;
  readonly start: Instant;
  readonly inviter: Inviter;
  readonly participation: ParticipationStatus;
  readonly override: Override | null;
}

/** A series of two occurrences of which the attendee may have answered the first on its own. */
interface HalfAnswered {
  readonly eventId: number;
  readonly participation: ParticipationStatus;
  readonly answer: (typeof ANSWERS)[number];
}

const HALF_ANSWERED = STATUSES.flatMap((participation) =>
  ANSWERS.filter((answer) => participation !== 'organizer' || answer === null).map((answer) => ({
    participation,
    answer,
  })),
);

const FIRST_DAY = Date.UTC(2026, 0, 5);
const WINDOW = { start: FIRST_DAY, end: FIRST_DAY + 90 * DAY };

function expected(
  { inviter, participation, override }: Case,
  event: (typeof EVENTS)[number],
  pending: PendingPolicy,
  invitations: Invitations = 'all',
): boolean {
  const showAs = override?.showAs ?? event.showAs;
  const takesPlace = event.status === 'confirmed' && !override?.cancelled;
  const counts = participation !== 'needs_action' || COUNTS_UNANSWERED[invitations][inviter];
  return takesPlace && counts && (RULES[showAs]?.[participation][pending] ?? false);
}

/** The kind of the time of a case at which the attendee is busy. */
function expectedKind({ participation, override }: Case, event: (typeof EVENTS)[number]): ShowAs {
  const isFirm = participation === 'organizer' || participation === 'accepted';
  return isFirm ? (override?.showAs ?? event.showAs) : 'tentative';
}

/** The attendee has an event and a series of each status. They lie an hour apart, so that no two of them touch. */
describe('the rule of busy time', () => {
  let application: TestApplication;
  let client: Client;
  let attendee: number;
  const organizers = new Map<Inviter, number>();
  const eventIds: number[] = [];
  const cases: Case[] = [];
  const halfAnswered: HalfAnswered[] = [];

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    attendee = await user('attendee');
    for (const inviter of ['acquaintance', 'stranger'] as const) organizers.set(inviter, await user(inviter));
    for (const [index, [inviter, status]] of INVITERS.entries()) {
      await addEvent(inviter, status, WINDOW.start + (40 * 24 + 2 * index) * HOUR);
      await addSeries(inviter, status, WINDOW.start + 2 * index * HOUR, VARIANTS);
    }
    for (const [index, { participation, answer }] of HALF_ANSWERED.entries()) {
      const variants = [answer, null].map((each) => ({ override: null, answer: each }));
      const start = WINDOW.start + (45 + 2 * index) * DAY;
      const eventId = await addSeries('acquaintance', participation, start, variants);
      halfAnswered.push({ eventId, participation, answer });
    }
  }, 240_000);
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

  async function add(inviter: Inviter, status: ParticipationStatus, start: Instant, fields: object) {
    const organizer = organizers.get(inviter) as number;
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

  async function addEvent(inviter: Inviter, participation: ParticipationStatus, start: Instant) {
    const { id } = await add(inviter, participation, start, {});
    const name = `single, ${inviter}, ${participation}`;
    cases.push({ eventId: id, name, start, inviter, participation, override: null });
  }

  async function addSeries(
    inviter: Inviter,
    participation: ParticipationStatus,
    start: Instant,
    all: typeof VARIANTS,
  ): Promise<number> {
    // An organizer answers no occurrence.
    const variants = all.filter(({ answer }) => participation !== 'organizer' || answer === null);
    const repeat = { frequency: 'daily', count: variants.length };
    const { id, invite } = await add(inviter, participation, start, { repeat });
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
      const name = `${inviter}, ${participation}, override ${JSON.stringify(override)}, answer ${answer}`;
      const own = answer ?? participation;
      cases.push({ eventId: id, name, start: at, inviter, participation: own, override });
    }
    return id;
  }

  /** Those of the cases at which the attendee is busy. */
  async function namesOfBusy(pending: ReadPolicy): Promise<string[]> {
    const { app } = application;
    const calendars = await inTenant(app, async () =>
      app.get(CalendarsService).read([attendee], WINDOW, pending),
    );
    const intervals = (await calendars.busyIn(WINDOW)).get(attendee) ?? [];
    const busy = cases.filter(({ start }) => intervals.some((interval) => interval.start === start));
    expect(intervals).toHaveLength(busy.length);
    return namesOf(busy);
  }

  /** The same with the kind of each. */
  async function kindsOfBusy(pending: PendingPolicy): Promise<string[]> {
    const { app } = application;
    const calendars = await inTenant(app, async () =>
      app.get(CalendarsService).read([attendee], WINDOW, pending),
    );
    const kindAt = new Map(
      (await calendars.kindsIn(WINDOW)).get(attendee)?.map(({ start, kind }) => [start, kind]),
    );
    return cases.flatMap((each) =>
      kindAt.get(each.start) ? [`${namesOf([each])[0]}: ${kindAt.get(each.start)}`] : [],
    );
  }

  /** Those of the cases whose event explains a conflict at their time. */
  async function namesOfExplained(): Promise<string[]> {
    const { app } = application;
    const details = app.get(ConflictDetailsService);
    const conflicts = cases.map(({ start }) => ({ userId: attendee, start, end: start + HOUR }));
    const [explained] = await onBehalfOf(app, { kind: 'user', tenantId: 1, userId: attendee }, async () =>
      details.explainAll([{ eventId: 0, conflicts, checkedUntil: null }]),
    );
    const idsAt = new Map(
      explained.conflicts.map(({ start, events }) => [start, events.map(({ id }) => id)]),
    );
    const found = cases.filter(({ start, eventId }) => idsAt.get(start)?.includes(eventId));
    expect([...idsAt.values()].flat()).toHaveLength(found.length);
    return namesOf(found);
  }

  /** Whether another transaction holds a lock of the attendee's row against changes. */
  async function isLocked(): Promise<boolean> {
    const free = await query(
      application.database.url,
      `SELECT id FROM users WHERE id = ${attendee} FOR NO KEY UPDATE SKIP LOCKED`,
    );
    return free.length === 0;
  }

  test.each(
    EVENTS.flatMap((event) =>
      STATUSES.flatMap((participation) => PENDING.map((pending) => ({ ...event, participation, pending }))),
    ),
  )(
    'holds in the core for $participation, shown as $showAs, $status, pending $pending',
    ({ showAs, status, participation, pending }) => {
      const table = status === 'confirmed' && (RULES[showAs]?.[participation][pending] ?? false);
      expect(countsAsBusy({ showAs, status, participation, pending })).toBe(table);
    },
  );

  test.each(
    INVITE_STATUSES.flatMap((before) =>
      (['accepted', 'tentative', 'declined'] as const).map((answer) => ({ before, answer })),
    ),
  )('lets the answer $answer book time that $before had not', ({ before, answer }) => {
    const table = TAKES_TIME[answer].answered && !TAKES_TIME[before].answered;
    expect(takesMoreTime(before, answer)).toBe(table);
  });

  // A change of the event keeps the default reminders of all attendees who may have one, until it is committed.
  test.each(HALF_ANSWERED)(
    'locks the defaults of those who may be reminded: $participation, one occurrence $answer',
    async ({ participation, answer }) => {
      const { eventId } = halfAnswered.find(
        (each) => each.participation === participation && each.answer === answer,
      ) as HalfAnswered;
      const { app } = application;
      const [planned] = await inTenant(app, async () =>
        app.get(PlannedEventsService).withReminders([eventId], [attendee]),
      );
      const takesPart = takesPartIn({ status: 'confirmed' }, planned.attendees[0]);
      const isReminded = [...app.get(OccurrencesService).eachInWindow(planned, WINDOW)].some(takesPart);
      expect(isReminded).toBe(participation !== 'declined' || (answer !== null && answer !== 'declined'));
      const lock = async () => {
        await app.get(ReminderSettingsRepository).lockDefaults([eventId]);
        return isLocked();
      };
      const locked = await inTenant(app, async () => app.get(UnitOfWork).run(lock));
      // An answer to an occurrence may change, so each counts.
      expect(locked).toBe(isReminded || answer !== null);
    },
  );

  describe.each(EVENTS)('of events that are shown as $showAs and $status', (event) => {
    beforeAll(async () => {
      for (const id of eventIds)
        await done(client.patch(`/events/${id}`, { show_as: event.showAs, status: event.status }));
    }, 60_000);

    describe.each(INVITATION_SOURCES)('of a user with invitations %s', (invitations) => {
      beforeAll(async () => done(client.patch(`/users/${attendee}`, { invitations })));
      afterAll(async () => done(client.patch(`/users/${attendee}`, { invitations: 'all' })));

      test.each(PENDING)('holds in SQL and for the occurrences of series, pending %s', async (pending) => {
        const busy = cases.filter((each) => expected(each, event, pending, invitations));
        expect(await namesOfBusy(pending)).toEqual(namesOf(busy));
        expect(await kindsOfBusy(pending)).toEqual(
          busy.map((each) => `${namesOf([each])[0]}: ${expectedKind(each, event)}`),
        );
      });

      test.each([
        ['allow', 'free'],
        ['reject', 'answered'],
      ] as const)(
        'holds for the time that a booking is refused, double booking %s: pending %s',
        async (doubleBooking, pending) => {
          await done(client.patch(`/users/${attendee}`, { double_booking: doubleBooking }));
          const refused = cases.filter((each) => expected(each, event, pending, invitations));
          expect(await namesOfBusy('bookable')).toEqual(namesOf(refused));
          await done(client.patch(`/users/${attendee}`, { double_booking: 'allow' }));
        },
      );

      test('holds for the events that explain a conflict', async () => {
        expect(await namesOfExplained()).toEqual(
          namesOf(cases.filter((each) => expected(each, event, 'busy', invitations))),
        );
      });
    });

    // A reminder is wanted whether or not the event takes time, and before the attendee has answered.
    test('lets reminders fire for all that would take time if it were shown as busy', async () => {
      const { app } = application;
      const events = await inTenant(app, async () =>
        app.get(PlannedEventsService).withReminders(eventIds, [attendee]),
      );
      const reminded = events.flatMap((planned) => {
        const takesPart = takesPartIn(planned, planned.attendees[0]);
        return [...app.get(OccurrencesService).eachInWindow(planned, WINDOW)].filter(takesPart);
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
