import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Event } from '../../events/store/entities/event.entity.js';
import { User } from '../../users/store/user.entity.js';

const TENANT_COLUMN = { name: 'tenant_id', referencedColumnName: 'tenantId' };
const KEY = { primaryKeyConstraintName: 'round_robin_assignments_pkey' };
const EVENT_FKEY = 'round_robin_assignments_event_id_fkey';
const USER_FKEY = 'round_robin_assignments_user_id_fkey';

/** The meetings that round robins have given to users. */
@Entity('round_robin_assignments')
@Index('round_robin_assignments_user_id_start_at_idx', ['tenantId', 'userId', 'startAt'])
export class RoundRobinAssignment {
  @PrimaryColumn('integer', { name: 'tenant_id', ...KEY })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', ...KEY })
  eventId!: number;

  @ManyToOne(() => Event, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: EVENT_FKEY },
    { name: 'event_id', referencedColumnName: 'id', foreignKeyConstraintName: EVENT_FKEY },
  ])
  event?: Event;

  @PrimaryColumn('integer', { name: 'user_id', ...KEY })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: USER_FKEY },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: USER_FKEY },
  ])
  user?: User;

  /** The members among whom the round robin chose. */
  @Column('integer', { name: 'member_ids', array: true })
  memberIds!: number[];

  /** The start of the meeting when it was booked. */
  @Column({ name: 'start_at', type: 'timestamptz', precision: 3 })
  startAt!: Date;

  @Column({ name: 'assigned_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  assignedAt!: Date;
}
