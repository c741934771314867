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
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import { jsonListColumn } from '../../database/json-list-column.js';
import { MAX_EXTERNAL_ID_LENGTH } from '../../platform/values/external-id.js';
import type { Metadata } from '../../platform/values/metadata.js';
import type { Reminder } from '../../users/model/reminder.js';
import { fromStoredReminder, toStoredReminder } from '../../users/model/stored/stored-settings.js';
import { User } from '../../users/store/user.entity.js';
import type { EventsAtDeletion } from '../model/calendar-deletion.js';
import { MAX_CALENDAR_NAME_LENGTH } from '../model/calendar-limits.js';
import type { CalendarRecord } from '../model/calendar-record.js';

/**
 * The table of calendars. Each user has one primary calendar from the transaction that creates the user on. Triggers add
 * it for a user that an instance of the version before creates, and put an attendee without a calendar into it.
 */
@Entity('calendars')
@Unique('calendars_user_id_id_key', ['tenantId', 'userId', 'id'])
@Index('calendars_primary_key', ['tenantId', 'userId'], { unique: true, where: 'is_primary' })
@Index('calendars_not_busy_idx', ['tenantId', 'userId'], { where: 'NOT counts_as_busy' })
@Index('calendars_deleted_at_idx', ['deletedAt'], { where: 'deleted_at IS NOT NULL' })
@Index('calendars_external_id_key', ['tenantId', 'externalId'], {
  unique: true,
  where: 'external_id IS NOT NULL',
})
@Check('calendars_name_length', `char_length("name") BETWEEN 1 AND ${MAX_CALENDAR_NAME_LENGTH}`)
@Check('calendars_external_id_length', `char_length("external_id") BETWEEN 1 AND ${MAX_EXTERNAL_ID_LENGTH}`)
@Check(
  'calendars_deletion',
  `("deleted_at" IS NULL) = ("events_at_deletion" IS NULL) AND NOT ("is_primary" AND "deleted_at" IS NOT NULL)`,
)
@Check('calendars_events_at_deletion', `"events_at_deletion" IN ('delete', 'move')`)
export class Calendar implements CalendarRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'calendars_pkey' })
  tenantId!: number;

  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'calendars_pkey',
  })
  id!: number;

  @Column('integer', { name: 'user_id' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'calendars_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'calendars_user_id_fkey' },
  ])
  user?: User;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  color!: string | null;

  @Column('text', { name: 'time_zone', nullable: true })
  timeZone!: string | null;

  @Column('boolean', { name: 'counts_as_busy', default: true })
  countsAsBusy!: boolean;

  @Column('jsonb', {
    name: 'default_reminders',
    nullable: true,
    transformer: jsonListColumn(toStoredReminder, fromStoredReminder),
  })
  defaultReminders!: readonly Reminder[] | null;

  @Column('boolean', { name: 'is_primary', default: false })
  isPrimary!: boolean;

  @Column('integer', { default: 0 })
  position!: number;

  @Column('boolean', { name: 'read_only', default: false })
  readOnly!: boolean;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('jsonb', { default: {} })
  metadata!: Metadata;

  /** When the calendar was deleted; null: not at all. Its events end or move in steps, and then the row goes. */
  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt!: Date | null;

  @Column('text', { name: 'events_at_deletion', nullable: true })
  eventsAtDeletion!: EventsAtDeletion | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
