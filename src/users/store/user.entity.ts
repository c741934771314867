import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import type { DoubleBooking } from '../model/double-booking.js';
import type { Invitations } from '../model/invitations.js';
import type { Reminder } from '../model/reminder.js';

/** A row of working hours as it is kept: ISO weekdays, and times of day in the user's zone. */
export interface WorkingHoursRow {
  days_of_week: number[];
  from: string;
  to: string;
}

@Entity('users')
@Index('users_email_key', ['normalisedEmail'], { unique: true })
@Index('users_unicode_domain_idx', { synchronize: false })
@Check('users_name_length', `char_length("name") BETWEEN 1 AND 200`)
@Check('users_email_length', `char_length("email") BETWEEN 3 AND 254`)
@Check('users_protected', `"protected" OR "password_hash" IS NULL`)
@Check('users_double_booking', `"double_booking" IN ('allow', 'reject')`)
@Check('users_invitations', `"invitations" IN ('all', 'known', 'none')`)
export class User {
  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'users_pkey',
  })
  id!: number;

  @Column('text')
  name!: string;

  /** As the client wrote it. */
  @Column('text')
  email!: string;

  /**
   * What `normalisedEmail` makes of the address, unique. Null if an older user has the same normalised address, or if a
   * verified identity took the address away: the service then does not find the user by address.
   */
  @Column('text', { name: 'normalised_email', nullable: true })
  normalisedEmail!: string | null;

  /** When an identity provider or a mailed token confirmed the address; null: nothing has. */
  @Column({ name: 'email_verified_at', type: 'timestamptz', precision: 3, nullable: true })
  emailVerifiedAt!: Date | null;

  /** Part of each session and access token of the user: they end when it rises. */
  @Column('integer', { default: 0 })
  generation!: number;

  @Column('text', { name: 'time_zone', default: 'UTC' })
  timeZone!: string;

  /** Null: any time. */
  @Column('jsonb', { name: 'working_hours', nullable: true })
  workingHours!: WorkingHoursRow[] | null;

  /** What reminds the user of an event for which nothing else was said. */
  @Column('jsonb', { name: 'default_reminders', default: [] })
  defaultReminders!: Reminder[];

  /** Read by what checks passwords alone. */
  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash?: string | null;

  /** Whether the user can log in, so that their own token alone acts for them. */
  @Column('boolean', { default: false })
  protected!: boolean;

  @Column('text', { name: 'double_booking', default: 'allow' })
  doubleBooking!: DoubleBooking;

  /** The people whose unanswered invitations take the user's time. */
  @Column('text', { default: 'all' })
  invitations!: Invitations;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
