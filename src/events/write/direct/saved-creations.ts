import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { KnownChanges } from '../../../calendars/read/known/known-changes.js';
import { ChangeFeed } from '../../../changes/change-feed.js';
import { type CachedEntry, entryOf } from '../../../scheduling/cache/cached-entry.js';
import { CalendarCache } from '../../../scheduling/cache/calendar-cache.js';
import { toAttendedEvent } from '../../model/booked-event.js';
import type { EventRecord, PartialEventRecord } from '../../model/event-record.js';
import { KeptEvents } from '../../read/lists/kept-events.service.js';
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

/** The events behind the conflicts of a batch. */
interface ConflictsOfBatch {
  readonly keptIds: readonly number[];
  readonly missing: Omit<AskedConflicts, 'since'>;
}

/** Saves creations that were decided by calendars in memory, and adds them to these calendars. */
@Injectable()
export class SavedCreations {
  constructor(
    private readonly cache: CalendarCache,
    private readonly repository: KnownEventsRepository,
    private readonly changes: KnownChanges,
    private readonly keptEvents: KeptEvents,
    private readonly currentActor: CurrentActor,
    private readonly reminderPlan: ReminderPlan,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Saves events in one statement, which also reads those events behind their conflicts that the process does not keep.
   * @returns null: nothing is saved, since the calendars have changed
   */
  async save({ events, versions, behind }: CreationBatch): Promise<SavedEvents | null> {
    const changes = this.changes.ofTenant;
    const { snapshot: since, moment } = changes;
    const conflicts = this.conflictsOf(behind);
    let created: CreatedEvents | null = null;
    try {
      created = await this.repository.add(events, versions, conflicts && { ...conflicts.missing, since });
    } catch (error) {
      // If the connection was lost, the events may have been saved.
      this.cache.forget(versions.map(({ userId }) => userId));
      throw error;
    }
    if (created === null) return null;
    const { events: records, snapshot, xid } = created;
    if (created.behind) changes.note(since, created.behind);
    this.feed.eventsCommitted();
    this.reminderPlan.committed(events.flatMap(({ reminders }) => reminders));
    for (const record of records) {
      const userIds = record.attendees.map(({ userId }) => userId);
      if (changes.noteCreated(record.id, xid, userIds, moment)) this.keptEvents.keep(record, moment);
    }
    const entries = entriesOf(records, events);
    for (const each of versions) this.cache.noteNew(each, snapshot, entries.get(each.userId) ?? []);
    const read = created.behind?.events ?? [];
    return { records, eventsBehind: conflicts ? [...read, ...(await this.keptBehind(conflicts))] : read };
  }

  /** The events behind conflicts: those that the process keeps, and those that the statement has to read; null: there are no conflicts. */
  private conflictsOf(behind: CreationBatch['behind']): ConflictsOfBatch | null {
    if (behind.size === 0) return null;
    const all = new Set<number>();
    for (const ids of behind.values()) for (const id of ids) all.add(id);
    const keptIds = [...this.keptEvents.current([...all]).keys()];
    for (const id of keptIds) all.delete(id);
    const missing = { eventIds: [...all], userIds: [...behind.keys()], actor: this.currentActor.get() };
    return { keptIds, missing };
  }

  /** The kept events behind conflicts, after the changes were noted that the statement has reported. */
  private async keptBehind({ keptIds, missing }: ConflictsOfBatch): Promise<PartialEventRecord[]> {
    const current = this.keptEvents.current(keptIds);
    const confirmed = [...current.values()].filter(({ status }) => status === 'confirmed');
    const changedIds = keptIds.filter((id) => !current.has(id));
    if (changedIds.length === 0) return confirmed;
    const changes = this.changes.ofTenant;
    const since = changes.snapshot;
    const read = await this.repository.behind({ ...missing, eventIds: changedIds, since });
    changes.note(since, read);
    return [...confirmed, ...read.events];
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
