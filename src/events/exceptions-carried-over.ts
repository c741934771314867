import { type CivilTime, formatCivilTime, parseCivilTime } from '../calendar/civil-time.js';
import { originalStartsIn } from '../calendar/series-edit.js';
import { type OverrideRow, repeats, seriesDefinition } from '../scheduling/series.js';
import type { EventRecord } from './event-record.js';
import type { Rekeying } from './occurrence-exceptions.repository.js';
import { definitionOf, type Schedule } from './schedule.js';

/** A changed series with what it keeps of its exceptions. */
export interface CarriedOver {
  readonly schedule: Schedule;
  readonly overrides: readonly OverrideRow[];
  /** For overrides, answers and declines alike. */
  readonly keys: Rekeying;
}

/**
 * What becomes of a series' exceptions when it gets a new schedule.
 * @param withDates whether RDATEs and EXDATEs are the old ones still, and go along, or were said anew
 * @param declines original starts of occurrences that users declined who no longer attend
 */
export function carriedOver(
  event: EventRecord,
  next: Schedule,
  withDates: boolean,
  declines: readonly string[],
): CarriedOver {
  if (!repeats(event) || (next.rule === null && next.rdates.length === 0)) {
    return { schedule: next, overrides: [], keys: new Map() };
  }
  const newStart = originalStartsIn(seriesDefinition(event), definitionOf(next));
  const moved = (dates: readonly CivilTime[]) => dates.map(newStart).filter((date) => date !== null);
  const keys = new Map<string, string>();
  const exceptions = [...event.overrides, ...event.answers].map(({ originalStart }) => originalStart);
  for (const originalStart of [...exceptions, ...declines]) {
    const key = newStart(parseCivilTime(originalStart));
    if (key !== null) keys.set(originalStart, formatCivilTime(key));
  }
  return {
    schedule: withDates ? { ...next, rdates: moved(next.rdates), exdates: moved(next.exdates) } : next,
    overrides: event.overrides.flatMap((override) => {
      const originalStart = keys.get(override.originalStart);
      return originalStart === undefined ? [] : [{ ...override, originalStart }];
    }),
    keys,
  };
}
