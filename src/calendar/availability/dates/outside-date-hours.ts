import type { Interval } from '../../intervals/interval.js';
import { gaps, type IntervalSet, intersect, normalise } from '../../intervals/interval-set.js';
import { DAY, type EpochDay } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';
import { firstInstantReading, isShift, type WorkingHours, workingTime } from '../working-hours.js';

/**
 * Returns the time of a window that is not working time by the hours of dates: the rest of these dates, and the time of
 * the shifts that these hours replace. All other time outside of the working time is outside of the shifts of the week.
 *
 * A date lasts from the first instant at which the wall clock of the zone reaches it to the first instant at which the
 * clock reaches the next date.
 *
 * @param working the working time of the window, as `workingTime` returns it
 * @example outsideDateHours(hours, zone, window, workingTime(hours, zone, window));
 */
export function outsideDateHours(
  hours: WorkingHours,
  zone: TimeZone,
  window: Interval,
  working: IntervalSet,
): IntervalSet {
  const shifts = hours.filter(isShift);
  if (shifts.length === hours.length) return [];
  const dates = hours.flatMap((row) => (isShift(row) ? [] : [dayIn(zone, row.date)]));
  const concerned = normalise([...dates, ...workingTime(shifts, zone, window)]);
  return intersect(gaps(working, window), concerned);
}

function dayIn(zone: TimeZone, day: EpochDay): Interval {
  return {
    start: firstInstantReading(day * DAY, zone),
    end: firstInstantReading((day + 1) * DAY, zone),
  };
}
