import type { UserRecord } from './user-record.js';

/** The columns of a user that decide when the user is at work, or the room is open. */
export type OwnerOfHours = Pick<UserRecord, 'timeZone' | 'workingHours' | 'availabilityOverrides'>;

/** The columns of a user that scheduling needs. */
export interface CalendarOwner extends OwnerOfHours, Pick<UserRecord, 'id' | 'kind' | 'away'> {}
