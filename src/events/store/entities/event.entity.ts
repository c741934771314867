import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import { MAX_EXTERNAL_ID_LENGTH } from '../../../platform/values/external-id.js';
import type { Metadata } from '../../../platform/values/metadata.js';
import type { SecondPasses } from '../../../scheduling/occurrences/second-passes.js';
import { User } from '../../../users/store/user.entity.js';
import type { Conference } from '../../model/appearance/conference.js';
import { MAX_TITLE_LENGTH } from '../../model/event-limits.js';
import type { EventStatus, ShowAs, Visibility } from '../../model/event-words.js';

/**
 * An event; a series if it repeats. Civil times (`start`, `rdates`, `exdates`) are ISO 8601 text: the
 * driver would turn `timestamp` into an instant of the process's own zone.
 */
@Entity('events')
@Unique('events_id_span_key', ['tenantId', 'id', 'span'])
@Index('events_organizer_id_idx', ['tenantId', 'organizerId'])
@Index('events_external_id_key', ['tenantId', 'externalId'], {
  unique: true,
  where: 'external_id IS NOT NULL',
})
@Index('events_uid_key', ['tenantId', 'uid', 'organizerId', 'uidNamespace'], {
  unique: true,
  where: 'uid IS NOT NULL',
})
@Index('events_before_tenants_key', { synchronize: false })
@Index('events_first_start_idx', { synchronize: false })
@Index('events_metadata_idx', { synchronize: false })
@Check('events_external_id_length', `char_length("external_id") BETWEEN 1 AND ${MAX_EXTERNAL_ID_LENGTH}`)
@Check('events_title_length', `char_length("title") BETWEEN 1 AND ${MAX_TITLE_LENGTH}`)
@Check('events_visibility', `"visibility" IN ('public', 'private')`)
@Check('events_show_as', `"show_as" IN ('busy', 'free', 'tentative', 'out_of_office')`)
@Check('events_status', `"status" IN ('confirmed', 'cancelled')`)
@Check('events_start', String.raw`"start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`)
@Check('events_duration', `"duration" > 0`)
@Check('events_span', `NOT isempty("span") AND NOT lower_inf("span")`)
export class Event {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'events_pkey' })
  tenantId!: number;

  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'events_pkey',
  })
  id!: number;

  /** The owner of the event: the organizer, unless `foreignOrganizer` is true. */
  @Column('integer', { name: 'organizer_id' })
  organizerId!: number;

  @ManyToOne(() => User)
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'events_organizer_id_fkey',
    },
    {
      name: 'organizer_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'events_organizer_id_fkey',
    },
  ])
  organizer?: User;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  location!: string | null;

  @Column('text', { default: 'public' })
  visibility!: Visibility;

  @Column('text', { name: 'show_as', default: 'busy' })
  showAs!: ShowAs;

  @Column('text', { default: 'confirmed' })
  status!: EventStatus;

  @Column('boolean', { name: 'all_day', default: false })
  allDay!: boolean;

  /**
   * Whether the days are those of each attendee. If such an event does not repeat, `rdates` has its start twice: an
   * instance of an earlier version, which does not read this column, takes the event as a series of one occurrence, and
   * not as lasting as long as `span`. If that instance moves the event, `rdates` has the start once.
   */
  @Column('boolean', { default: false })
  floating!: boolean;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  /** The zone of the end; null: that of the start. It moves no instant. */
  @Column('text', { name: 'end_time_zone', nullable: true })
  endTimeZone!: string | null;

  /** Civil start of the first occurrence in `timeZone`; midnight for an all-day event. */
  @Column('text')
  start!: string;

  /** Seconds; whole days for an all-day event. One if `zeroLength` is true. */
  @Column('integer')
  duration!: number;

  /**
   * Whether the length is zero, while `duration` is one. An instance of an earlier version, which refuses a series of no
   * length, reads one second.
   */
  @Column('boolean', { name: 'zero_length', default: false })
  zeroLength!: boolean;

  /** The RRULE's value without DTSTART (RFC 5545 §3.3.10); null: no rule repeats the event. */
  @Column('text', { name: 'rrule', nullable: true })
  rule!: string | null;

  @Column('text', { array: true, default: () => "'{}'" })
  rdates!: string[];

  @Column('text', { array: true, default: () => "'{}'" })
  exdates!: string[];

  /** The civil times in the second pass of a repeated hour; null: none, also if an earlier version wrote the row. */
  @Column('jsonb', { name: 'second_passes', nullable: true })
  secondPasses!: SecondPasses | null;

  /**
   * The civil original start from which on a change with `following` deleted the occurrences or made them another event.
   * The series ends before it. Null: no such change, also if an earlier version made it.
   */
  @Column('text', { name: 'ends_before', nullable: true })
  endsBefore!: string | null;

  /** Covers every occurrence, moved ones too; open while the series is endless. */
  @Column('tstzrange')
  span!: string;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  /** The UID of RFC 5545 that a file gave the event; null: the event has the one that follows from its id. */
  @Column('text', { nullable: true })
  uid!: string | null;

  /** The calendar within which the UID is unique: that of a subscription. 0: all calendars of the organizer, without those. */
  @Column('integer', { name: 'uid_namespace', default: 0 })
  uidNamespace!: number;

  /** Whether the organizer has no account, and is the guest that a file names as the organizer. The event is that of `organizer`. */
  @Column('boolean', { name: 'foreign_organizer', default: false })
  foreignOrganizer!: boolean;

  @Column('jsonb', { default: {} })
  metadata!: Metadata;

  @Column('text', { nullable: true })
  url!: string | null;

  @Column('text', { nullable: true })
  color!: string | null;

  @Column('text', { array: true, default: () => "'{}'" })
  categories!: string[];

  @Column('jsonb', { nullable: true })
  conference!: Conference | null;

  /** Rises with each change. */
  @Column('integer', { default: 1 })
  version!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
