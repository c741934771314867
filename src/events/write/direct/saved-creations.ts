import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { KnownChanges } from '../../../calendars/read/known/known-changes.js';
import { ChangeFeed } from '../../../changes/change-feed.js';
import { type CachedEntry, entryOf } from '../../../scheduling/cache/cached-entry.js';
import { CalendarCache } from '../../../scheduling/cache/calendar-cache.js';
import { toAttendedEvent } from '../../model/booked-event.js';
import type { EventRecord, PartialEventRecord } from '../../model/event-record.js';
import type { KnownEvent } from '../../store/direct/known-event.js';
import {
  type AskedConflicts,
  type CreatedEvents,
  KnownEventsRepository,
} from '../../store/direct/known-events.repository.js';
import type { CreationBatch } from './creation-batch.js';
import { ReminderPlan } from './reminder-plan.js';

/** Events that are saved. */
export interface SavedEvents {
  /** In the order of the batch. */
  readonly records: readonly EventRecord[];
  /** The events behind their conflicts. */
  readonly eventsBehind: readonly PartialEventRecord[];
}

/** Saves creations that were decided by calendars in memory, and adds them to these calendars. */
@Injectable()
export class SavedCreations {
  constructor(
    private readonly cache: CalendarCache,
    private readonly repository: KnownEventsRepository,
    private readonly changes: KnownChanges,
    private readonly currentActor: CurrentActor,
    private readonly reminderPlan: ReminderPlan,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Saves events in one statement, which also reads the events behind their conflicts.
   * @returns null: nothing is saved, since the calendars have changed
   */
  async save({ events, versions, behind }: CreationBatch): Promise<SavedEvents | null> {
    const changes = this.changes.ofTenant;
    const since = changes.snapshot;
    let created: CreatedEvents | null = null;
    try {
      created = await this.repository.add(events, versions, this.askedFor(behind, since));
    } catch (error) {
      // If the connection was lost, the events may have been saved.
      this.cache.forget(versions.map(({ userId }) => userId));
      throw error;
    }
    if (created === null) return null;
    if (created.behind) changes.note(since, created.behind);
    this.feed.eventsCommitted();
    this.reminderPlan.committed(events.flatMap(({ reminders }) => reminders));
    const entries = entriesOf(created.events, events);
    for (const each of versions) this.cache.noteNew(each, created.snapshot, entries.get(each.userId) ?? []);
    return { records: created.events, eventsBehind: created.behind?.events ?? [] };
  }

  private askedFor(behind: CreationBatch['behind'], since: string | null): AskedConflicts | null {
    if (behind.size === 0) return null;
    const eventIds = new Set<number>();
    for (const ids of behind.values()) for (const id of ids) eventIds.add(id);
    return { eventIds: [...eventIds], userIds: [...behind.keys()], actor: this.currentActor.get(), since };
  }
}

/** The entries that new events are in the calendars of their attendees that count as busy, by user. */
function entriesOf(
  records: readonly EventRecord[],
  events: readonly KnownEvent[],
): ReadonlyMap<number, readonly CachedEntry[]> {
  const found = new Map<number, CachedEntry[]>();
  for (const [index, record] of records.entries()) {
    const attended = toAttendedEvent(record);
    for (const attendee of attended.attendees) {
      const { userId } = attendee;
      const entry = events[index].owners.get(userId)?.primary?.countsAsBusy
        ? entryOf(attended, attendee)
        : null;
      if (entry) found.set(userId, [...(found.get(userId) ?? []), entry]);
    }
  }
  return found;
}
