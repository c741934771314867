import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { MAX_USER_NAME_LENGTH } from '../../auth/model/user-limits.js';
import { jsonListColumn } from '../../database/json-list-column.js';
import { MAX_EMAIL_LENGTH } from '../../platform/mail/email-address.js';
import type { DoubleBooking } from '../model/double-booking.js';
import type { Invitations } from '../model/invitations.js';
import type { Reminder } from '../model/reminder.js';
import {
  fromStoredReminder,
  fromStoredWorkingHours,
  toStoredReminder,
  toStoredWorkingHours,
} from '../model/stored/stored-settings.js';
import type { UserRecord, WorkingHoursRow } from '../model/user-record.js';

/**
 * The table of users. `auth/` stands below this module; its statements read and write the columns of the account:
 * `email`, `normalised_email`, `email_verified_at`, `generation`, `password_hash` and `protected`.
 */
@Entity('users')
@Index('users_email_key', ['normalisedEmail'], { unique: true })
@Index('users_unicode_domain_idx', { synchronize: false })
@Check('users_name_length', `char_length("name") BETWEEN 1 AND ${MAX_USER_NAME_LENGTH}`)
@Check('users_email_length', `char_length("email") BETWEEN 3 AND ${MAX_EMAIL_LENGTH}`)
@Check('users_protected', `"protected" OR "password_hash" IS NULL`)
@Check('users_double_booking', `"double_booking" IN ('allow', 'reject')`)
@Check('users_invitations', `"invitations" IN ('all', 'known', 'none')`)
export class User implements UserRecord {
  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'users_pkey',
  })
  id!: number;

  @Column('text')
  name!: string;

  @Column('text')
  email!: string;

  @Column('text', { name: 'normalised_email', nullable: true })
  normalisedEmail!: string | null;

  @Column({ name: 'email_verified_at', type: 'timestamptz', precision: 3, nullable: true })
  emailVerifiedAt!: Date | null;

  @Column('integer', { default: 0 })
  generation!: number;

  @Column('text', { name: 'time_zone', default: 'UTC' })
  timeZone!: string;

  @Column('jsonb', {
    name: 'working_hours',
    nullable: true,
    transformer: jsonListColumn(toStoredWorkingHours, fromStoredWorkingHours),
  })
  workingHours!: readonly WorkingHoursRow[] | null;

  @Column('jsonb', {
    name: 'default_reminders',
    default: [],
    transformer: jsonListColumn(toStoredReminder, fromStoredReminder),
  })
  defaultReminders!: readonly Reminder[];

  /** Only the queries of `CredentialsRepository` select this column. */
  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash?: string | null;

  @Column('boolean', { default: false })
  protected!: boolean;

  @Column('text', { name: 'double_booking', default: 'allow' })
  doubleBooking!: DoubleBooking;

  @Column('text', { default: 'all' })
  invitations!: Invitations;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
