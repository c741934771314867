import { compileSeries, type SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { overlapsDeeperAt, overlapsDeeperThan } from '../../calendar/recurrence/series/overlap-depth.js';
import type { CivilTime } from '../../calendar/time/civil-time.js';
import { DomainError } from '../../errors/domain-error.js';

/**
 * A person can attend one occurrence at a time; some overlap where a series stands for shifts. Each one more is read
 * by every list, free/busy and search of every attendee: 24 starts a day of a year each would be 8,784.
 */
export const MAX_OVERLAPPING_OCCURRENCES = 10;

/** The fields that decide how deep occurrences overlap, the one to blame first. */
const FIELDS = ['repeat', 'duration', 'end_date', 'all_day', 'start_date', 'status'] as const;

type Input = Partial<Record<(typeof FIELDS)[number], unknown>>;

/**
 * Refuses a series whose occurrences overlap too deep.
 * @throws {DomainError} invalid `too_many_overlapping_occurrences`, naming the field of `input` to blame
 */
export function refuseDeepOverlap(definition: SeriesDefinition, input: Input): void {
  if (definition.rule === null && definition.rdates.length === 0) return;
  if (overlapsDeeperThan(compileSeries(definition), MAX_OVERLAPPING_OCCURRENCES)) throw tooDeep(input);
}

/** The same for one occurrence that was given its own time. */
export function refuseDeepOverlapAt(
  definition: SeriesDefinition,
  originalStart: CivilTime,
  input: Input,
): void {
  if (FIELDS.every((field) => input[field] === undefined)) return;
  const series = compileSeries(definition);
  if (overlapsDeeperAt(series, originalStart, MAX_OVERLAPPING_OCCURRENCES)) throw tooDeep(input);
}

function tooDeep(input: Input): DomainError {
  const field = FIELDS.find((name) => input[name] !== undefined) ?? 'repeat';
  const message = `makes more than ${MAX_OVERLAPPING_OCCURRENCES} occurrences of the series overlap each other`;
  return new DomainError('invalid', 'too_many_overlapping_occurrences', `${field}: ${message}`, [
    { field, message },
  ]);
}
