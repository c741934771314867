import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../../../users/store/user.entity.js';
import { Event } from './event.entity.js';

/**
 * A decline of a user whom the organizer has removed from the event since. If the organizer invites the user to the
 * event again, the invitation starts as declined.
 */
@Entity('remembered_declines')
@Index('remembered_declines_before_tenants_key', { synchronize: false })
@Check(
  'remembered_declines_original_start',
  String.raw`"original_start" = '' OR "original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`,
)
export class RememberedDecline {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'remembered_declines_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'remembered_declines_pkey' })
  eventId!: number;

  @ManyToOne(() => Event, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'remembered_declines_event_id_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'remembered_declines_event_id_fkey',
    },
  ])
  event?: Event;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'remembered_declines_pkey' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'remembered_declines_user_id_fkey',
    },
    {
      name: 'user_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'remembered_declines_user_id_fkey',
    },
  ])
  user?: User;

  /** Civil original start of the declined occurrence; empty: the user declined the whole event. */
  @PrimaryColumn('text', {
    name: 'original_start',
    primaryKeyConstraintName: 'remembered_declines_pkey',
  })
  originalStart!: string;

  @Column('text', { nullable: true })
  comment!: string | null;
}
