import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Attendee } from '../../events/store/entities/attendee.entity.js';
import type { ReminderMethod } from '../../users/model/reminder.js';

/** A reminder of an attendee, and the occurrence that it is due for next: one row for a series of any length. */
@Entity('pending_reminders')
@Index('pending_reminders_before_tenants_key', { synchronize: false })
@Index('pending_reminders_due_at_idx', ['dueAt'])
@Index('pending_reminders_tenant_id_due_at_idx', ['tenantId', 'dueAt'])
@Index('pending_reminders_user_id_idx', ['tenantId', 'userId'])
@Check('pending_reminders_method', `"method" IN ('log', 'email', 'webhook')`)
@Check(
  'pending_reminders_original_start',
  String.raw`"original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`,
)
export class PendingReminder {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'pending_reminders_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'pending_reminders_pkey' })
  eventId!: number;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'pending_reminders_pkey' })
  userId!: number;

  @ManyToOne(() => Attendee, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'pending_reminders_attendee_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'eventId',
      foreignKeyConstraintName: 'pending_reminders_attendee_fkey',
    },
    {
      name: 'user_id',
      referencedColumnName: 'userId',
      foreignKeyConstraintName: 'pending_reminders_attendee_fkey',
    },
  ])
  attendee?: Attendee;

  @PrimaryColumn('integer', { name: 'minutes_before', primaryKeyConstraintName: 'pending_reminders_pkey' })
  minutesBefore!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pending_reminders_pkey' })
  method!: ReminderMethod;

  /** The URL that a webhook calls; null for the other methods. */
  @Column('text', { nullable: true })
  url!: string | null;

  /** The civil start that the series gives the occurrence, in the event's zone. */
  @Column('text', { name: 'original_start' })
  originalStart!: string;

  /** When the occurrence takes place, an override included. */
  @Column('timestamptz', { name: 'start_at' })
  startAt!: Date;

  @Column('timestamptz', { name: 'end_at' })
  endAt!: Date;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  /**
   * Since when the reminder is planned. A reminder of a later occurrence that was due before is skipped: the attendee
   * wanted none at that time.
   */
  @Column('timestamptz', { name: 'due_from', default: () => 'now()' })
  dueFrom!: Date;
}
