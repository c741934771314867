import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  formatCivilTime,
  parseCivilTime,
  timeOfDay,
} from '../calendar/civil-time.js';
import { originalStartsIn } from '../calendar/series-move.js';
import { timeZone } from '../calendar/time-zone.js';
import { type OverrideRow, repeats, seriesDefinition } from '../scheduling/series.js';
import type { EventRecord } from './event-record.js';
import type { Rekeying } from './occurrence-exceptions.repository.js';
import { definitionOf, repeatsBy, type Schedule, scheduleFrom } from './schedule.js';

/** What a changed series keeps of its exceptions. */
export interface CarriedOver {
  readonly overrides: readonly OverrideRow[];
  /** For answers and overrides alike. */
  readonly keys: Rekeying;
}

/** What becomes of the overrides and answers of a series that gets a new schedule. */
export function carriedOver(event: EventRecord, next: Schedule): CarriedOver {
  if (!repeats(event) || !repeatsBy(next)) return { overrides: [], keys: new Map() };
  const newStart = originalStartsIn(seriesDefinition(event), definitionOf(next));
  const keys = new Map<string, string>();
  for (const { originalStart } of [...event.overrides, ...event.answers]) {
    const key = newStart(parseCivilTime(originalStart));
    if (key !== null) keys.set(originalStart, formatCivilTime(key));
  }
  const current = scheduleFrom(event);
  return {
    overrides: event.overrides.flatMap((override) => {
      const originalStart = keys.get(override.originalStart);
      return originalStart === undefined
        ? []
        : [carriedOverride({ ...override, originalStart }, current, next)];
    }),
    keys,
  };
}

/** An override whose own start and length are those of the changed series' kind. */
function carriedOverride(override: OverrideRow, current: Schedule, next: Schedule): OverrideRow {
  const start =
    override.start === null ? null : formatCivilTime(ownStart(parseCivilTime(override.start), current, next));
  return {
    ...override,
    start: start === override.originalStart ? null : start,
    // Days and seconds do not convert: the change names the length of every occurrence.
    duration: current.allDay === next.allDay ? override.duration : null,
  };
}

/** Where a moved occurrence is: at its own instant if the series keeps its instants in a new zone, else on its own clock time. */
function ownStart(civil: CivilTime, current: Schedule, next: Schedule): CivilTime {
  if (current.allDay !== next.allDay) return epochDayOfCivil(civil) * DAY + timeOfDay(next.start);
  const [from, to] = [timeZone(current.timeZone), timeZone(next.timeZone)];
  return from !== to && current.startAt === next.startAt ? to.toCivil(from.toInstant(civil)) : civil;
}
