import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Event } from './event.entity.js';

/** The words of an event, or of one of its occurrences, for the search. Triggers of the database write the rows. */
@Entity('event_texts')
@Index('event_texts_search_idx', { synchronize: false })
export class EventText {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'event_texts_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'event_texts_pkey' })
  eventId!: number;

  @ManyToOne(() => Event, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'event_texts_event_id_fkey',
    },
    { name: 'event_id', referencedColumnName: 'id', foreignKeyConstraintName: 'event_texts_event_id_fkey' },
  ])
  event?: Event;

  /** The civil original start of the occurrence; empty: the event itself. */
  @PrimaryColumn('text', { name: 'original_start', primaryKeyConstraintName: 'event_texts_pkey' })
  originalStart!: string;

  /** Title, description and location, without case and accents. */
  @Column('text')
  folded!: string;
}
