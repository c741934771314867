import { Injectable } from '@nestjs/common';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import { KnownChanges } from '../../../calendars/read/known/known-changes.js';
import type { TenantChanges } from '../../../calendars/read/known/tenant-changes.js';
import type { Conflict, TimeByUser } from '../../../scheduling/booking/conflict.js';
import { KnownConflicts } from '../../../scheduling/booking/known-conflicts.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import type { ExplainedConflict } from '../../model/booked-event.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { VisiblePartsService } from '../parts/visible-parts.service.js';
import { MAX_EVENTS_OF_CONFLICT } from './conflict-details.service.js';

type NamedEvent = ExplainedConflict['events'][number];

/** Names the events behind conflicts with calendars in memory, which have the ids of the events. */
@Injectable()
export class KnownConflictDetails {
  constructor(
    private readonly conflicts: KnownConflicts,
    private readonly access: CalendarAccessService,
    private readonly changes: KnownChanges,
    private readonly parts: VisiblePartsService,
  ) {}

  /**
   * The conflicts that the current actor sees, explained as `ConflictDetailsService` does it.
   * @param taken the time that the new event takes
   * @param found its conflicts, also those in calendars that are hidden from the actor
   * @param behind those of `eventsBehind` that exist, and others; the request has noted a look-up of changes with them
   */
  async explain(
    taken: readonly TimeByUser[],
    found: readonly Conflict[],
    calendars: KnownCalendars,
    behind: readonly PartialEventRecord[],
  ): Promise<readonly ExplainedConflict[]> {
    if (found.length === 0) return [];
    const changes = this.changes.ofTenant;
    const named = await this.namedBy(eventsBehind(found, calendars), behind, changes);
    const hidden = await this.access.hiddenOf(
      found.map(({ userId }) => userId),
      changes,
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
    idsOf: ReadonlyMap<number, ReadonlySet<number>>,
    behind: readonly PartialEventRecord[],
    changes: TenantChanges,
  ): Promise<ReadonlyMap<string, NamedEvent>> {
    const read = behind.flatMap((event) =>
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

/** The ids of the events behind conflicts, by the user who has the conflict. */
export function eventsBehind(
  found: readonly Conflict[],
  calendars: KnownCalendars,
): ReadonlyMap<number, ReadonlySet<number>> {
  const idsOf = new Map<number, Set<number>>();
  for (const conflict of found) {
    const known = idsOf.get(conflict.userId) ?? new Set();
    idsOf.set(conflict.userId, known);
    for (const id of calendars.eventsDuring(conflict.userId, conflict)) known.add(id);
  }
  return idsOf;
}

function keyOf(userId: number, eventId: number): string {
  return `${userId} ${eventId}`;
}
