import { originalStartsIn } from '../../../calendar/recurrence/changes/series-move.js';
import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  formatCivilTime,
  timeOfDay,
  wallClock,
} from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import {
  originalStartOf,
  repeats,
  type SeriesOverride,
  seriesDefinition,
  seriesOverride,
} from '../../../scheduling/occurrences/series-record.js';
import type { EventRecord, OverrideRecord } from '../event-record.js';
import type { Rekeying } from '../rekeying.js';
import { definitionOf, type Schedule, scheduleFrom } from '../schedule/schedule.js';

/** The records of single occurrences that a changed series keeps. */
export interface CarriedOver {
  readonly overrides: readonly SeriesOverride<OverrideRecord>[];
  /** The new keys of overrides, answers and declines. */
  readonly keys: Rekeying;
}

/**
 * Carries the overrides and answers of a series over to a new schedule. A record ends if its occurrence no longer
 * exists.
 * @param declines the original starts of occurrences that former attendees declined
 */
export function carriedOver(event: EventRecord, next: Schedule, declines: readonly string[]): CarriedOver {
  const before = keysOf(event, declines);
  if (before.length === 0 || !repeats(event) || !repeats(next)) return { overrides: [], keys: new Map() };
  const definition = seriesDefinition(event);
  const newStart = originalStartsIn(definition, definitionOf(next));
  const keys = new Map<string, string>();
  const places = new Map<string, CivilTime>();
  const used = new Set<string>();
  // Two occurrences of one day become one in an all-day series. The earlier one keeps its records.
  for (const key of before) {
    const moved = newStart(originalStartOf(event, key, definition));
    const newKey = moved === null ? null : formatCivilTime(moved);
    if (moved === null || newKey === null || used.has(newKey)) continue;
    used.add(newKey);
    keys.set(key, newKey);
    places.set(key, moved);
  }
  const current = scheduleFrom(event);
  return {
    overrides: definition.overrides.flatMap((override) => {
      const originalStart = places.get(override.record.originalStart);
      return originalStart === undefined ? [] : [carriedOverride(override, originalStart, current, next)];
    }),
    keys,
  };
}

/** The original starts that have a record, in order of time. */
export function keysOf(
  { overrides, answers, guestAnswers }: EventRecord,
  declines: readonly string[] = [],
): string[] {
  const keys = [...overrides, ...answers, ...guestAnswers].map(({ originalStart }) => originalStart);
  return [...new Set([...keys, ...declines])].toSorted();
}

/** An override with its own start and length in the zone and the unit of the changed series. */
function carriedOverride(
  { record, start: before }: SeriesOverride<OverrideRecord>,
  originalStart: CivilTime,
  current: Schedule,
  next: Schedule,
): SeriesOverride<OverrideRecord> {
  const moved = before === undefined ? null : ownStart(before, current, next);
  const start = moved === originalStart ? null : moved;
  const carried = {
    ...record,
    originalStart: formatCivilTime(originalStart),
    start: start === null ? null : formatCivilTime(start),
    // Days and seconds do not convert, so every occurrence has the length that the change names.
    length: current.allDay === next.allDay ? record.length : null,
  };
  return seriesOverride(carried, originalStart, start);
}

/**
 * The start of a moved occurrence in the changed series. The start keeps its instant if the series keeps its instants
 * in a new zone, and its civil time otherwise.
 */
function ownStart(civil: CivilTime, current: Schedule, next: Schedule): CivilTime {
  if (current.allDay !== next.allDay) return epochDayOfCivil(civil) * DAY + timeOfDay(wallClock(next.start));
  const [from, to] = [timeZone(current.timeZone), timeZone(next.timeZone)];
  const keepsInstants = !next.allDay && from !== to && current.startAt === next.startAt;
  return keepsInstants ? to.toExactCivil(from.toInstant(civil)) : civil;
}
