import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  UpdateDateColumn,
} from 'typeorm';
import type { InviteStatus } from '../../model/event-words.js';
import { Attendee } from './attendee.entity.js';

/** The answer of an attendee to one occurrence of a series. */
@Entity('occurrence_answers')
@Index('occurrence_answers_before_tenants_key', { synchronize: false })
@Check(
  'occurrence_answers_original_start',
  String.raw`"original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`,
)
@Check('occurrence_answers_status', `"status" IN ('needs_action', 'accepted', 'declined', 'tentative')`)
export class OccurrenceAnswer {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'occurrence_answers_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'occurrence_answers_pkey' })
  eventId!: number;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'occurrence_answers_pkey' })
  userId!: number;

  @ManyToOne(() => Attendee, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'occurrence_answers_attendee_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'eventId',
      foreignKeyConstraintName: 'occurrence_answers_attendee_fkey',
    },
    {
      name: 'user_id',
      referencedColumnName: 'userId',
      foreignKeyConstraintName: 'occurrence_answers_attendee_fkey',
    },
  ])
  attendee?: Attendee;

  /** The civil original start of the occurrence, as in its override. */
  @PrimaryColumn('text', { name: 'original_start', primaryKeyConstraintName: 'occurrence_answers_pkey' })
  originalStart!: string;

  @Column('text')
  status!: InviteStatus;

  /** Whether the organizer has removed the attendee from the occurrence. The status is then `declined`. */
  @Column('boolean', { default: false })
  removed!: boolean;

  @Column('text', { nullable: true })
  comment!: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
