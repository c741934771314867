import type { Instant } from '../../time/civil-time.js';
import type { Occurrence, OccurrenceOverride } from './event-series.js';

/** The occurrences asked for: they start at `startsFrom` or later, before `startsBefore`, and end after `endsAfter`. */
export interface OccurrenceBounds {
  readonly startsFrom: Instant;
  readonly startsBefore: Instant;
  readonly endsAfter: Instant;
}

type Occurrences<O extends OccurrenceOverride> = Iterable<Occurrence<O>>;

/** Those of a list that lie in bounds, in the list's order. */
export function within<O extends OccurrenceOverride>(
  list: readonly Occurrence<O>[],
  { startsFrom, startsBefore, endsAfter }: OccurrenceBounds,
): readonly Occurrence<O>[] {
  return list.filter(({ start, end }) => start >= startsFrom && start < startsBefore && end > endsAfter);
}

/** The occurrences of a sequence and of a list, both by start; one that is in both is taken once. */
export function merged<O extends OccurrenceOverride>(
  sequence: Occurrences<O>,
  list: readonly Occurrence<O>[],
): Occurrences<O> {
  return list.length === 0 ? sequence : mergedLazily(sequence, list);
}

/** The occurrences of a sequence whose original start a set does not hold. */
export function except<O extends OccurrenceOverride>(
  sequence: Occurrences<O>,
  originalStarts: { readonly size: number; has(originalStart: Instant): boolean },
): Occurrences<O> {
  return originalStarts.size === 0 ? sequence : exceptLazily(sequence, originalStarts);
}

function* mergedLazily<O extends OccurrenceOverride>(
  sequence: Occurrences<O>,
  list: readonly Occurrence<O>[],
): Generator<Occurrence<O>, void, undefined> {
  let index = 0;
  for (const occurrence of sequence) {
    while (index < list.length && compare(list[index], occurrence) < 0) yield list[index++];
    if (index < list.length && compare(list[index], occurrence) === 0) index += 1;
    yield occurrence;
  }
  yield* list.slice(index);
}

function* exceptLazily<O extends OccurrenceOverride>(
  sequence: Occurrences<O>,
  originalStarts: { has(originalStart: Instant): boolean },
): Generator<Occurrence<O>, void, undefined> {
  for (const occurrence of sequence) {
    if (!originalStarts.has(occurrence.originalStart)) yield occurrence;
  }
}

function compare(a: Occurrence, b: Occurrence): number {
  return a.start - b.start || a.originalStart - b.originalStart;
}
