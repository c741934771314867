import { Injectable } from '@nestjs/common';
import type { HiddenCalendars } from '../../../calendars/model/grants/hidden-calendars.js';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import { KnownChanges } from '../../../calendars/read/known/known-changes.js';
import type { TenantChanges } from '../../../calendars/read/known/tenant-changes.js';
import type { Conflict, TimeByUser } from '../../../scheduling/booking/conflicts/conflict.js';
import { KnownConflicts } from '../../../scheduling/booking/known-conflicts.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import type { ExplainedConflict } from '../../model/booked-event.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { VisiblePartsService } from '../parts/visible-parts.service.js';
import { MAX_EVENTS_OF_CONFLICT } from './conflict-details.service.js';

type NamedEvent = ExplainedConflict['events'][number];

/** The ids of events, by the user who has a conflict with them. */
export type IdsByUser = ReadonlyMap<number, ReadonlySet<number>>;

/** The conflicts of a new event. */
interface FoundConflicts {
  /** The time whose conflicts the creator sees. */
  readonly shown: readonly TimeByUser[];
  /** Those of that time, also those in calendars that are hidden from the creator. */
  readonly conflicts: readonly Conflict[];
  readonly calendars: KnownCalendars;
  /** The result of `eventsBehind`. */
  readonly behind: IdsByUser;
  /** Those of these events that exist, and others. The request has noted a look-up of changes with them. */
  readonly eventsBehind: readonly PartialEventRecord[];
}

/** Names the events behind conflicts with calendars in memory, which have the ids of the events. */
@Injectable()
export class KnownConflictDetails {
  constructor(
    private readonly conflicts: KnownConflicts,
    private readonly access: CalendarAccessService,
    private readonly changes: KnownChanges,
    private readonly parts: VisiblePartsService,
  ) {}

  /** The conflicts that the current actor sees, explained as `ConflictDetailsService` does it. */
  async explain({
    shown: taken,
    conflicts: found,
    calendars,
    behind,
    eventsBehind: existing,
  }: FoundConflicts): Promise<readonly ExplainedConflict[]> {
    if (found.length === 0) return [];
    const changes = this.changes.ofTenant;
    const named = await this.namedBy(behind, existing, changes);
    const hidden = await this.access.hiddenOf(
      found.map(({ userId }) => userId),
      changes,
    );
    const hiddenIds = [...hidden.values()].flatMap(({ calendarIds }) => calendarIds);
    // An interval may be hidden in part.
    const shown =
      hiddenIds.length === 0
        ? found
        : await this.conflicts.of(withoutHiding(taken, hidden), calendars, hiddenIds);
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
    idsOf: IdsByUser,
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

/** The time of those of the users who do not hide all of their calendars. */
function withoutHiding(
  taken: readonly TimeByUser[],
  hidden: ReadonlyMap<number, HiddenCalendars>,
): readonly TimeByUser[] {
  return taken.map((byUser) => new Map([...byUser].filter(([userId]) => !hidden.get(userId)?.all)));
}

/** The ids of the events behind conflicts, by the user who has the conflict. */
export function eventsBehind(found: readonly Conflict[], calendars: KnownCalendars): IdsByUser {
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
