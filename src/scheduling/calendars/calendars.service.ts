import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { KindedInterval } from '../../calendar/availability/kinds/kinded-time.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { LongWork } from '../../platform/work/long-work.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import type { AttendeeStatuses } from './attended-event.js';
import { byEvent } from './by-event.js';
import {
  type CalendarQuery,
  CalendarReader,
  type CalendarRows,
  type MergedTimeRow,
} from './calendar-reader.js';
import { type AttendedSeries, CalendarsOfWindow } from './calendars-of-window.js';

/** The users whose calendars one statement reads. The process parses the result in a short time. */
const USERS_OF_ONE_READ = 50;

/** Reads the calendars of users. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly calendars: CalendarReader,
    private readonly occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Reads the calendars of these users in a window. Their busy time is computed when the caller asks for it.
   * @param exceptEventId an event that is left out; null: none
   */
  async read(
    userIds: readonly number[],
    window: Interval,
    pending: PendingPolicy,
    exceptEventId: number | null = null,
  ): Promise<CalendarsOfWindow> {
    // A computation within a transaction may hold locks for which other requests wait.
    const effort = this.longWork.begin(this.unitOfWork.running);
    const owners = new Map<number, CalendarOwner>();
    const single = new Map<number, KindedInterval[]>();
    const series: AttendedSeries[] = [];
    for (let index = 0; index < userIds.length; index += USERS_OF_ONE_READ) {
      const some = userIds.slice(index, index + USERS_OF_ONE_READ);
      const rows = await this.calendars.inWindow(some, window, pending, exceptEventId);
      for (const owner of rows.owners) owners.set(owner.id, owner);
      for (const interval of rows.merged) addTo(single, interval);
      for (const each of seriesOf(rows)) series.push(each);
      if (effort.spend(rows.series.length)) await effort.rest();
    }
    return new CalendarsOfWindow(userIds, owners, single, series, pending, this.occurrences, effort);
  }

  /** The same for several queries, in their order. More than one query is one statement. */
  async readAll(
    queries: readonly CalendarQuery[],
    pending: PendingPolicy,
  ): Promise<readonly CalendarsOfWindow[]> {
    const [first] = queries;
    if (queries.length === 1)
      return [await this.read(first.userIds, first.window, pending, first.exceptEventId)];
    const effort = this.longWork.begin(this.unitOfWork.running);
    const rows = await this.calendars.inWindows(queries, pending);
    if (effort.spend(rows.series.length + rows.merged.length)) await effort.rest();
    const series = [...seriesOf(rows)];
    const single = queries.map(() => new Map<number, KindedInterval[]>());
    for (const { place, ...interval } of rows.merged) addTo(single[place], interval);
    return queries.map(({ userIds, exceptEventId }, place) => {
      const ofUsers = new Set(userIds);
      const concerned = series.flatMap(({ attendees, ...row }) => {
        const among = row.id === exceptEventId ? [] : attendees.filter(({ userId }) => ofUsers.has(userId));
        return among.length === 0 ? [] : [{ ...row, attendees: among }];
      });
      const owners = new Map<number, CalendarOwner>();
      return new CalendarsOfWindow(
        userIds,
        owners,
        single[place],
        concerned,
        pending,
        this.occurrences,
        effort,
      );
    });
  }
}

function addTo(byUser: Map<number, KindedInterval[]>, { userId, ...interval }: MergedTimeRow): void {
  const known = byUser.get(userId);
  if (known) known.push(interval);
  else byUser.set(userId, [interval]);
}

/** Each series once, with those of the users who attend it; floating days once for each zone of the users. */
function seriesOf({
  series,
  overrides,
  answers,
}: Pick<CalendarRows, 'series' | 'overrides' | 'answers'>): Iterable<AttendedSeries> {
  const overridesOf = byEvent(overrides);
  const answersTo = byEvent(answers);
  const found = new Map<string, AttendedSeries & { readonly attendees: AttendeeStatuses[] }>();
  for (const { userId, status, ...row } of series) {
    const own = answersTo.get(row.id)?.filter((answer) => answer.userId === userId) ?? [];
    const attendee = { userId, status, answers: own };
    const key = `${row.id} ${row.floating ? row.timeZone : ''}`;
    const known = found.get(key);
    if (known) known.attendees.push(attendee);
    else {
      found.set(key, {
        ...row,
        status: 'confirmed',
        overrides: overridesOf.get(row.id) ?? [],
        attendees: [attendee],
      });
    }
  }
  return found.values();
}
