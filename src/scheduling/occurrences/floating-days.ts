import { parseCivilTime } from '../../calendar/time/civil-time.js';
import { endAfter } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { type EventTimesRecord, repeats, type SeriesDefinitionRecord } from './series-record.js';

/**
 * An event as a person in `zone` has it. Floating days are the same dates in each zone, so that their instants differ. Any
 * other event is the same in each zone.
 *
 * @example inZoneOfReader(allDayEvent, 'America/New_York').startAt // 04:00Z or 05:00Z of the same date
 */
export function inZoneOfReader<E extends SeriesDefinitionRecord & Partial<EventTimesRecord>>(
  event: E,
  zone: string,
): E {
  if (!event.floating || event.timeZone === zone) return event;
  const moved = { ...event, timeZone: zone };
  return event.startAt === undefined || repeats(event) ? moved : { ...moved, ...timesOfDays(moved) };
}

/** When an all-day event that does not repeat starts and ends in its zone. */
export function timesOfDays({
  start,
  length,
  timeZone: name,
}: Pick<SeriesDefinitionRecord, 'start' | 'length' | 'timeZone'>): { startAt: Date; endAt: Date } {
  const zone = timeZone(name);
  const startAt = zone.toInstant(parseCivilTime(start));
  return { startAt: new Date(startAt), endAt: new Date(endAfter(startAt, length, zone)) };
}
