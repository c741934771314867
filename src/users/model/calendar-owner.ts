import type { UserRecord } from './user-record.js';

/** The columns of a user that scheduling needs. */
export type CalendarOwner = Pick<UserRecord, 'id' | 'kind' | 'timeZone' | 'workingHours'>;
