import type { ProductDataPatch } from '../../platform/values/product-data.js';
import type { DoubleBooking } from './double-booking.js';
import type { Invitations } from './invitations.js';
import type { NewReminder } from './reminder.js';
import type { AvailabilityOverrideRow, AwayRow, WorkingHoursRow } from './user-record.js';

/** Values that a user chooses. */
interface UserValues extends Required<ProductDataPatch> {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The name of an IANA zone, in any spelling that the core accepts. */
  readonly timeZone: string;
  /** Null or empty: any time. */
  readonly workingHours: readonly WorkingHoursRow[] | null;
  readonly availabilityOverrides: readonly AvailabilityOverrideRow[];
  readonly away: readonly AwayRow[];
  readonly doubleBooking: DoubleBooking;
  readonly invitations: Invitations;
  readonly defaultReminders: readonly NewReminder[];
}

/** Creates a user. The database has the defaults of absent values; without a password, the user cannot log in. */
export type NewUser = Pick<UserValues, 'name' | 'email'> & Partial<UserValues>;

/** Changes a user. Absent values stay. */
export interface UserPatch extends Partial<UserValues> {
  /** Proves that the caller may change the password or the address. */
  readonly currentPassword?: string;
}
