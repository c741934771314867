import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import { Calendar } from '../../../calendars/store/calendar.entity.js';
import { THIS_TRANSACTION } from '../../../changes/model/this-transaction.js';
import { User } from '../../../users/store/user.entity.js';
import type { AttendeeRole, InviteStatus, ParticipationStatus } from '../../model/event-words.js';
import { Event } from './event.entity.js';

/**
 * The part of a user in an event: the organizer, or an attendee with an invite. `span` is a copy of the event's, which the
 * foreign key keeps equal, so that one GiST index on (tenant, user, span) finds the events of a user in a window, and another
 * one on (tenant, calendar, span) those of a calendar.
 */
@Entity('attendees')
@Unique('attendees_invite_id_key', ['tenantId', 'inviteId'])
@Index('attendees_organizer_key', ['tenantId', 'eventId'], { unique: true, where: `status = 'organizer'` })
@Index('attendees_before_tenants_key', { synchronize: false })
@Index('attendees_invite_id_before_tenants_key', { synchronize: false })
@Index('attendees_user_id_span_idx', { synchronize: false })
@Index('attendees_calendar_id_span_idx', { synchronize: false })
@Index('attendees_taking_part_idx', ['tenantId', 'userId', 'eventId'], {
  where: `status IN ('organizer', 'accepted')`,
})
@Index('attendees_taking_part_at_occurrences_idx', ['tenantId', 'userId', 'eventId'], {
  where: `status = 'declined' AND occurrences_status = 'accepted'`,
})
@Check('attendees_status', `"status" IN ('organizer', 'needs_action', 'accepted', 'declined', 'tentative')`)
@Check('attendees_role', `"role" IN ('required', 'optional')`)
@Check(
  'attendees_occurrences_status',
  `"occurrences_status" IN ('needs_action', 'accepted', 'declined', 'tentative')`,
)
@Check('attendees_invite_id', `("invite_id" IS NULL) = ("status" = 'organizer')`)
export class Attendee {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'attendees_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'event_id', primaryKeyConstraintName: 'attendees_pkey' })
  eventId!: number;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'attendees_pkey' })
  userId!: number;

  @Column('tstzrange')
  span!: string;

  @ManyToOne(() => Event, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'attendees_event_id_span_fkey',
    },
    {
      name: 'event_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'attendees_event_id_span_fkey',
    },
    { name: 'span', referencedColumnName: 'span', foreignKeyConstraintName: 'attendees_event_id_span_fkey' },
  ])
  event?: Event;

  @ManyToOne(() => User)
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'attendees_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'attendees_user_id_fkey' },
  ])
  user?: User;

  /** The calendar of the user that has the event; null: none has it. */
  @Column('integer', { name: 'calendar_id', nullable: true })
  calendarId!: number | null;

  @ManyToOne(() => Calendar)
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'attendees_calendar_id_fkey',
    },
    {
      name: 'user_id',
      referencedColumnName: 'userId',
      foreignKeyConstraintName: 'attendees_calendar_id_fkey',
    },
    {
      name: 'calendar_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'attendees_calendar_id_fkey',
    },
  ])
  calendar?: Calendar;

  /** The identity of the invite; null for the organizer. */
  @Column('integer', { name: 'invite_id', nullable: true })
  inviteId!: number | null;

  @Column('text')
  status!: ParticipationStatus;

  @Column('text', { default: 'required' })
  role!: AttendeeRole;

  /**
   * Not null and `status` declined: the user attends only those occurrences that have an answer, and this status sums up the
   * answers. To the version before, such a user has declined the other occurrences.
   */
  @Column('text', { name: 'occurrences_status', nullable: true })
  occurrencesStatus!: InviteStatus | null;

  @Column('text', { nullable: true })
  comment!: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;

  /** The transaction that put the event into the calendar; null: one before the log of changes. */
  @Column('bigint', { name: 'gained_xid', nullable: true, default: THIS_TRANSACTION })
  gainedXid!: string | null;
}
