import type { Client } from 'pg';
import { busyTime } from '../../src/calendar/availability/free-busy.js';
import type { FreeIntervalQuery, Person } from '../../src/calendar/availability/free-interval-query.js';
import { nearestFreeIntervals } from '../../src/calendar/availability/search/nearest-free-intervals.js';
import { parseWorkingHours } from '../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../src/calendar/intervals/interval.js';
import { parseRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { compileSeries, type EventSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { HOUR, parseCivilTime } from '../../src/calendar/time/civil-time.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import { zoneOf } from './dataset.js';

/** Reads by the index only the rows that determine busy time. No response can be computed from fewer rows. */
const TIMES = `
  SELECT a.user_id, a.status, lower(a.span) AS start_at, upper(a.span) AS end_at, e.show_as, e.all_day,
         e.time_zone, e.start, e.duration, e.rrule, e.rdates, e.exdates
    FROM attendees a JOIN events e ON e.id = a.event_id
   WHERE a.user_id = $1 AND a.span && tstzrange($2, $3)`;

/** Reads the rows of a list: the events of the window and their attendees. */
const EVENTS = `
  SELECT e.*, a.user_id, a.invite_id, a.status AS answer, a.comment, a.created_at AS invited_at,
         a.updated_at AS answered_at, u.name, u.email, u.created_at AS user_created_at, u.updated_at AS user_updated_at
    FROM attendees mine JOIN events e ON e.id = mine.event_id
    JOIN attendees a ON a.event_id = e.id JOIN users u ON u.id = a.user_id
   WHERE mine.user_id = $1 AND mine.span && tstzrange($2, $3)`;

/** Reads the busy time of several users. */
const TIMES_OF_MANY = TIMES.replace(
  'FROM attendees a',
  'FROM unnest($1::integer[]) AS asked (id) JOIN attendees a ON a.user_id = asked.id',
).replace('a.user_id = $1 AND ', '');

/** The bare SQL index, read through `pg` with prepared statements. */
export class IndexRead {
  constructor(private readonly client: Client) {}

  async events(userId: number, window: Interval): Promise<number> {
    return this.read('events', EVENTS, userId, window);
  }

  async times(userIds: readonly number[], window: Interval): Promise<number> {
    return userIds.length === 1
      ? this.read('times', TIMES, userIds[0], window)
      : this.read('times of many', TIMES_OF_MANY, userIds, window);
  }

  private async read(
    name: string,
    text: string,
    users: number | readonly number[],
    { start, end }: Interval,
  ): Promise<number> {
    const values = [users, new Date(start), new Date(end)];
    const { rows } = await this.client.query({ name, text, values });
    return rows.length;
  }
}

interface Calendar {
  readonly single: readonly Interval[];
  readonly series: readonly { readonly span: Interval; readonly series: EventSeries }[];
}

/** Keeps all calendars in memory, with compiled series, and computes over them with the core. */
export class MemorySweep {
  private constructor(private readonly calendars: ReadonlyMap<number, Calendar>) {}

  static async of(client: Client, userIds: readonly number[]): Promise<MemorySweep> {
    const calendars = new Map<number, Calendar>();
    for (const id of userIds) {
      const { rows } = await client.query<TimesRow>(TIMES, [id, null, null]);
      calendars.set(id, calendarOf(rows));
    }
    return new MemorySweep(calendars);
  }

  busy(userId: number, window: Interval): readonly Interval[] {
    const { single, series } = this.calendars.get(userId) ?? { single: [], series: [] };
    const expanded = series
      .filter(({ span }) => span.start < window.end && span.end > window.start)
      .map((each) => Array.from(occurrencesIn(each.series, window)));
    const near = single.filter(({ start, end }) => start < window.end && end > window.start);
    return busyTime([near, ...expanded], window);
  }

  /** @returns the windows that were searched */
  async nearestHour(userIds: readonly number[], window: Interval): Promise<Interval[]> {
    const searched: Interval[] = [];
    const busyIn = async (part: Interval) => new Map(userIds.map((id) => [id, this.busy(id, part)]));
    await nearestFreeIntervals(queryOf(window), userIds.map(person), async (read) => {
      searched.push(read);
      return { partLength: Infinity, busyIn };
    });
    return searched;
  }
}

interface TimesRow {
  readonly start_at: Date;
  readonly end_at: Date | null;
  readonly time_zone: string;
  readonly start: string;
  readonly duration: number;
  readonly rrule: string | null;
}

function calendarOf(rows: readonly TimesRow[]): Calendar {
  return {
    single: rows
      .filter(({ rrule }) => rrule === null)
      .map((row) => ({ start: row.start_at.getTime(), end: row.end_at?.getTime() ?? Infinity })),
    series: rows
      .filter(({ rrule }) => rrule !== null)
      .map((row) => ({
        span: { start: row.start_at.getTime(), end: row.end_at?.getTime() ?? Infinity },
        series: compileSeries({
          start: parseCivilTime(row.start),
          timeZone: row.time_zone,
          allDay: false,
          length: { seconds: row.duration },
          rule: parseRecurrenceRule(row.rrule as string),
          rdates: [],
          exdates: [],
          overrides: [],
        }),
      })),
  };
}

function queryOf(window: Interval): FreeIntervalQuery {
  return {
    window,
    duration: HOUR,
    step: null,
    bufferBefore: 0,
    bufferAfter: 0,
    minAttending: null,
    limit: 1,
  };
}

function person(id: number): Person {
  const shifts = [{ daysOfWeek: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
  return {
    id,
    timeZone: timeZone(zoneOf(id)),
    workingHours: parseWorkingHours(shifts),
    optional: false,
  };
}
