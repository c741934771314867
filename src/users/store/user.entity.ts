import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { MAX_USER_NAME_LENGTH } from '../../auth/model/user-limits.js';
import { jsonListColumn } from '../../database/json-list-column.js';
import { MAX_EMAIL_LENGTH } from '../../platform/mail/email-address.js';
import { MAX_EXTERNAL_ID_LENGTH } from '../../platform/values/external-id.js';
import type { Metadata } from '../../platform/values/metadata.js';
import type { DoubleBooking } from '../model/double-booking.js';
import type { Invitations } from '../model/invitations.js';
import type { Reminder } from '../model/reminder.js';
import {
  fromStoredReminder,
  fromStoredWorkingHours,
  toStoredReminder,
  toStoredWorkingHours,
} from '../model/stored/stored-settings.js';
import type {
  AvailabilityOverrideRow,
  AwayRow,
  UserKind,
  UserRecord,
  WorkingHoursRow,
} from '../model/user-record.js';

/**
 * The table of users. `auth/` stands below this module; its statements read and write the columns of the account:
 * `email`, `normalised_email`, `email_verified_at`, `generation`, `password_hash` and `protected`.
 */
@Entity('users')
@Index('users_email_key', ['tenantId', 'normalisedEmail'], { unique: true })
@Index('users_external_id_key', ['tenantId', 'externalId'], {
  unique: true,
  where: 'external_id IS NOT NULL',
})
@Index('users_before_tenants_key', { synchronize: false })
@Index('users_unicode_domain_idx', { synchronize: false })
@Check('users_name_length', `char_length("name") BETWEEN 1 AND ${MAX_USER_NAME_LENGTH}`)
@Check('users_email_length', `char_length("email") BETWEEN 3 AND ${MAX_EMAIL_LENGTH}`)
@Check('users_protected', `"protected" OR "password_hash" IS NULL`)
@Check('users_double_booking', `"double_booking" IN ('allow', 'reject')`)
@Check('users_kind', `"kind" IN ('person', 'room', 'equipment')`)
@Check('users_external_id_length', `char_length("external_id") BETWEEN 1 AND ${MAX_EXTERNAL_ID_LENGTH}`)
@Check('users_invitations', `"invitations" IN ('all', 'known', 'none')`)
export class User implements UserRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'users_pkey' })
  tenantId!: number;

  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'users_pkey',
  })
  id!: number;

  /** A foreign key alone. The relation names the entity, since `tenants/` stands above this module. */
  @ManyToOne('Tenant')
  @JoinColumn({ name: 'tenant_id', foreignKeyConstraintName: 'users_tenant_id_fkey' })
  tenant?: unknown;

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

  @Column('jsonb', { name: 'availability_overrides', default: [] })
  availabilityOverrides!: readonly AvailabilityOverrideRow[];

  @Column('jsonb', { default: [] })
  away!: readonly AwayRow[];

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

  @Column('text', { default: 'person' })
  kind!: UserKind;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('jsonb', { default: {} })
  metadata!: Metadata;

  /** When the user was deleted; null: not at all. No query finds a deleted user by id, by address or by external id. */
  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
