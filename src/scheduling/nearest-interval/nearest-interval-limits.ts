import type { BlockingRule } from '../../calendar/availability/availability.js';
import { MAX_DAYS_IN_YEAR } from '../../calendar/recurrence/rule/rule-limits.js';
import { DAY, SECOND } from '../../calendar/time/civil-time.js';

/** Seconds in a year: a search covers a year, so that no user is free for longer. */
export const MAX_DURATION_SECONDS = (MAX_DAYS_IN_YEAR * DAY) / SECOND;

/** Milliseconds: the length of a search without `to`. */
export const DEFAULT_SEARCH_WINDOW_MS = 365 * DAY;

/** Seconds: the grid of the wall clock starts again at each midnight. */
export const MAX_STEP_SECONDS = DAY / SECOND;

export const BLOCKING_RULES = [
  'busy',
  'hold',
  'buffer',
  'outside_working_hours',
  'calendar_not_shared',
] as const satisfies readonly BlockingRule[];
