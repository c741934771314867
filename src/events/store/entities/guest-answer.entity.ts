import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { InviteStatus } from '../../model/event-words.js';
import { Guest } from './guest.entity.js';

/** The answer of a guest to one occurrence of a series. */
@Entity('guest_answers')
@Check('guest_answers_original_start', String.raw`"original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`)
@Check('guest_answers_status', `"status" IN ('needs_action', 'accepted', 'declined', 'tentative')`)
export class GuestAnswer {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'guest_answers_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'guest_answers_pkey' })
  eventId!: number;

  @PrimaryColumn('integer', { name: 'invite_id', primaryKeyConstraintName: 'guest_answers_pkey' })
  inviteId!: number;

  @ManyToOne(() => Guest, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'guest_answers_guest_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'eventId',
      foreignKeyConstraintName: 'guest_answers_guest_fkey',
    },
    {
      name: 'invite_id',
      referencedColumnName: 'inviteId',
      foreignKeyConstraintName: 'guest_answers_guest_fkey',
    },
  ])
  guest?: Guest;

  /** The civil original start of the occurrence, as in its override. */
  @PrimaryColumn('text', { name: 'original_start', primaryKeyConstraintName: 'guest_answers_pkey' })
  originalStart!: string;

  @Column('text')
  status!: InviteStatus;

  @Column('boolean', { default: false })
  removed!: boolean;

  @Column('text', { nullable: true })
  comment!: string | null;
}
