import { BLOCKING_RULES } from '../../calendar/availability/availability.js';
import type { Preference, SuggestedStarts } from '../../calendar/availability/free-interval-query.js';
import type { RelaxableRule } from '../../calendar/availability/search/relaxable-rules.js';
import { MAX_DAYS_IN_YEAR } from '../../calendar/recurrence/rule/rule-limits.js';
import { DAY, MINUTE, SECOND } from '../../calendar/time/civil-time.js';

/** Seconds in a year: a search covers a year, so that no user is free for longer. */
export const MAX_DURATION_SECONDS = (MAX_DAYS_IN_YEAR * DAY) / SECOND;

/** Milliseconds: the length of a search without `to`. */
export const DEFAULT_SEARCH_WINDOW_MS = 365 * DAY;

/** Seconds: the grid of the wall clock starts again at each midnight. */
export const MAX_STEP_SECONDS = DAY / SECOND;

export const RELAXABLE_RULES = [...BLOCKING_RULES, 'pending'] as const satisfies readonly RelaxableRule[];

export const SUGGESTED_STARTS = ['separate', 'all'] as const satisfies readonly SuggestedStarts[];

export const PREFERENCES = ['earliest', 'compact', 'spread'] as const satisfies readonly Preference[];

/** Milliseconds: the step of a search that lists or orders all starts and names no step. */
export const DEFAULT_STEP_MS = 15 * MINUTE;
