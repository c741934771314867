import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { THIS_TRANSACTION } from '../model/this-transaction.js';

/**
 * A row of an event as it was before a change: of `events`, or of a table of its attendees, overrides, answers or guests.
 * Triggers write it. Together with the present rows, it gives the event as each change left it.
 */
@Entity('event_previous_rows')
@Index('event_previous_rows_user_id_idx', ['tenantId', 'userId', 'xid'], { where: 'user_id IS NOT NULL' })
export class EventPreviousRow {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'event_previous_rows_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'event_previous_rows_pkey' })
  eventId!: number;

  /** The transaction of the change, as in `event_changes`. */
  @PrimaryColumn('bigint', {
    default: THIS_TRANSACTION,
    primaryKeyConstraintName: 'event_previous_rows_pkey',
  })
  xid!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'event_previous_rows_pkey' })
  part!: 'event' | 'attendee' | 'override' | 'answer' | 'guest' | 'guest_answer';

  /** The key of the row within the event, its columns with a space between them. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'event_previous_rows_pkey' })
  key!: string;

  /** The user of an attendee or an answer, or the organizer of a deleted event; null: the row concerns no single user. */
  @Column('integer', { name: 'user_id', nullable: true })
  userId!: number | null;

  /** The columns that the change set, as they were before; all columns if it removed the row; null: it added the row. */
  @Column('jsonb', { nullable: true })
  previous!: Readonly<Record<string, unknown>> | null;
}
