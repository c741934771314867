import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../../changes/change-feed.js';
import { type CachedEntry, entryOf } from '../../../scheduling/cache/cached-entry.js';
import { CalendarCache } from '../../../scheduling/cache/calendar-cache.js';
import type { CalendarVersions } from '../../../scheduling/cache/calendar-entry-reader.js';
import { toAttendedEvent } from '../../model/booked-event.js';
import type { EventRecord } from '../../model/event-record.js';
import type { KnownEvent } from '../../store/direct/known-event.js';
import { type CreatedEvents, KnownEventsRepository } from '../../store/direct/known-events.repository.js';
import { ReminderPlan } from './reminder-plan.js';

/** Saves creations that were decided by calendars in memory, and adds them to these calendars. */
@Injectable()
export class SavedCreations {
  constructor(
    private readonly cache: CalendarCache,
    private readonly repository: KnownEventsRepository,
    private readonly reminderPlan: ReminderPlan,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Saves events in one statement.
   * @param versions those of all users of the events, by which the events were decided
   * @returns the events in their order; null: nothing is saved, since the calendars have changed
   */
  async save(
    events: readonly KnownEvent[],
    versions: readonly CalendarVersions[],
  ): Promise<readonly EventRecord[] | null> {
    let created: CreatedEvents | null = null;
    try {
      created = await this.repository.add(events, versions);
    } catch (error) {
      // If the connection was lost, the events may have been saved.
      this.cache.forget(versions.map(({ userId }) => userId));
      throw error;
    }
    if (created === null) return null;
    this.feed.eventsCommitted();
    this.reminderPlan.committed(events.flatMap(({ reminders }) => reminders));
    const entries = entriesOf(created.events, events);
    for (const each of versions) this.cache.noteNew(each, created.snapshot, entries.get(each.userId) ?? []);
    return created.events;
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
