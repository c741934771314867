/** Half a year: people rarely plan further ahead. The search reads each day of it in each attendee's calendar. */
export const CONFLICT_HORIZON_DAYS = 183;

/** More than a person resolves one by one. */
export const MAX_CONFLICTS = 100;

/** Whether the service saves an event at whose time an attendee is busy. */
export const CONFLICT_POLICIES = ['allow', 'reject'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];
