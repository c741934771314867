import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { jsonListColumn } from '../../database/json-list-column.js';
import { Attendee } from '../../events/store/entities/attendee.entity.js';
import type { Reminder } from '../../users/model/reminder.js';
import { fromStoredReminder, toStoredReminder } from '../../users/model/stored/stored-settings.js';

/** The reminders that an attendee has set for an event in place of the defaults. */
@Entity('event_reminders')
@Index('event_reminders_before_tenants_key', { synchronize: false })
export class EventReminders {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'event_reminders_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'event_reminders_pkey' })
  eventId!: number;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'event_reminders_pkey' })
  userId!: number;

  @ManyToOne(() => Attendee, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'event_reminders_attendee_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'eventId',
      foreignKeyConstraintName: 'event_reminders_attendee_fkey',
    },
    {
      name: 'user_id',
      referencedColumnName: 'userId',
      foreignKeyConstraintName: 'event_reminders_attendee_fkey',
    },
  ])
  attendee?: Attendee;

  @Column('jsonb', { transformer: jsonListColumn(toStoredReminder, fromStoredReminder) })
  reminders!: Reminder[];
}
