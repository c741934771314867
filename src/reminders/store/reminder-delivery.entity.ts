import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ReminderMethod } from '../../users/model/reminder.js';
import type { DeliveryStatus } from '../model/reminder-records.js';

/**
 * That a reminder came due for an occurrence, and what became of it; its key is what fires once. It outlives the
 * event: a foreign key would lock the event's row, and wait for a change of it that waits for the reminder.
 */
@Entity('reminder_deliveries')
@Index('reminder_deliveries_next_attempt_at_idx', ['nextAttemptAt'], { where: `status = 'queued'` })
@Index('reminder_deliveries_recorded_at_idx', ['recordedAt'], { where: `status <> 'queued'` })
@Check('reminder_deliveries_method', `"method" IN ('log', 'email', 'webhook')`)
@Check('reminder_deliveries_status', `"status" IN ('queued', 'fired', 'missed', 'failed', 'withdrawn')`)
@Check('reminder_deliveries_next_attempt_at', `("next_attempt_at" IS NOT NULL) = ("status" = 'queued')`)
@Check(
  'reminder_deliveries_original_start',
  String.raw`"original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`,
)
export class ReminderDelivery {
  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  eventId!: number;

  /** Civil start that the series gives the occurrence, in the event's zone. */
  @PrimaryColumn('text', { name: 'original_start', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  originalStart!: string;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  userId!: number;

  @PrimaryColumn('integer', { name: 'minutes_before', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  minutesBefore!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  method!: ReminderMethod;

  @Column('uuid', { name: 'notification_id' })
  notificationId!: string;

  @Column('text')
  status!: DeliveryStatus;

  @Column('text', { nullable: true })
  url!: string | null;

  /** The start of the occurrence minus `minutesBefore`: an occurrence that moved is reminded of again. */
  @PrimaryColumn('timestamptz', { name: 'due_at', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  dueAt!: Date;

  /** When it got its status. */
  @Column({ name: 'recorded_at', type: 'timestamptz', precision: 3 })
  recordedAt!: Date;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** While queued: when it is sent next, or sent again should its sender be lost. */
  @Column({ name: 'next_attempt_at', type: 'timestamptz', precision: 3, nullable: true })
  nextAttemptAt!: Date | null;
}
