import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { overlaps, span } from '../calendar/interval.js';
import { type AttendedEvent, takenTime } from '../scheduling/attended-event.js';
import type { Conflict } from '../scheduling/conflicts.service.js';
import { OccurrencesService } from '../scheduling/occurrences.service.js';
import { AcquaintancesService } from '../users/acquaintances.service.js';
import { AttendedEventsRepository } from './attended-events.repository.js';
import { attendedBy, type ExplainedConflict } from './booked-event.js';
import { seesDetails } from './event.policy.js';
import type { EventRecord } from './event-record.js';

/** Tells what is behind conflicts, to those who may see it. */
@Injectable()
export class ConflictDetailsService {
  constructor(
    private readonly attendedEvents: AttendedEventsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly acquaintances: AcquaintancesService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** The conflicts of the event with that id, explained to the current actor. */
  async explain(eventId: number, conflicts: readonly Conflict[]): Promise<ExplainedConflict[]> {
    const explained: ExplainedConflict[] = [];
    for (const userId of new Set(conflicts.map((conflict) => conflict.userId))) {
      const ofUser = conflicts.filter((conflict) => conflict.userId === userId);
      explained.push(...(await this.explainOf(userId, eventId, ofUser)));
    }
    return explained.toSorted((a, b) => a.start - b.start || a.userId - b.userId);
  }

  private async explainOf(
    userId: number,
    eventId: number,
    conflicts: readonly Conflict[],
  ): Promise<ExplainedConflict[]> {
    const window = conflicts.map(({ start, end }) => ({ start, end })).reduce(span);
    const actor = this.currentActor.get();
    const query = { actor, maxAttendees: 0, cancelled: false };
    const candidates = (await this.attendedEvents.inWindow(userId, window, query)).filter(
      (event) => event.id !== eventId && seesDetails(actor, event),
    );
    const unwanted = await this.unwanted(userId, candidates);
    const visible = candidates.map((event) => {
      const occurrences = this.occurrences.allInWindow(event, window);
      const part = attendedBy(event, userId);
      const counted = unwanted.has(event) ? withoutUnanswered(part) : part;
      return { event, taken: takenTime(counted, occurrences, 'busy').get(userId) ?? [] };
    });
    return conflicts.map((conflict) => ({
      ...conflict,
      events: visible
        .filter(({ taken }) => taken.some((interval) => overlaps(interval, conflict)))
        .map(({ event: { id, title } }) => ({ id, title })),
    }));
  }

  /** The events to which the user has an unanswered invitation that takes none of the user's time. */
  private async unwanted(userId: number, events: readonly EventRecord[]): Promise<ReadonlySet<EventRecord>> {
    const unanswered = events.filter(({ attendees }) =>
      attendees.some((attendee) => attendee.userId === userId && attendee.status === 'needs_action'),
    );
    const organizerIds = [...new Set(unanswered.map(({ organizerId }) => organizerId))];
    const unwantedInviters = await this.acquaintances.unwantedBy(userId, organizerIds);
    return new Set(unanswered.filter(({ organizerId }) => unwantedInviters.has(organizerId)));
  }
}

/** The event as it takes time if only answers to single occurrences count. */
function withoutUnanswered(event: AttendedEvent): AttendedEvent {
  const participants = event.participants.map((participant) => ({
    ...participant,
    status: 'declined' as const,
  }));
  return { ...event, participants };
}
