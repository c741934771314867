import type { BlockingRule } from '../../calendar/availability/availability.js';
import { MAX_BUFFER as MAX_BUFFER_MS } from '../../calendar/availability/free-interval-query.js';
import { DAY, SECOND } from '../../calendar/time/civil-time.js';

/** Seconds in a year: a search covers a year, so that no user is free for longer. */
export const MAX_DURATION = 366 * 86_400;

/** Seconds: the grid of the wall clock starts again at each midnight. */
export const MAX_STEP = DAY / SECOND;

/** Seconds. */
export const MAX_BUFFER = MAX_BUFFER_MS / SECOND;

export const BLOCKING_RULES = [
  'busy',
  'buffer',
  'outside_working_hours',
] as const satisfies readonly BlockingRule[];
