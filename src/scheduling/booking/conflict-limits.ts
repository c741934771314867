/** Half a year: people rarely plan further ahead. The search reads each day of it in each attendee's calendar. */
export const CONFLICT_HORIZON_DAYS = 183;

/** More than a person resolves one by one. */
export const MAX_CONFLICTS = 100;
