import { Injectable } from '@nestjs/common';
import { firstOccurrence } from '../../calendar/recurrence/series/recurrence-set.js';
import { type CivilTime, formatCivilTime } from '../../calendar/time/civil-time.js';
import { forMember, type NameRefusal } from '../../errors/name-refusal.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { repeats, seriesDefinition } from '../../scheduling/occurrences/series-record.js';
import { keysOf } from '../model/carried/carried-over.js';
import { MAX_DATES } from '../model/event-limits.js';
import type { EventRecord } from '../model/event-record.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { scheduleFrom } from '../model/schedule/schedule.js';
import { EventsService } from '../read/events.service.js';
import { type BookedChange, bookingOf } from './booked-change.js';
import { ChangeResources } from './change-resources.js';

/** Leaves out the conflicting occurrences of the series that are booked with the policy `skip`. */
@Injectable()
export class ConflictSkipping {
  constructor(
    private readonly events: EventsService,
    private readonly conflicts: ConflictsService,
    private readonly occurrences: OccurrencesService,
    private readonly resources: ChangeResources,
  ) {}

  /**
   * Writes the occurrences as EXDATEs, so that no later change brings them back: COUNT counts them.
   * @returns the changes with the events as they are then
   * @throws {DomainError} conflict `time_taken`, if no occurrence is left, or the conflicts have no end
   */
  async skip(changes: readonly BookedChange[], name: NameRefusal): Promise<readonly BookedChange[]> {
    if (!changes.some(leavesOut)) return changes;
    await this.conflicts.lockAll(changes.map((change) => bookingOf(change)));
    const after: BookedChange[] = [];
    for (const [index, change] of changes.entries()) {
      const later = changes.slice(index + 1).filter(leavesOut);
      const laterIds = later.map(({ eventId }) => eventId).filter((id) => id !== change.eventId);
      after.push(
        leavesOut(change) ? await forMember(name, index, async () => this.skipOne(change, laterIds)) : change,
      );
    }
    return after;
  }

  /** @param laterIds the events that leave out occurrences after this one, because of it */
  private async skipOne(change: BookedChange, laterIds: readonly number[]): Promise<BookedChange> {
    const { starts, refusal } = await this.conflicts.skippedBy({ ...bookingOf(change), laterIds });
    const skipped = [...starts].toSorted((a, b) => a - b);
    if (skipped.length === 0) return { ...change, skipped };
    const event = await this.without(skipped, change.event);
    if (event === null) throw await refusal();
    return { ...change, event, occurrence: change.occurrenceIn?.(event) ?? null, skipped };
  }

  /** The event without some occurrences, and without what is recorded of them; null: none is left. */
  private async without(skipped: readonly CivilTime[], event: EventRecord): Promise<EventRecord | null> {
    const { events, occurrenceRecords, declined, attendance } = this.resources;
    const schedule = scheduleFrom(event);
    const exdates = [...new Set([...schedule.exdates, ...skipped])];
    if (exdates.length > MAX_DATES) return null;
    const gone = new Set(skipped.map(formatCivilTime));
    const isLeft = (key: string) => !gone.has(key);
    const overrides = seriesDefinition(event).overrides.filter(({ record }) => isLeft(record.originalStart));
    const keys = keysOf(event, await declined.originalStarts(event.id)).filter(isLeft);
    await occurrenceRecords.replace(
      event.id,
      overrides.map(({ record }) => record),
      new Map(keys.map((key) => [key, key])),
    );
    await attendance.settle(event.id);
    await events.change(event.id, recordedSchedule({ ...schedule, exdates }, overrides));
    const after = await this.events.get(event.id);
    return firstOccurrence(this.occurrences.seriesOf(after)) === null ? null : after;
  }
}

/** Whether the service leaves out the conflicting occurrences of a change. */
function leavesOut({ policy, event, bookedOccurrence }: BookedChange): boolean {
  return policy === 'skip' && bookedOccurrence !== true && repeats(event);
}
