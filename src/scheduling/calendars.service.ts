import { Injectable } from '@nestjs/common';
import { busyTime, type PendingPolicy } from '../calendar/free-busy.js';
import type { Interval } from '../calendar/interval.js';
import type { IntervalSet } from '../calendar/interval-set.js';
import type { CalendarOwner } from '../users/calendar-owner.js';
import { type Attended, type Participant, takenTime } from './attended-event.js';
import { type CalendarRows, CalendarsRepository } from './calendars.repository.js';
import { OccurrencesService } from './occurrences.service.js';
import type { SeriesRow } from './series.js';

/** Calendars in a window, by user. */
export interface Calendars {
  /** Of the users that are there. */
  readonly owners: ReadonlyMap<number, CalendarOwner>;
  /** Merged, and cut at the window's borders; who has none is there too. */
  readonly busy: ReadonlyMap<number, IntervalSet>;
}

/** Finds when users are busy. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly calendars: CalendarsRepository,
    private readonly occurrences: OccurrencesService,
  ) {}

  /** @param exceptEventId an event that is not looked at */
  async inWindow(
    userIds: readonly number[],
    window: Interval,
    pending: PendingPolicy,
    exceptEventId: number | null = null,
  ): Promise<Calendars> {
    const rows = await this.calendars.inWindow(userIds, window, pending, exceptEventId);
    const taken = new Map<number, Interval[]>(userIds.map((id) => [id, []]));
    for (const interval of rows.merged) taken.get(interval.userId)?.push(interval);
    for (const series of seriesOf(rows)) {
      const occurrences = this.occurrences.ofSeries(series, window);
      for (const [userId, intervals] of takenTime(series, occurrences, pending)) {
        taken.get(userId)?.push(...intervals);
      }
    }
    return {
      owners: new Map(rows.owners.map((owner) => [owner.id, owner])),
      busy: new Map([...taken].map(([userId, intervals]) => [userId, busyTime([intervals], window)])),
    };
  }
}

/** Each series once, with all that were asked about and attend it. */
function seriesOf({ series, overrides, answers }: CalendarRows): Iterable<SeriesRow & Attended> {
  const overridesOf = byEvent(overrides);
  const answersTo = byEvent(answers);
  const found = new Map<number, SeriesRow & Attended & { readonly participants: Participant[] }>();
  for (const { userId, status, ...row } of series) {
    const own = answersTo.get(row.id)?.filter((answer) => answer.userId === userId) ?? [];
    const participant = { userId, status, answers: own };
    const known = found.get(row.id);
    if (known) known.participants.push(participant);
    else {
      const exceptions = overridesOf.get(row.id) ?? [];
      found.set(row.id, {
        ...row,
        status: 'confirmed',
        overrides: exceptions.map((override) => Object.assign(override, NO_TEXTS)),
        participants: [participant],
      });
    }
  }
  return found.values();
}

/** What an occurrence is called has no bearing on whose time it takes, and was not read. */
const NO_TEXTS = { title: null, description: null, location: null } as const;

function byEvent<T extends { readonly eventId: number }>(rows: readonly T[]): ReadonlyMap<number, T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const known = found.get(row.eventId);
    if (known) known.push(row);
    else found.set(row.eventId, [row]);
  }
  return found;
}
