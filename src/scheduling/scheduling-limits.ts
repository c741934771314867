import type { BlockingRule } from '../calendar/availability/availability.js';
import type { PendingPolicy } from '../calendar/availability/free-busy.js';
import { LONGEST_BUFFER, MOST_SUGGESTIONS } from '../calendar/availability/free-interval-query.js';
import { DAY, SECOND } from '../calendar/time/civil-time.js';

/** As many as fit a meeting; each costs a scan of an index and a sorted stream. */
export const MAX_USERS = 100;

export const PENDING_POLICIES = ['busy', 'free'] as const satisfies readonly PendingPolicy[];

/** Seconds in a year: nobody is free for longer in a search of a year. */
export const MAX_DURATION = 366 * 86_400;

/** Seconds: a grid of the wall clock begins anew each midnight. */
export const MAX_STEP = DAY / SECOND;

/** Seconds. */
export const MAX_BUFFER = LONGEST_BUFFER / SECOND;

export const MAX_SUGGESTIONS = MOST_SUGGESTIONS;

/** Half a year: what is planned in earnest. Each day of it is a look at each attendee's calendar. */
export const CONFLICT_HORIZON_DAYS = 183;

/** More than anybody resolves one by one. */
export const MAX_CONFLICTS = 100;

/** What happens to an event whose time is taken. */
export const CONFLICT_POLICIES = ['allow', 'reject'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

export const BLOCKING_RULES = [
  'busy',
  'buffer',
  'outside_working_hours',
] as const satisfies readonly BlockingRule[];

/** The size of a response of some 2 MB: a user who is busy every hour for half a year, ten times over. */
export const MAX_BUSY_INTERVALS = 40_000;

/**
 * Occurrences that are worked on at a time, counted for each user whose time they take: a megabyte or two, and some
 * milliseconds for the steps of a search that cannot pause.
 */
export const OCCURRENCES_IN_PART = 10_000;

/** One statement reads the calendars of so many users: parsing its result does not keep the process for long. */
export const USERS_OF_ONE_READ = 50;
