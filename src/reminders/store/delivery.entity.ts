import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ReminderMethod } from '../../users/model/reminder.js';
import type { DeliveryStatus } from '../model/reminder-records.js';

/**
 * A reminder that came due for an occurrence, and the state of its delivery. The service fires each key once. The row
 * outlives the event: a foreign key would lock the row of the event, and wait for a change of the event that waits for
 * the reminder.
 */
@Entity('reminder_deliveries')
@Index('reminder_deliveries_next_attempt_at_idx', ['nextAttemptAt'], { where: `status = 'queued'` })
@Index('reminder_deliveries_tenant_id_next_attempt_at_idx', ['tenantId', 'nextAttemptAt'], {
  where: `status = 'queued'`,
})
@Index('reminder_deliveries_recorded_at_idx', ['recordedAt'], { where: `status <> 'queued'` })
@Check('reminder_deliveries_method', `"method" IN ('log', 'email', 'webhook')`)
@Check('reminder_deliveries_status', `"status" IN ('queued', 'fired', 'missed', 'failed', 'withdrawn')`)
@Index('reminder_deliveries_queued_idx', ['tenantId', 'notificationId'], { where: `status = 'queued'` })
@Check('reminder_deliveries_next_attempt_at', `"next_attempt_at" IS NULL OR "status" = 'queued'`)
@Check(
  'reminder_deliveries_original_start',
  String.raw`"original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`,
)
export class Delivery {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'reminder_deliveries_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  eventId!: number;

  /** The civil start that the series gives the occurrence, in the event's zone. */
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

  /** When the reminder was due. An occurrence that moves has another delivery. */
  @PrimaryColumn('timestamptz', { name: 'due_at', primaryKeyConstraintName: 'reminder_deliveries_pkey' })
  dueAt!: Date;

  /** When the delivery got its status. */
  @Column({ name: 'recorded_at', type: 'timestamptz', precision: 3 })
  recordedAt!: Date;

  @Column('integer', { default: 0 })
  attempts!: number;

  /**
   * When the version before makes the next attempt of a delivery that it has queued; null: the delivery is not queued, or
   * the outbox has it. The next version drops the column.
   */
  @Column({ name: 'next_attempt_at', type: 'timestamptz', precision: 3, nullable: true })
  nextAttemptAt!: Date | null;
}
