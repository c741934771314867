import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Event } from '../entities/event.entity.js';

/** What a file has of an event that no other column carries. That of a single occurrence is in its override. */
@Entity('event_contents')
export class EventContent {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'event_contents_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'event_contents_pkey' })
  eventId!: number;

  @ManyToOne(() => Event, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'event_contents_event_id_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'event_contents_event_id_fkey',
    },
  ])
  event?: Event;

  @Column('jsonb')
  content!: object;
}
