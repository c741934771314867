import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import type { ParticipationStatus } from '../../../calendar/availability/free-busy.js';
import { type Interval, isEmpty, span } from '../../../calendar/intervals/interval.js';
import { type IntervalSet, indexEndingAfter, normalise } from '../../../calendar/intervals/interval-set.js';
import { DAY } from '../../../calendar/time/civil-time.js';
import { UserCalendarsService } from '../../../calendars/read/user-calendars.service.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../../platform/work/long-work.js';
import type { Conflict } from '../../../scheduling/booking/conflicts/conflict.js';
import type { FoundConflicts } from '../../../scheduling/booking/conflicts/searched-series.js';
import {
  type AttendedEvent,
  attendeeGroupsOf,
  byZoneOfAttendees,
} from '../../../scheduling/calendars/attended-event.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { AcquaintancesService } from '../../../users/read/acquaintances.service.js';
import {
  type ExplainedConflict,
  type ExplainedConflicts,
  toEventOfAttendee,
  withoutUnansweredTime,
} from '../../model/booked-event.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import {
  ConflictingEventsRepository,
  type UserWindow,
} from '../../store/batch/conflicting-events.repository.js';
import { VisiblePartsService } from '../parts/visible-parts.service.js';
import { RememberedSequence } from './remembered-sequence.js';

/** The most events that a conflict names. A person does not read more, and a day may have thousands. */
export const MAX_EVENTS_OF_CONFLICT = 100;

/** Between the conflicts of one window. The service expands the series of a user once for a window. */
const WIDEST_GAP = 183 * DAY;

type NamedEvent = ExplainedConflict['events'][number];

/** The conflicts of one event. */
interface ConflictsOfEvent extends FoundConflicts {
  readonly eventId: number;
}

/** The conflicts of one event and one user, in order of time, and the window around them. */
interface ConflictsOfUser extends UserWindow {
  readonly conflicts: readonly Conflict[];
}

/** A time at which an event takes place, and whether the user is busy then. */
interface CandidateTime extends Interval {
  readonly isBusy: boolean;
}

/** An event that may be behind a conflict of a user, as it concerns the user. */
interface Candidate extends NamedEvent {
  readonly event: AttendedEvent;
  /** The times of the event in one of the windows around the conflicts of the user. Each is computed once. */
  readonly timesIn: (window: Interval) => Iterable<CandidateTime>;
}

