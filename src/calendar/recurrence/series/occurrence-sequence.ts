import type { Instant } from '../../time/civil-time.js';
import type { Occurrence, Override } from './event-series.js';

/**
 * Bounds of occurrences: they start at `startsFrom` or later, start before `startsBefore`, and end after `endsAfter` or
 * start at it, as an occurrence without a length may. Any of the three may be infinite.
 */
export interface OccurrenceBounds {
  readonly startsFrom: Instant;
  readonly startsBefore: Instant;
  readonly endsAfter: Instant;
}

type Occurrences<O extends Override> = Iterable<Occurrence<O>>;

/**
 * The occurrences of a list that are in bounds, in the order of the list.
 * @example within(series.rdates, { startsFrom: -Infinity, startsBefore: monday, endsAfter: friday })
 */
export function within<O extends Override>(
  list: readonly Occurrence<O>[],
  { startsFrom, startsBefore, endsAfter }: OccurrenceBounds,
): readonly Occurrence<O>[] {
  if (list.length === 0) return list;
  return list.filter(
    ({ start, end }) =>
      start >= startsFrom && start < startsBefore && (end > endsAfter || start === endsAfter),
  );
}

/**
 * The occurrences of a sequence and of a list, both in the order of start, then original start. An occurrence of both
 * comes once, as the object of the sequence. Reads the sequence only as far as the result is read.
 * @example [...merged(ruleOccurrences, rdates)]
 */
export function merged<O extends Override>(
  sequence: Occurrences<O>,
  list: readonly Occurrence<O>[],
): Occurrences<O> {
  return list.length === 0 ? sequence : mergedLazily(sequence, list);
}

function* mergedLazily<O extends Override>(
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

function compare(a: Occurrence, b: Occurrence): number {
  return a.start - b.start || a.originalStart - b.originalStart;
}
