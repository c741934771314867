import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { type Interval, isEmpty, span } from '../../calendar/intervals/interval.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../platform/work/long-work.js';
import type { Conflict } from '../../scheduling/booking/conflict.js';
import {
  type AttendedEvent,
  attendeeGroupsOf,
  byZoneOfAttendees,
} from '../../scheduling/calendars/attended-event.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import { type ExplainedConflict, toEventOfAttendee } from '../model/booked-event.js';
import { seesDetails } from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';
import {
  ConflictingEventsRepository,
  type UserWindow,
} from '../store/batch/conflicting-events.repository.js';

/** The most events that a conflict names. A person does not read more, and a day may have thousands. */
export const MAX_EVENTS_OF_CONFLICT = 100;

type NamedEvent = ExplainedConflict['events'][number];

/** The conflicts of one event. */
interface ConflictsOfEvent {
  readonly eventId: number;
  readonly conflicts: readonly Conflict[];
}

/** The conflicts of one event and one user, in order of time, and the window around them. */
interface ConflictsOfUser extends UserWindow {
  readonly conflicts: readonly Conflict[];
}

/** An event that may be behind a conflict of a user, as it concerns the user. */
interface Candidate extends NamedEvent {
  readonly event: AttendedEvent;
}

/** Names the events behind conflicts, as far as the current actor may see them. */
@Injectable()
export class ConflictDetailsService {
  constructor(
    private readonly conflictingEvents: ConflictingEventsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly acquaintances: AcquaintancesService,
    private readonly currentActor: CurrentActor,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The conflicts of the event with that id, explained to the current actor. */
  async explain(eventId: number, conflicts: readonly Conflict[]): Promise<readonly ExplainedConflict[]> {
    const [explained] = await this.explainAll([{ eventId, conflicts }]);
    return explained;
  }

  /** The same for several events, in their order. The events behind all conflicts are read at once. */
  async explainAll(found: readonly ConflictsOfEvent[]): Promise<(readonly ExplainedConflict[])[]> {
    const parts = found.map(({ conflicts }) => partsOf(conflicts));
    const windows = parts.flat();
    if (windows.length === 0) return found.map(() => []);
    const actor = this.currentActor.get();
    const candidates = (await this.conflictingEvents.inWindows(windows, actor)).filter((event) =>
      seesDetails(actor, event),
    );
    const byUser = new Map<number, readonly Candidate[]>();
    for (const userId of new Set(windows.map((part) => part.userId)))
      byUser.set(userId, await this.candidatesOf(userId, candidates));
    // Within a transaction the explanation holds locks for which other changes wait.
    const effort = this.longWork.begin(this.unitOfWork.running);
    const explained: (readonly ExplainedConflict[])[] = [];
    for (const [index, { eventId }] of found.entries()) {
      const ofEvent: ExplainedConflict[] = [];
      for (const part of parts[index]) {
        const others = (byUser.get(part.userId) ?? []).filter(({ id }) => id !== eventId);
        ofEvent.push(...(await this.explainPart(part, others, effort)));
      }
      explained.push(ofEvent.toSorted((a, b) => a.start - b.start || a.userId - b.userId));
    }
    return explained;
  }

  /** Those of the events that the user attends, as they concern the user. */
  private async candidatesOf(userId: number, events: readonly PartialEventRecord[]): Promise<Candidate[]> {
    const attended = events.filter(({ attendees }) =>
      attendees.some((attendee) => attendee.userId === userId),
    );
    const unwanted = await this.unwanted(userId, attended);
    return attended.map((event) => {
      const [part] = byZoneOfAttendees(toEventOfAttendee(event, userId));
      const { id, title } = event;
      return { id, title, event: unwanted.has(event) ? withoutUnanswered(part) : part };
    });
  }

  private async explainPart(
    { window, conflicts }: ConflictsOfUser,
    candidates: readonly Candidate[],
    effort: Effort,
  ): Promise<ExplainedConflict[]> {
    const explained = conflicts.map((conflict) => ({ ...conflict, events: new Array<NamedEvent>() }));
    for (const { id, title, event } of candidates) {
      if (effort.spend(1)) await effort.rest();
      if (!mayOverlap(event, window)) continue;
      for (const { events } of await this.conflictsWith(event, window, explained, effort))
        if (events.length < MAX_EVENTS_OF_CONFLICT) events.push({ id, title });
    }
    return explained;
  }

  /** Those of the conflicts of a user, which are in order of time, that an event of the same user overlaps. */
  private async conflictsWith<T extends Interval>(
    event: AttendedEvent,
    window: Interval,
    conflicts: readonly T[],
    effort: Effort,
  ): Promise<ReadonlySet<T>> {
    const found = new Set<T>();
    const groups = attendeeGroupsOf(event, 'busy');
    let next = 0;
    for (const occurrence of this.occurrences.eachInWindow(event, window)) {
      if (effort.spend(1)) await effort.rest();
      while (next < conflicts.length && conflicts[next].end <= occurrence.start) next += 1;
      if (next === conflicts.length || found.size === conflicts.length) break;
      if (isEmpty(occurrence) || groups.every(({ kindAt }) => kindAt(occurrence) === null)) continue;
      for (let at = next; at < conflicts.length && conflicts[at].start < occurrence.end; at += 1)
        found.add(conflicts[at]);
    }
    return found;
  }

  /** The events to which the user has an unanswered invitation of an unwanted inviter. */
  private async unwanted(
    userId: number,
    events: readonly PartialEventRecord[],
  ): Promise<ReadonlySet<PartialEventRecord>> {
    const unanswered = events.filter(({ attendees }) =>
      attendees.some((attendee) => attendee.userId === userId && attendee.status === 'needs_action'),
    );
    const organizerIds = [...new Set(unanswered.map(({ organizerId }) => organizerId))];
    const unwantedInviters = await this.acquaintances.unwantedInvitersAmong(userId, organizerIds);
    return new Set(unanswered.filter(({ organizerId }) => unwantedInviters.has(organizerId)));
  }
}

function partsOf(conflicts: readonly Conflict[]): ConflictsOfUser[] {
  return [...new Set(conflicts.map(({ userId }) => userId))].map((userId) => {
    const ofUser = conflicts
      .filter((conflict) => conflict.userId === userId)
      .toSorted((a, b) => a.start - b.start);
    return {
      userId,
      conflicts: ofUser,
      window: ofUser.map(({ start, end }) => ({ start, end })).reduce(span),
    };
  });
}

function mayOverlap({ startAt, endAt }: AttendedEvent, { start, end }: Interval): boolean {
  return startAt.getTime() < end && (endAt === null || endAt.getTime() > start);
}

/** The event as if the user had declined it as a whole: the user is busy only at occurrences with an answer. */
function withoutUnanswered(event: AttendedEvent): AttendedEvent {
  const attendees = event.attendees.map((attendee) => ({ ...attendee, status: 'declined' as const }));
  return { ...event, attendees };
}
