import { CalendarError } from '../calendar-error.js';
import type { Interval } from '../intervals/interval.js';
import { lengthOf } from '../intervals/interval.js';
import { DAY, HOUR } from '../time/civil-time.js';
import type { TimeZone } from '../time/time-zone.js';
import type { WallClockGrid } from '../time/wall-clock-grid.js';
import type { WorkingHours } from './working-hours.js';

/** A person whose time a search looks at. */
export interface Participant {
  readonly id: number;
  /** Null: any time is working time. */
  readonly workingHours: WorkingHours | null;
  /** The zone of the working hours. */
  readonly timeZone: TimeZone;
  /** Whether the participant blocks no suggestion; the answer only states whether they can attend. */
  readonly optional: boolean;
}

/** The conditions for a common free interval; all lengths are milliseconds. */
export interface FreeIntervalQuery {
  /** Encloses all suggestions. The search tries its start first, so it is a whole second. */
  readonly window: Interval;
  /** The length of a suggestion; more than 0. */
  readonly duration: number;
  /** The instants at which a suggestion may start; null: any. */
  readonly step: WallClockGrid | null;
  /** The time before a suggestion that must not be busy. It need not be working time. */
  readonly bufferBefore: number;
  /** The time after a suggestion that must not be busy. It need not be working time. */
  readonly bufferAfter: number;
  /** How many of the participants who are not optional must be able to attend; null: all of them. */
  readonly minAttending: number | null;
  /** The largest number of suggestions; at least 1. */
  readonly limit: number;
}

/** Milliseconds. People plan no further ahead than five years, and a search without a result reads all of it. */
export const MAX_SEARCH_WINDOW = 5 * 366 * DAY;

/** More than a person reads; each one costs a look at every participant. */
export const MAX_SUGGESTIONS = 100;

/** Milliseconds. The buffers widen every window that is read, so they are shorter than the first window. */
export const MAX_BUFFER = DAY;

/**
 * Refuses a query that has no meaning for these participants or costs too much. A window that is shorter than the duration
 * is valid; the answer is that there is no such interval.
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
    `The step must be at most ${DAY / HOUR} hours.`,
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
  allow(Math.max(bufferBefore, bufferAfter) <= MAX_BUFFER, `A buffer is at most ${MAX_BUFFER / HOUR} hours.`);
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
