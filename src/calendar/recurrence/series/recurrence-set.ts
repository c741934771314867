import { CalendarError } from '../../calendar-error.js';
import type { Interval } from '../../intervals/interval.js';
import { DAY, type Instant } from '../../time/civil-time.js';
import type { EventSeries, Occurrence, Override } from './event-series.js';
import { type OccurrenceRun, runOf, visitRuleRuns, yieldsStart } from './occurrence-run.js';
import { merged, type OccurrenceBounds, within } from './occurrence-sequence.js';
import { RuleOccurrences } from './rule-occurrences.js';

/** Which occurrences of a window a query returns; by default all that take place. */
export interface OccurrenceChoice {
  /** Omits occurrences that start before this instant, and does not expand them. Absent: omits none. */
  readonly startsFrom?: Instant;
  /** Adds the occurrences that an override cancelled, at their time before the override. */
  readonly cancelled?: boolean;
}

/**
 * The longest window of a request, and of one read of occurrences, in milliseconds. A year and a month: a view of a
 * calendar shows no more at once. `MAX_SEARCH_WINDOW` bounds a search, which reads its window in blocks.
 */
export const MAX_WINDOW = 400 * DAY;

/** Six a day for more than a year: a response with more is a mistake or an attack. */
export const MAX_OCCURRENCES = 2_500;

const ALWAYS: Interval = { start: -Infinity, end: Infinity };

/**
 * The occurrences of a series that overlap a half-open window, by start, then by original start. The series is expanded
 * only as far as the result is read. An occurrence without a length is in the window if its start is. An empty window
 * means its instant: the result has the occurrences that start at it, or before it and end after it. A window that ends before it starts has no occurrences. Either end may be infinite.
 * @example [...occurrencesIn(compileSeries(definition), { start: monday, end: nextMonday })]
 */
export function occurrencesIn<O extends Override>(
  series: EventSeries<O>,
  window: Interval,
  { startsFrom = -Infinity, cancelled = false }: OccurrenceChoice = {},
): Iterable<Occurrence<O>> {
  if (window.end < window.start) return [];
  const bounds = boundsOf(window, startsFrom);
  const taking = recurrenceSet(series, bounds);
  return cancelled ? merged(taking, within(series.cancellations, bounds)) : taking;
}

/**
 * Calls `visit` with the occurrences of `occurrencesIn`, in columns. Each run is by start, but the runs are not. The call
 * costs less than half of `occurrencesIn`.
 * @example visitRunsIn(series, window, ({ from, to }) => { count += to - from; })
 */
export function visitRunsIn<O extends Override>(
  series: EventSeries<O>,
  window: Interval,
  visit: (run: OccurrenceRun<O>) => void,
): void {
  if (window.end < window.start) return;
  const bounds = boundsOf(window, -Infinity);
  visitRuleRuns(series, bounds, visit);
  for (const occurrence of within(series.besideRule, bounds))
    if (occurrence.override !== null || !yieldsStart(series, occurrence.start)) visit(runOf(occurrence));
}

/**
 * The occurrence of `occurrencesIn` that follows `count` others, or null if there are no more. The call costs a
 * fraction of reading them.
 * @example occurrenceAfter(series, window, 2_500) // null: a response can hold them all
 */
export function occurrenceAfter<O extends Override>(
  series: EventSeries<O>,
  window: Interval,
  count: number,
  choice: OccurrenceChoice = {},
): Occurrence<O> | null {
  const occurrences = occurrencesIn(series, window, choice);
  let left = count;
  if (occurrences instanceof RuleOccurrences) {
    occurrences.skip(count);
    left = 0;
  }
  for (const occurrence of occurrences) {
    if (left === 0) return occurrence;
    left -= 1;
  }
  return null;
}

function boundsOf({ start, end }: Interval, startsFrom: Instant): OccurrenceBounds {
  return { startsFrom, startsBefore: end === start ? end + 1 : end, endsAfter: start };
}

/** RFC 5545 §3.8.5: ({DTSTART} ∪ RRULE ∪ RDATE) − EXDATE − overridden, ∪ overrides by their own start. */
function recurrenceSet<O extends Override>(
  series: EventSeries<O>,
  bounds: OccurrenceBounds,
): Iterable<Occurrence<O>> {
  return merged(ruleOccurrences(series, bounds), within(series.besideRule, bounds));
}

/**
 * The occurrences of a window as a list, within the limits of one response.
 * @throws CalendarError `window_too_long` beyond `MAX_WINDOW`, `too_many_occurrences` beyond `MAX_OCCURRENCES`
 * @example listOccurrences(series, { start: monday, end: nextMonday })
 */
export function listOccurrences<O extends Override>(
  series: EventSeries<O>,
  window: Interval,
  choice: OccurrenceChoice = {},
): Occurrence<O>[] {
  if (window.end - window.start > MAX_WINDOW) {
    throw new CalendarError(
      'limit-exceeded',
      'window_too_long',
      `A window is at most ${MAX_WINDOW / DAY} days long.`,
    );
  }
  const occurrences: Occurrence<O>[] = [];
  for (const occurrence of occurrencesIn(series, window, choice)) {
    if (occurrences.length === MAX_OCCURRENCES) {
      throw new CalendarError(
        'limit-exceeded',
        'too_many_occurrences',
        `The series has more than ${MAX_OCCURRENCES} occurrences in the window; ask for a shorter one.`,
      );
    }
    occurrences.push(occurrence);
  }
  return occurrences;
}

/**
 * The first occurrence that takes place, or null if there is none.
 * @example firstOccurrence(series)?.start
 */
export function firstOccurrence<O extends Override>(series: EventSeries<O>): Occurrence<O> | null {
  for (const occurrence of occurrencesIn(series, ALWAYS)) return occurrence;
  return null;
}

/**
 * The occurrence that the series itself starts at an instant, even if an override has moved it. Null if there is none
 * or EXDATE removes it. A cancelled occurrence comes with its override, whose `cancelled` is true, so that a caller can
 * restore it; `occurrencesIn` does not return it.
 * @example occurrenceAt(series, originalStart)?.override?.cancelled
 */
export function occurrenceAt<O extends Override>(
  series: EventSeries<O>,
  originalStart: Instant,
): Occurrence<O> | null {
  const overridden = series.overrides.get(originalStart);
  if (overridden) return overridden;
  for (const occurrence of occurrencesIn(series, { start: originalStart, end: originalStart }))
    if (occurrence.originalStart === originalStart) return occurrence;
  return null;
}

function ruleOccurrences<O extends Override>(
  series: EventSeries<O>,
  bounds: OccurrenceBounds,
): Iterable<Occurrence<O>> {
  return series.ruleStarts ? new RuleOccurrences(series, series.ruleStarts, bounds, series.exceptions) : [];
}
