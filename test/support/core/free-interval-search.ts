import type { FreeIntervalQuery, Person } from '../../../src/calendar/availability/free-interval-query.js';
import { nearestFreeIntervals } from '../../../src/calendar/availability/search/nearest-free-intervals.js';
import { parseWorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { overlaps } from '../../../src/calendar/intervals/interval.js';
import { HOUR } from '../../../src/calendar/time/civil-time.js';
import { timeZone } from '../../../src/calendar/time/time-zone.js';

/** Times are `2026-01-05 09:00` in UTC, which is a Monday morning; a time alone is on that Monday. */
export interface Someone {
  /** `09:00 - 10:00, 11:00 - 12:00` */
  readonly busy?: string;
  /** `09:00 - 18:00`, Monday to Friday in the zone. */
  readonly hours?: string;
  readonly zone?: string;
  readonly optional?: boolean;
}

export interface Wish extends Partial<Omit<FreeIntervalQuery, 'window' | 'step'>> {
  readonly from?: string;
  readonly to?: string;
  readonly step?: number;
  readonly stepZone?: string;
}

/**
 * Searches the calendars of these people, whose ids are 1, 2, … in the order given: an hour in the week from Monday
 * 08:00, unless the wish sets another window. `read` are the windows of the calendars that the search read.
 * @param partLength of the parts in which the calendars give away their busy time
 */
export async function search(people: readonly Someone[], wish: Wish = {}, partLength = Infinity) {
  const read: Interval[] = [];
  const calendars = people.map(({ busy }) => busy?.split(', ').map(intervalOf) ?? []);
  const busyIn = async (part: Interval) => {
    const within = calendars.map((busy) => busy.filter((each) => overlaps(each, part)));
    return new Map(within.map((busy, index) => [index + 1, busy]));
  };
  const answer = await nearestFreeIntervals(queryOf(wish), people.map(person), async (window) => {
    read.push(window);
    return { partLength, busyIn };
  });
  const suggestions = answer.suggestions.map(({ start, end, freeUntil, attending }) => ({
    time: `${told(start)} - ${told(end)}`,
    freeUntil: freeUntil === null ? null : told(freeUntil),
    attending,
  }));
  const reasons = answer.reasons.map(
    ({ userId, rule, optional, unavailableThroughout }) =>
      `${userId} ${rule}${optional ? ', optional' : ''}${unavailableThroughout ? ', throughout' : ''}`,
  );
  return {
    nearest: suggestions.at(0),
    times: suggestions.map(({ time }) => time),
    suggestions,
    reasons,
    read,
  };
}

/** An instant as these times are written. */
export function told(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ').replace('2026-01-05 ', '');
}

function instantOf(text: string): number {
  return Date.parse(`${text.length > 5 ? text.replace(' ', 'T') : `2026-01-05T${text}`}Z`);
}

function intervalOf(text: string): Interval {
  const [start, end] = text.split(' - ').map(instantOf);
  return { start, end };
}

function person({ hours, zone = 'UTC', optional = false }: Someone, index: number): Person {
  const shifts = hours?.split(', ').map((shift) => {
    const [from, to] = shift.split(' - ');
    return { daysOfWeek: [1, 2, 3, 4, 5], from, to };
  });
  return { id: index + 1, workingHours: parseWorkingHours(shifts ?? []), timeZone: timeZone(zone), optional };
}

function queryOf(wish: Wish): FreeIntervalQuery {
  const { from = '08:00', to = '2026-01-12 08:00', step, stepZone = 'UTC', ...rest } = wish;
  return {
    window: { start: instantOf(from), end: instantOf(to) },
    duration: HOUR,
    step: step === undefined ? null : { period: step, zone: timeZone(stepZone) },
    bufferBefore: 0,
    bufferAfter: 0,
    minAttending: null,
    limit: 1,
    ...rest,
  };
}
