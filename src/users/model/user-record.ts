import type { Metadata } from '../../platform/values/metadata.js';
import type { DoubleBooking } from './double-booking.js';
import type { Invitations } from './invitations.js';
import type { Reminder } from './reminder.js';

/** A row of working hours: ISO weekdays, and times of day in the user's zone. */
export interface WorkingHoursRow {
  readonly daysOfWeek: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** The hours of one date, which replace the rows of working hours that start on it. */
export interface AvailabilityOverrideRow {
  /** A civil date in the user's zone. */
  readonly date: string;
  /** Times of day in the user's zone; `[]`: no hours. */
  readonly intervals: readonly { readonly from: string; readonly to: string }[];
}

/** A time in which the user is away. */
export interface AwayRow {
  /** A civil date in the user's zone, or an instant in UTC. */
  readonly from: string;
  /** Of the same kind as `from`, and exclusive. */
  readonly to: string;
  /** Null: the user gives none. */
  readonly reason: string | null;
}

/** A person, or a room or a piece of equipment, whose time is booked like a person's. */
export const USER_KINDS = ['person', 'room', 'equipment'] as const;

export type UserKind = (typeof USER_KINDS)[number];

/** The users that are no persons. They never sign in. */
export const RESOURCE_KINDS = ['room', 'equipment'] as const satisfies readonly UserKind[];

export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** A user as the database stores it, without the hash of the password. */
export interface UserRecord {
  readonly tenantId: number;
  readonly id: number;
  readonly name: string;
  /** As the client wrote it. */
  readonly email: string;
  /**
   * The result of `normalisedEmail`, unique. Null if an older user has the same normalised address, or if a verified
   * identity took the address away: the service then does not find the user by address.
   */
  readonly normalisedEmail: string | null;
  /** When an identity provider or a mailed token confirmed the address; null: never. */
  readonly emailVerifiedAt: Date | null;
  /** Part of each session and access token of the user. If the number rises, they end. */
  readonly generation: number;
  /** The IANA name. */
  readonly timeZone: string;
  /** Null: any time. */
  readonly workingHours: readonly WorkingHoursRow[] | null;
  /** By date. */
  readonly availabilityOverrides: readonly AvailabilityOverrideRow[];
  /** In the order in which the user gave them. */
  readonly away: readonly AwayRow[];
  /** The reminders of an event for which the user has set none. */
  readonly defaultReminders: readonly Reminder[];
  /** Whether the user can log in, so that only the user's own token may act for the user. */
  readonly protected: boolean;
  readonly doubleBooking: DoubleBooking;
  readonly invitations: Invitations;
  readonly kind: UserKind;
  /** The product's own id of the user, unique in the tenant; null: none. */
  readonly externalId: string | null;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function isResource({ kind }: Pick<UserRecord, 'kind'>): boolean {
  return kind !== 'person';
}
