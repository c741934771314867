import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import type { AttendeeRole, ImportedAs, InviteStatus } from '../../model/event-words.js';
import { Event } from './event.entity.js';

/** An attendee without an account, named by an address. Takes no time. */
@Entity('guests')
@Unique('guests_invite_id_key', ['tenantId', 'inviteId'])
@Unique('guests_address_key', ['tenantId', 'address', 'eventId'])
@Check('guests_role', `"role" IN ('required', 'optional')`)
@Check('guests_status', `"status" IN ('needs_action', 'accepted', 'declined', 'tentative')`)
@Check(
  'guests_occurrences_status',
  `"occurrences_status" IN ('needs_action', 'accepted', 'declined', 'tentative')`,
)
export class Guest {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'guests_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'guests_pkey' })
  eventId!: number;

  @ManyToOne(() => Event, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId', foreignKeyConstraintName: 'guests_event_id_fkey' },
    { name: 'event_id', referencedColumnName: 'id', foreignKeyConstraintName: 'guests_event_id_fkey' },
  ])
  event?: Event;

  /** The identity of the invite, from the sequence of the attendees' invites. */
  @PrimaryColumn('integer', {
    name: 'invite_id',
    default: () => `nextval('invite_ids')`,
    primaryKeyConstraintName: 'guests_pkey',
  })
  inviteId!: number;

  /** The normalised address. */
  @Column('text')
  address!: string;

  /** The address as the organizer wrote it. */
  @Column('text')
  email!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { default: 'required' })
  role!: AttendeeRole;

  @Column('text', { default: 'needs_action' })
  status!: InviteStatus;

  /** As in `Attendee`. */
  @Column('text', { name: 'occurrences_status', nullable: true })
  occurrencesStatus!: InviteStatus | null;

  @Column('text', { nullable: true })
  comment!: string | null;

  /**
   * The line of a file that names the guest; null: the organizer has invited the guest here. The service neither mails such a
   * guest nor makes the guest a user's invite.
   */
  @Column('text', { name: 'imported_as', nullable: true })
  importedAs!: ImportedAs | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
