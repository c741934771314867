/**
 * For series that no conflict refuses. Half a year: people rarely plan further ahead. The search reads each day of the horizon in
 * each attendee's calendar.
 */
export const CONFLICT_HORIZON_DAYS = 183;

/** A person does not resolve more conflicts one by one. */
export const MAX_CONFLICTS = 100;
