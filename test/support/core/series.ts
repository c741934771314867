import { CalendarError } from '../../../src/calendar/calendar-error.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { parseRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import {
  compileSeries,
  type EventSeries,
  type Occurrence,
  type Override,
  type SeriesDefinition,
} from '../../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn, visitRunsIn } from '../../../src/calendar/recurrence/series/recurrence-set.js';
import { formatCivilTime, type Instant, parseCivilTime } from '../../../src/calendar/time/civil-time.js';
import type { Length } from '../../../src/calendar/time/length.js';

/** A series as a test writes it: civil times as text, in UTC and an hour long by default. */
export interface SeriesText {
  start: string;
  rule?: string;
  timeZone?: string;
  allDay?: boolean;
  length?: Length;
  rdates?: string[];
  exdates?: string[];
  overrides?: Override[];
}

export function seriesOf(text: SeriesText): SeriesDefinition {
  const allDay = text.allDay ?? false;
  return series(text.rule ?? null, {
    start: parseCivilTime(text.start),
    timeZone: text.timeZone ?? 'UTC',
    allDay,
    length: text.length ?? (allDay ? { days: 1 } : { seconds: 3_600 }),
    rdates: (text.rdates ?? []).map(parseCivilTime),
    exdates: (text.exdates ?? []).map(parseCivilTime),
    overrides: text.overrides ?? [],
  });
}

/** A series of an hour from Tuesday, 6 September 2022 at 09:00 in UTC, with these differences. */
export function series(rule: string | null, differences: Partial<SeriesDefinition> = {}): SeriesDefinition {
  return {
    start: parseCivilTime('2022-09-06T09:00:00'),
    timeZone: 'UTC',
    allDay: false,
    length: { seconds: 3_600 },
    rule: rule === null ? null : parseRecurrenceRule(rule),
    rdates: [],
    exdates: [],
    overrides: [],
    ...differences,
  };
}

/** The first occurrences of a series, at most `limit`. */
export function occurrences(text: SeriesText, limit = 1_000, window = ALWAYS): Occurrence[] {
  const found: Occurrence[] = [];
  for (const occurrence of occurrencesIn(compileSeries(seriesOf(text)), window)) {
    if (found.length === limit) break;
    found.push(occurrence);
  }
  return found;
}

const ALWAYS: Interval = { start: -Infinity, end: Infinity };

/** The occurrences of a window as the busy time of users reads them, in columns; by start, then by original start. */
export function occurrencesOfRuns<O extends Override>(
  compiled: EventSeries<O>,
  window: Interval,
): Occurrence<O>[] {
  const found: Occurrence<O>[] = [];
  visitRunsIn(compiled, window, ({ from, to, starts, ends, originalCivilStarts, override }) => {
    for (let index = from; index < to; index += 1) {
      const originalCivilStart = originalCivilStarts[index];
      const originalStart = compiled.zone.toInstant(originalCivilStart);
      found.push({ start: starts[index], end: ends[index], originalStart, originalCivilStart, override });
    }
  });
  return found.toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart);
}

/** The starts of the same. */
export function startsIn(compiled: EventSeries, window: Interval): Instant[] {
  return occurrencesOfRuns(compiled, window).map(({ start }) => start);
}

export function windowOf(start: string, end: string): Interval {
  return { start: Date.parse(start), end: Date.parse(end) };
}

/** Starts as UTC text, such as 2022-09-06T14:16:47Z. */
export function startsOf(found: readonly Occurrence[]): string[] {
  return found.map(({ start }) => `${formatCivilTime(start)}Z`);
}

/** The civil times by which the series names its occurrences. */
export function civilStartsOf(found: readonly Occurrence[]): string[] {
  return found.map(({ originalCivilStart }) => formatCivilTime(originalCivilStart));
}

/** The domain error that a call ends in; any other outcome fails the test. */
export function errorOf(call: () => unknown): CalendarError {
  try {
    call();
  } catch (error) {
    if (error instanceof CalendarError) return error;
    throw error;
  }
  throw new Error('no error');
}
