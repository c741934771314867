import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { overlaps, span } from '../calendar/interval.js';
import { takenTime } from '../scheduling/attended-event.js';
import type { Conflict } from '../scheduling/conflicts.service.js';
import { OccurrencesService } from '../scheduling/occurrences.service.js';
import { AttendedEventsRepository } from './attended-events.repository.js';
import { attendedBy, type ExplainedConflict } from './booked-event.js';
import { seesDetails } from './event.policy.js';

/** Tells what is behind conflicts, to those who may see it. */
@Injectable()
export class ConflictDetailsService {
  constructor(
    private readonly attendedEvents: AttendedEventsRepository,
    private readonly occurrences: OccurrencesService,
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
    const visible = (await this.attendedEvents.inWindow(userId, window, query))
      .filter((event) => event.id !== eventId && seesDetails(actor, event))
      .map((event) => {
        const occurrences = this.occurrences.allInWindow(event, window);
        return { event, taken: takenTime(attendedBy(event, userId), occurrences, 'busy').get(userId) ?? [] };
      });
    return conflicts.map((conflict) => ({
      ...conflict,
      events: visible
        .filter(({ taken }) => taken.some((interval) => overlaps(interval, conflict)))
        .map(({ event: { id, title } }) => ({ id, title })),
    }));
  }
}
