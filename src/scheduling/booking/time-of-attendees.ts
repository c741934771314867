import { Injectable } from '@nestjs/common';
import { busyTime } from '../../calendar/availability/free-busy.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { DAY, formatCivilTime, type Instant, SECOND } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { Clock } from '../../platform/clock/clock.js';
import {
  type AttendedEvent,
  type BusyOccurrence,
  busyOccurrencesOf,
  byZoneOfAttendees,
} from '../calendars/attended-event.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { repeats, seriesStart } from '../occurrences/series-record.js';
import type { TimeByUser } from './conflicts/conflict.js';
import { CONFLICT_HORIZON_DAYS } from './conflicts/conflict-limits.js';
import { type SeriesTime, seriesTimeOf } from './conflicts/series-time.js';
import { joinedWindows } from './time-by-user.js';

/** Computes the time that events take of their attendees, in the windows in which conflicts are found. */
@Injectable()
export class TimeOfAttendees {
  constructor(
    private readonly occurrences: OccurrencesService,
    private readonly clock: Clock,
  ) {}

  /** The time that the event takes of each user, by window. A user who is never busy with the event is left out. */
  of(event: AttendedEvent, occurrence?: BusyOccurrence): TimeByUser[] {
    return joinedWindows(byZoneOfAttendees(event).map((inZone) => this.inZone(inZone, occurrence)));
  }

  /** The end of the windows; null: the event takes no time of an attendee after them. */
  takenUntil(event: AttendedEvent): Instant | null {
    const ends = byZoneOfAttendees(event).map((inZone) => (this.windowsOf(inZone).at(-1) as Interval).end);
    const end = Math.min(...ends);
    return event.endAt !== null && event.endAt.getTime() <= end ? null : end;
  }

  /** The time that a series takes of its attendees at all of its occurrences. */
  ofSeries(event: AttendedEvent): SeriesTime {
    return seriesTimeOf(event, this.occurrences);
  }

  /** @param occurrence in the zone of the event, or in another one if the days float */
  private inZone(event: AttendedEvent, occurrence: BusyOccurrence | undefined): TimeByUser[] {
    if (occurrence === undefined) return this.windowsOf(event).map((window) => this.within(window, event));
    const key = formatCivilTime(occurrence.originalCivilStart);
    const own = event.floating ? this.occurrences.withKey(event, key) : occurrence;
    return own === null ? [] : [normalised(busyOccurrencesOf(event, [own]), own)];
  }

  /** The time that the event takes of each user in a window. */
  within(window: Interval, event: AttendedEvent): TimeByUser {
    const occurrences = [...this.occurrences.eachInWindow(event, window)];
    return normalised(busyOccurrencesOf(event, occurrences), window);
  }

  private windowsOf(event: AttendedEvent): Interval[] {
    if (!repeats(event)) return [{ start: event.startAt.getTime(), end: (event.endAt as Date).getTime() }];
    const first = timeZone(event.timeZone).toInstant(seriesStart(event));
    const now = Math.floor(this.clock.now().getTime() / SECOND) * SECOND;
    const fromStart = horizonFrom(first);
    if (now <= first) return [fromStart];
    return now < fromStart.end ? [span(fromStart, horizonFrom(now))] : [fromStart, horizonFrom(now)];
  }
}

/** Makes one set for all users who are busy at the same occurrences. */
function normalised(byUser: ReadonlyMap<number, readonly Interval[]>, window: Interval): TimeByUser {
  const lists = new Set(byUser.values());
  const setOf = new Map([...lists].map((list) => [list, busyTime([list], window)]));
  const sets = [...byUser].map(([userId, list]) => [userId, setOf.get(list) ?? []] as const);
  return new Map(sets.filter(([, set]) => set.length > 0));
}

function horizonFrom(start: Instant): Interval {
  return { start, end: start + CONFLICT_HORIZON_DAYS * DAY };
}
