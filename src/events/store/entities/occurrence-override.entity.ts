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
import type { ShowAs } from '../../model/event-words.js';
import { Event } from './event.entity.js';

/**
 * An occurrence that differs from its series, or is cancelled (RFC 5545 §3.8.4.4). Null: the value of the series holds;
 * an empty text: no value, although the series has one.
 */
@Entity('occurrence_overrides')
@Index('occurrence_overrides_before_tenants_key', { synchronize: false })
@Check(
  'occurrence_overrides_original_start',
  String.raw`"original_start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`,
)
@Check('occurrence_overrides_start', String.raw`"start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`)
@Check('occurrence_overrides_duration', `"duration" > 0`)
@Check('occurrence_overrides_show_as', `"show_as" IN ('busy', 'free', 'tentative', 'out_of_office')`)
export class OccurrenceOverride {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'occurrence_overrides_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'occurrence_overrides_pkey' })
  eventId!: number;

  @ManyToOne(() => Event, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'occurrence_overrides_event_id_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'occurrence_overrides_event_id_fkey',
    },
  ])
  event?: Event;

  /** The civil start that the series gives the occurrence, in the event's zone: its identity, which no new zone data changes. */
  @PrimaryColumn('text', { name: 'original_start', primaryKeyConstraintName: 'occurrence_overrides_pkey' })
  originalStart!: string;

  @Column('boolean', { default: false })
  cancelled!: boolean;

  @Column('text', { nullable: true })
  start!: string | null;

  /** Seconds; whole days for an all-day series. One if `zeroLength` is true. */
  @Column('integer', { nullable: true })
  duration!: number | null;

  /** Whether the length is zero, as in the event. */
  @Column('boolean', { name: 'zero_length', default: false })
  zeroLength!: boolean;

  @Column('text', { nullable: true })
  title!: string | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  location!: string | null;

  @Column('text', { name: 'show_as', nullable: true })
  showAs!: ShowAs | null;

  /** What a file has of the occurrence that no other column carries; null: nothing. */
  @Column('jsonb', { nullable: true })
  content!: object | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
