import { CalendarError } from '../calendar-error.js';
import type { Interval } from '../intervals/interval.js';
import { lengthOf } from '../intervals/interval.js';
import { DAY } from '../time/civil-time.js';
import type { TimeZone } from '../time/time-zone.js';
import type { WallClockGrid } from '../time/wall-clock-grid.js';
import type { WorkingHours } from './working-hours.js';

/** Someone whose time is asked for. */
export interface Participant {
  readonly id: number;
  /** Null where any time is working time, or working hours are to be ignored. */
  readonly workingHours: WorkingHours | null;
  /** The zone in which the working hours are meant. */
  readonly timeZone: TimeZone;
  /** Whether the search may pass over this participant; it then only tells whether they can attend. */
  readonly optional: boolean;
}

/** What a common free interval must be like; all lengths are milliseconds. */
export interface FreeIntervalQuery {
  /** Where the suggestions must lie, from start to end; its start is the first one tried, so a whole second. */
  readonly window: Interval;
  /** How long a suggestion lasts; more than 0. */
  readonly duration: number;
  /** Where suggestions may start; null for anywhere. */
  readonly step: WallClockGrid | null;
  /** What must be free of busy time before a suggestion; working hours need not reach there. */
  readonly bufferBefore: number;
  /** What must be free of busy time after a suggestion; working hours need not reach there. */
  readonly bufferAfter: number;
  /** How many participants who are not optional must be able to attend; null for all of them. */
  readonly minAttending: number | null;
  /** How many suggestions are asked for; at least 1. */
  readonly limit: number;
}

/** Five years: nobody plans further ahead, and a search that finds nothing reads all of it. */
export const MAX_SEARCH_WINDOW = 5 * 366 * DAY;

/** More than anybody reads; each one costs a look at every participant. */
export const MAX_SUGGESTIONS = 100;

/** Every window read from a calendar is wider by the buffers, so they stay shorter than the first one. */
export const MAX_BUFFER = DAY;

/**
 * Refuses a query that has no meaning for these participants or would cost too much. A window too short for the
 * duration is sound: its answer is that there is no such interval.
 *
 * @throws CalendarError `invalid_free_interval_query` or `free_interval_limit_exceeded`
 * @example checkFreeIntervalQuery(query, participants);
 */
export function checkFreeIntervalQuery(query: FreeIntervalQuery, participants: readonly Participant[]): void {
  const { window, duration, step, bufferBefore, bufferAfter, minAttending, limit } = query;
  const required = participants.filter(({ optional }) => !optional).length;
  demand(window.start <= window.end, 'The window must not end before it starts.');
  demand(isWholePositive(duration), 'The duration must be longer than nothing.');
  demand(
    step === null || (isWholePositive(step.period) && step.period <= DAY),
    'The step must be at most a day.',
  );
  demand(isWhole(bufferBefore) && isWhole(bufferAfter), 'A buffer must not be negative.');
  demand(isWholePositive(limit), 'At least one suggestion must be asked for.');
  demand(required > 0, 'At least one participant must not be optional.');
  demand(
    new Set(participants.map(({ id }) => id)).size === participants.length,
    'A participant is named twice.',
  );
  demand(
    minAttending === null || (isWholePositive(minAttending) && minAttending <= required),
    `The least number attending must be 1 to ${required}, the participants who are not optional.`,
  );
  allow(lengthOf(window) <= MAX_SEARCH_WINDOW, `A search covers at most ${MAX_SEARCH_WINDOW / DAY} days.`);
  allow(limit <= MAX_SUGGESTIONS, `A search gives at most ${MAX_SUGGESTIONS} suggestions.`);
  allow(Math.max(bufferBefore, bufferAfter) <= MAX_BUFFER, 'A buffer is at most a day.');
}

function demand(condition: boolean, otherwise: string): void {
  if (!condition) throw new CalendarError('invalid', 'invalid_free_interval_query', otherwise);
}

function allow(condition: boolean, otherwise: string): void {
  if (!condition) throw new CalendarError('limit-exceeded', 'free_interval_limit_exceeded', otherwise);
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isWholePositive(value: number): boolean {
  return isWhole(value) && value > 0;
}
