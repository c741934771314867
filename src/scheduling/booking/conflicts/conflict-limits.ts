/**
 * For series that no conflict refuses. Half a year: people rarely plan further ahead. The search reads each day of the horizon in
 * each attendee's calendar.
 */
export const CONFLICT_HORIZON_DAYS = 183;

/** As many as EXDATEs of one request: every list of every attendee reads those near its window. */
export const MAX_SKIPPED_OCCURRENCES = 1_000;

/** A person does not resolve more conflicts one by one. */
export const MAX_CONFLICTS = 100;
