import type { BlockingRule } from '../calendar/availability.js';
import type { PendingPolicy } from '../calendar/free-busy.js';

/** As many as fit a meeting; each costs a scan of an index and a sorted stream. */
export const MAX_USERS = 100;

export const PENDING_POLICIES = ['busy', 'free'] as const satisfies readonly PendingPolicy[];

/** Seconds in a year: nobody is free for longer in a search of a year. */
export const MAX_DURATION = 366 * 86_400;

export const BLOCKING_RULES = [
  'busy',
  'buffer',
  'outside_working_hours',
] as const satisfies readonly BlockingRule[];
