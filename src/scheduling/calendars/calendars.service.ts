import { Injectable } from '@nestjs/common';
import type { KindedInterval } from '../../calendar/availability/kinds/kinded-time.js';
import { type Interval, lengthOf } from '../../calendar/intervals/interval.js';
import { type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import { DAY } from '../../calendar/time/civil-time.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../platform/work/long-work.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { awayTimeOf } from '../../users/model/user-time.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import type { AttendeeStatuses } from './attended-event.js';
import type { TimeOfEvent } from './busy-beside-events.js';
import { byEvent } from './by-event.js';
import { USERS_OF_ONE_READ } from './calendar-limits.js';
import {
  CalendarReader,
  type CalendarRows,
  type HeldTimeRow,
  type ReadPolicy,
  type WindowOfUser,
  type WindowRows,
} from './calendar-reader.js';
import { CalendarsBesideEvents, type TimeOfSingles, type WindowsByUser } from './calendars-beside-events.js';
import type { CalendarsInWindow } from './calendars-in-window.js';
import { CalendarsOfWindow } from './calendars-of-window.js';
import { withHolds } from './calendars-with-holds.js';
import { type AttendedSeries, groupedSeries } from './grouped-series.js';
import { KeptCalendars } from './kept-calendars.js';
import { WholeCalendars } from './whole-calendars.js';

/** The same for windows of any length: the days of the windows of all users, each window a day or more. */
export const DAYS_OF_ONE_READ = USERS_OF_ONE_READ * 183;

/** Reads the calendars of users. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly calendars: CalendarReader,
    private readonly kept: KeptCalendars,
    private readonly occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Reads the calendars of these users in a window. Their busy time is computed when the caller asks for it.
   * @param exceptCalendarIds calendars that are left out
   */
  async read(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[] = [],
  ): Promise<CalendarsInWindow> {
    // A transaction may have changes of its own.
    const kept = this.unitOfWork.running
      ? null
      : await this.kept.read(userIds, window, pending, exceptCalendarIds);
    if (kept) return kept;
    // A computation within a transaction may hold locks for which other requests wait.
    const effort = this.longWork.begin(this.unitOfWork.running);
    const owners = new Map<number, CalendarOwner>();
    const single = new Map<number, KindedInterval[]>();
    const series: AttendedSeries[] = [];
    const held: HeldTimeRow[] = [];
    for (let index = 0; index < userIds.length; index += USERS_OF_ONE_READ) {
      const some = userIds.slice(index, index + USERS_OF_ONE_READ);
      const rows = await this.calendars.inWindow(some, window, pending, exceptCalendarIds);
      for (const owner of rows.owners) owners.set(owner.id, owner);
      for (const { userId, ...interval } of rows.merged) addTo(single, userId, interval);
      for (const each of seriesOf(rows)) series.push(each);
      for (const each of rows.held) held.push(each);
      if (effort.spend(rows.series.length)) await effort.rest();
    }
    const calendars = new CalendarsOfWindow(userIds, owners, single, series, this.occurrences, effort);
    return withHolds(calendars, held, window);
  }

  /**
   * Reads the calendars of users in windows of their own, for a comparison of events with all other events, and with the
   * time in which the users are away. One statement reads up to `DAYS_OF_ONE_READ`.
   * @param eventIds the events that are compared @param exceptCalendarIds calendars that are left out
   */
  async readBeside(
    windows: WindowsByUser,
    eventIds: readonly number[],
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[] = [],
  ): Promise<CalendarsBesideEvents> {
    const effort = this.longWork.begin(this.unitOfWork.running);
    const read = (some: readonly WindowOfUser[]) =>
      this.calendars.inWindows(some, eventIds, pending, exceptCalendarIds);
    const { series, ...single } = await timesIn(inReads(windows), read, effort);
    return new CalendarsBesideEvents(windows, new Set(eventIds), single, series, this.occurrences, effort);
  }

  /**
   * The same for a comparison of series at all of their occurrences.
   * @param windows one of each user; its end may be infinite
   */
  async readWhole(
    windows: readonly WindowOfUser[],
    eventIds: readonly number[],
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[] = [],
  ): Promise<WholeCalendars> {
    const effort = this.longWork.begin(this.unitOfWork.running);
    const read = (some: readonly WindowOfUser[]) =>
      this.calendars.inWindows(some, eventIds, pending, exceptCalendarIds);
    const { series, ...single } = await timesIn(chunksOf(windows, USERS_OF_ONE_READ), read, effort);
    return new WholeCalendars(single, groupedSeries(series, this.occurrences));
  }
}

/** Reads windows, part by part. */
async function timesIn(
  parts: Iterable<readonly WindowOfUser[]>,
  read: (part: readonly WindowOfUser[]) => Promise<WindowRows>,
  effort: Effort,
): Promise<TimeOfSingles & { readonly series: readonly AttendedSeries[] }> {
  const merged = new Map<number, Interval[]>();
  const apart = new Map<number, TimeOfEvent[]>();
  const series: AttendedSeries[] = [];
  for (const part of parts) {
    const rows = await read(part);
    for (const { userId, ...interval } of rows.merged) addTo(merged, userId, interval);
    for (const user of rows.away) for (const time of awayTimeOf(user)) addTo(merged, user.id, time);
    for (const { userId, ...time } of rows.apart) addTo(apart, userId, time);
    for (const each of seriesOf(rows)) series.push(each);
    if (effort.spend(rows.series.length + rows.merged.length + rows.apart.length)) await effort.rest();
  }
  return { merged: new Map([...merged].map(([id, intervals]) => [id, normalise(intervals)])), apart, series };
}

/** The days of the windows of a user that count as work of a read. */
export function daysOf(windows: IntervalSet): number {
  return windows.reduce((days, window) => days + Math.max(1, lengthOf(window) / DAY), 0);
}

/** Splits windows by user into those of one statement each. All windows of a user are in one statement. */
function* inReads(windows: WindowsByUser): Generator<WindowOfUser[]> {
  let some: WindowOfUser[] = [];
  let days = 0;
  for (const [userId, ofUser] of windows) {
    const more = daysOf(ofUser);
    if (some.length > 0 && days + more > DAYS_OF_ONE_READ) {
      yield some;
      [some, days] = [[], 0];
    }
    days += more;
    for (const window of ofUser) some.push({ userId, window });
  }
  if (some.length > 0) yield some;
}

function* chunksOf<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let index = 0; index < all.length; index += size) yield all.slice(index, index + size);
}

function addTo<T>(byUser: Map<number, T[]>, userId: number, value: T): void {
  const known = byUser.get(userId);
  if (known) known.push(value);
  else byUser.set(userId, [value]);
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
  for (const { userId, status, pending, ...row } of series) {
    const own = answersTo.get(row.id)?.filter((answer) => answer.userId === userId) ?? [];
    const attendee = { userId, status, pending, answers: own };
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
