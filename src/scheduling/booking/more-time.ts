import { Injectable } from '@nestjs/common';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, normalise, subtract } from '../../calendar/intervals/interval-set.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import {
  type AttendedEvent,
  type BusyOccurrence,
  busyOccurrencesOf,
  byZoneOfAttendees,
} from '../calendars/attended-event.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { repeats } from '../occurrences/series-record.js';
import type { BookableEvent } from './bookable-event.js';
import { HeldTime } from './held-time.js';

/** A rule that differs from another one does so within these occurrences, except in rare cases such as leap days. */
const COMPARED_OCCURRENCES = 1_000;

/** Finds attendees of whom an event takes more time after a change. */
@Injectable()
export class MoreTime {
  constructor(
    private readonly occurrences: OccurrencesService,
    private readonly held: HeldTime,
  ) {}

  /**
   * Those of the users of whom the event takes time that it did not take before. Of a series, the service compares the first
   * `COMPARED_OCCURRENCES`, as many after the end of the event before, and all occurrences with a time of their own.
   * @param held the event before; null: it is new @param from time before this instant does not count
   */
  of(
    event: BookableEvent,
    held: BookableEvent | null,
    userIds: ReadonlySet<number>,
    from: Instant,
  ): ReadonlySet<number> {
    const found = new Set<number>();
    const heldOf = held && this.held.of(held);
    for (const inZone of byZoneOfAttendees(event)) {
      const compared = this.comparedOccurrences(inZone, held, from);
      for (const [userId, times] of busyOccurrencesOf(inZone, compared)) {
        if (!userIds.has(userId)) continue;
        const taken = clip(normalise(times), { start: from, end: Infinity });
        const isNew = (interval: Interval) =>
          heldOf === null || subtract([interval], heldOf(userId, interval)).length > 0;
        if (taken.some(isNew)) found.add(userId);
      }
    }
    return found;
  }

  private comparedOccurrences(
    event: AttendedEvent,
    held: BookableEvent | null,
    from: Instant,
  ): readonly BusyOccurrence[] {
    const ending = held?.endAt?.getTime() ?? from;
    const first = [from, Math.max(from, ending)].flatMap((start) =>
      firstOf(this.occurrences.eachInWindow(event, { start, end: Infinity }), COMPARED_OCCURRENCES),
    );
    if (!repeats(event)) return first;
    const { besideRule } = this.occurrences.seriesOf(event);
    const apart = besideRule.map((occurrence) =>
      Object.assign({}, occurrence, { override: occurrence.override?.record ?? null }),
    );
    return [...first, ...apart];
  }
}

function firstOf<T>(items: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === count) break;
  }
  return first;
}
