import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import { KnownChanges } from '../../../calendars/read/known/known-changes.js';
import type { Conflict, TimeByUser } from '../../../scheduling/booking/conflict.js';
import { KnownConflicts } from '../../../scheduling/booking/known-conflicts.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import type { ExplainedConflict } from '../../model/booked-event.js';
import { ConflictingEventsRepository } from '../../store/batch/conflicting-events.repository.js';
import { VisiblePartsService } from '../parts/visible-parts.service.js';
import { MAX_EVENTS_OF_CONFLICT } from './conflict-details.service.js';

type NamedEvent = ExplainedConflict['events'][number];

/** Names the events behind conflicts with calendars in memory, which have the ids of the events. */
@Injectable()
export class KnownConflictDetails {
  constructor(
    private readonly conflicts: KnownConflicts,
    private readonly conflictingEvents: ConflictingEventsRepository,
    private readonly access: CalendarAccessService,
    private readonly changes: KnownChanges,
    private readonly parts: VisiblePartsService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The conflicts that the current actor sees, explained as `ConflictDetailsService` does it.
   * @param taken the time that the new event takes @param found its conflicts, also those in calendars that are hidden from the actor
   */
  async explain(
    taken: readonly TimeByUser[],
    found: readonly Conflict[],
    calendars: KnownCalendars,
  ): Promise<readonly ExplainedConflict[]> {
    if (found.length === 0) return [];
    const named = await this.namedBy(found, calendars);
    // The look-up of the events has reported the changes on which kept access depends.
    const hidden = await this.access.hiddenOf(
      found.map(({ userId }) => userId),
      this.changes.ofTenant,
    );
    const hiddenIds = [...hidden.values()].flatMap(({ calendarIds }) => calendarIds);
    // An interval may be hidden in part.
    const shown = hiddenIds.length === 0 ? found : await this.conflicts.of(taken, calendars, hiddenIds);
    return shown.map((conflict) => {
      const { userId } = conflict;
      const ids = calendars.eventsDuring(userId, conflict, hiddenIds);
      const events = ids.flatMap((id) => named.get(keyOf(userId, id)) ?? []);
      const { start, end } = conflict;
      return { userId, start, end, events: events.slice(0, MAX_EVENTS_OF_CONFLICT) };
    });
  }

  /** The events that the actor sees in full through the calendar of a user who has a conflict, by user and event. */
  private async namedBy(
    found: readonly Conflict[],
    calendars: KnownCalendars,
  ): Promise<ReadonlyMap<string, NamedEvent>> {
    const idsOf = new Map<number, Set<number>>();
    for (const conflict of found) {
      const known = idsOf.get(conflict.userId) ?? new Set();
      idsOf.set(conflict.userId, known);
      for (const id of calendars.eventsDuring(conflict.userId, conflict)) known.add(id);
    }
    const ids = new Set<number>();
    for (const some of idsOf.values()) for (const id of some) ids.add(id);
    const changes = this.changes.ofTenant;
    const { rows } = await changes.lookUp(async (since) =>
      this.conflictingEvents.withIds([...ids], [...idsOf.keys()], this.currentActor.get(), since),
    );
    const read = rows.events.flatMap((event) =>
      event.attendees
        .filter(({ userId }) => idsOf.get(userId)?.has(event.id))
        .map(({ userId: throughUserId }) => ({ event, throughUserId })),
    );
    const parts = await this.parts.of(read, changes);
    return new Map(
      read.flatMap(({ event: { id, title }, throughUserId }, index) =>
        parts[index] === 'full' ? [[keyOf(throughUserId, id), { id, title }] as const] : [],
      ),
    );
  }
}

function keyOf(userId: number, eventId: number): string {
  return `${userId} ${eventId}`;
}