/** Names the events behind conflicts, as far as the current actor may see them. */
@Injectable()
export class ConflictDetailsService {
  constructor(
    private readonly conflictingEvents: ConflictingEventsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly acquaintances: AcquaintancesService,
    private readonly parts: VisiblePartsService,
    private readonly calendars: UserCalendarsService,
    private readonly currentActor: CurrentActor,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The conflicts of events, explained to the current actor, with the events by id. The events behind all conflicts are read at once. */
  async explainAll(conflicting: readonly ConflictsOfEvent[]): Promise<ExplainedConflicts[]> {
    const explained = await this.explainedAll(conflicting);
    return conflicting.map(({ checkedUntil }, index) => ({
      conflicts: explained[index].toSorted((a, b) => a.start - b.start || a.userId - b.userId),
      conflictsCheckedUntil: checkedUntil,
    }));
  }

  private async explainedAll(conflicting: readonly ConflictsOfEvent[]): Promise<ExplainedConflict[][]> {
    const parts = conflicting.map(({ conflicts }) => partsOf(conflicts));
    const windows = parts.flat();
    if (windows.length === 0) return conflicting.map(() => []);
    const actor = this.currentActor.get();
    const found = (await this.conflictingEvents.inWindows(windows, actor)).toSorted((a, b) => a.id - b.id);
    const seen = await this.seenOf(new Set(windows.map((part) => part.userId)), found);
    const explained = conflicting.map(() => new Array<ExplainedConflict>());
    // Within a transaction the explanation holds locks for which other changes wait.
    const effort = this.longWork.begin(this.unitOfWork.running);
    for (const [userId, events] of seen) {
      const ofUser = parts.flatMap((some, index) =>
        some.filter((part) => part.userId === userId).map((part) => ({ part, index })),
      );
      const around = normalise(ofUser.map(({ part }) => part.window));
      const others = await this.candidatesOf(userId, events);
      for (const { part, index } of ofUser) {
        const besides = others.filter(({ id }) => id !== conflicting[index].eventId);
        explained[index].push(...(await this.explainPart(part, besides, around, effort)));
      }
    }
    return explained;
  }

  /**
   * Those of the events that each of the users attends in a calendar that counts as busy and that the actor sees in full
   * through that calendar.
   */
  private async seenOf(
    userIds: ReadonlySet<number>,
    events: readonly PartialEventRecord[],
  ): Promise<ReadonlyMap<number, readonly PartialEventRecord[]>> {
    const notBusy = await this.calendars.notBusyOf([...userIds]);
    const read = events.flatMap((event) =>
      event.attendees
        .filter(({ userId, calendarId }) => userIds.has(userId) && !notBusy.has(calendarId ?? 0))
        .map(({ userId: throughUserId }) => ({ event, throughUserId })),
    );
    const parts = await this.parts.of(read);
    const seen = new Map([...userIds].map((userId) => [userId, new Array<PartialEventRecord>()]));
    for (const [index, { event, throughUserId }] of read.entries())
      if (parts[index] === 'full') seen.get(throughUserId)?.push(event);
    return seen;
  }

  /** Events that the user attends, as they concern the user. */
  private async candidatesOf(userId: number, attended: readonly PartialEventRecord[]): Promise<Candidate[]> {
    const unwanted = await this.unwanted(userId, attended);
    return attended.map((event) => {
      const part = toEventOfAttendee(event, userId);
      const { id, title } = event;
      const [concerning] = byZoneOfAttendees(unwanted.has(event) ? withoutUnansweredTime(part) : part);
      return { id, title, event: concerning, timesIn: this.timesOf(concerning) };
    });
  }

  private timesOf(event: AttendedEvent): Candidate['timesIn'] {
    const groups = attendeeGroupsOf(event);
    const known = new Map<Interval, Iterable<CandidateTime>>();
    return (window) => {
      const times =
        known.get(window) ??
        new RememberedSequence(
          this.occurrences.eachInWindow(event, window)[Symbol.iterator](),
          (occurrence) => ({
            start: occurrence.start,
            end: occurrence.end,
            isBusy: !isEmpty(occurrence) && groups.some(({ kindAt }) => kindAt(occurrence) !== null),
          }),
        );
      known.set(window, times);
      return times;
    };
  }

  private async explainPart(
    { window, conflicts }: ConflictsOfUser,
    candidates: readonly Candidate[],
    around: IntervalSet,
    effort: Effort,
  ): Promise<ExplainedConflict[]> {
    const wider = around[indexEndingAfter(around, window.start)];
    const explained = conflicts.map((conflict) => ({ ...conflict, events: new Array<NamedEvent>() }));
    for (const { id, title, event, timesIn } of candidates) {
      if (effort.spend(1)) await effort.rest();
      if (!mayOverlap(event, window)) continue;
      for (const { events } of await conflictsAt(timesIn(wider), explained, effort))
        if (events.length < MAX_EVENTS_OF_CONFLICT) events.push({ id, title });
    }
    return explained;
  }

  /** The events to which the user has an unanswered invitation of an unwanted inviter. */
  private async unwanted(
    userId: number,
    events: readonly PartialEventRecord[],
  ): Promise<ReadonlySet<PartialEventRecord>> {
    const isOpen = (one: { readonly userId: number; readonly status: ParticipationStatus }) =>
      one.userId === userId && one.status === 'needs_action';
    const unanswered = events.filter(
      ({ attendees, answers }) => attendees.some(isOpen) || answers.some(isOpen),
    );
    const organizerIds = [...new Set(unanswered.map(({ organizerId }) => organizerId))];
    const unwantedInviters = await this.acquaintances.unwantedInvitersAmong(userId, organizerIds);
    return new Set(unanswered.filter(({ organizerId }) => unwantedInviters.has(organizerId)));
  }
}

function partsOf(conflicts: readonly Conflict[]): ConflictsOfUser[] {
  return [...new Set(conflicts.map(({ userId }) => userId))].flatMap((userId) => {
    const ofUser = conflicts
      .filter((conflict) => conflict.userId === userId)
      .toSorted((a, b) => a.start - b.start);
    return nearEachOther(ofUser).map((near) => ({
      userId,
      conflicts: near,
      window: near.map(({ start, end }) => ({ start, end })).reduce(span),
    }));
  });
}

/** Groups conflicts in order of time, so that no window has years without a conflict. */
function nearEachOther(conflicts: readonly Conflict[]): Conflict[][] {
  const groups: Conflict[][] = [];
  for (const conflict of conflicts) {
    const before = groups.at(-1);
    if (before && conflict.start - before[before.length - 1].end <= WIDEST_GAP) before.push(conflict);
    else groups.push([conflict]);
  }
  return groups;
}

/** Those of the conflicts of a user, which are in order of time, that overlap a time at which the user is busy. */
async function conflictsAt<T extends Interval>(
  times: Iterable<CandidateTime>,
  conflicts: readonly T[],
  effort: Effort,
): Promise<ReadonlySet<T>> {
  const found = new Set<T>();
  let next = 0;
  for (const { start, end, isBusy } of times) {
    if (effort.spend(1)) await effort.rest();
    while (next < conflicts.length && conflicts[next].end <= start) next += 1;
    if (next === conflicts.length || found.size === conflicts.length) break;
    if (!isBusy) continue;
    for (let at = next; at < conflicts.length && conflicts[at].start < end; at += 1) found.add(conflicts[at]);
  }
  return found;
}

function mayOverlap({ startAt, endAt }: AttendedEvent, { start, end }: Interval): boolean {
  return startAt.getTime() < end && (endAt === null || endAt.getTime() > start);
}
