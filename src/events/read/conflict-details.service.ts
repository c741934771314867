import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../platform/work/long-work.js';
import type { Conflict } from '../../scheduling/booking/conflict.js';
import { type AttendedEvent, attendeeGroupsOf } from '../../scheduling/calendars/attended-event.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import { type ExplainedConflict, toEventOfAttendee } from '../model/booked-event.js';
import { seesDetails } from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { AttendedEventsRepository } from '../store/attended-events.repository.js';

/** The most events that a conflict names. A person does not read more, and a day may have thousands. */
export const MAX_EVENTS_OF_CONFLICT = 100;

type NamedEvent = ExplainedConflict['events'][number];

/** Names the events behind conflicts, as far as the current actor may see them. */
@Injectable()
export class ConflictDetailsService {
  constructor(
    private readonly attendedEvents: AttendedEventsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly acquaintances: AcquaintancesService,
    private readonly currentActor: CurrentActor,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The conflicts of the event with that id, explained to the current actor. */
  async explain(eventId: number, conflicts: readonly Conflict[]): Promise<ExplainedConflict[]> {
    const explained: ExplainedConflict[] = [];
    // Within a transaction the explanation holds locks for which other changes wait.
    const effort = this.longWork.begin(this.unitOfWork.running);
    for (const userId of new Set(conflicts.map((conflict) => conflict.userId))) {
      const ofUser = conflicts
        .filter((conflict) => conflict.userId === userId)
        .toSorted((a, b) => a.start - b.start);
      explained.push(...(await this.explainOf(userId, eventId, ofUser, effort)));
    }
    return explained.toSorted((a, b) => a.start - b.start || a.userId - b.userId);
  }

  private async explainOf(
    userId: number,
    eventId: number,
    conflicts: readonly Conflict[],
    effort: Effort,
  ): Promise<ExplainedConflict[]> {
    const window = conflicts.map(({ start, end }) => ({ start, end })).reduce(span);
    const actor = this.currentActor.get();
    const explained = conflicts.map((conflict) => ({ ...conflict, events: new Array<NamedEvent>() }));
    const query = { actor, maxAttendees: 0, cancelled: false };
    const candidates = (await this.attendedEvents.inWindow(userId, window, query)).filter(
      (event) => event.id !== eventId && seesDetails(actor, event),
    );
    const unwanted = await this.unwanted(userId, candidates);
    for (const event of candidates) {
      const part = toEventOfAttendee(event, userId);
      const counted = unwanted.has(event) ? withoutUnanswered(part) : part;
      for (const { events } of await this.conflictsWith(counted, window, explained, effort))
        if (events.length < MAX_EVENTS_OF_CONFLICT) events.push({ id: event.id, title: event.title });
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
      if (!groups.some(({ isBusyAt }) => isBusyAt(occurrence))) continue;
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

/** The event as if the user had declined it as a whole: the user is busy only at occurrences with an answer. */
function withoutUnanswered(event: AttendedEvent): AttendedEvent {
  const attendees = event.attendees.map((attendee) => ({ ...attendee, status: 'declined' as const }));
  return { ...event, attendees };
}
