import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Calendar } from '../../calendars/store/calendar.entity.js';
import type { FeedDetail, FeedRecord } from '../model/feed-record.js';

const CALENDAR_FKEY = 'calendar_feeds_calendar_id_fkey';

/** The addresses at which programs read a calendar without a token of a user. */
@Entity('calendar_feeds')
@Index('calendar_feeds_calendar_id_idx', ['tenantId', 'calendarId'])
@Unique('calendar_feeds_token_hash_key', ['tokenHash'])
@Check('calendar_feeds_detail', `"detail" IN ('full', 'busy')`)
export class CalendarFeed implements FeedRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'calendar_feeds_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'calendar_feeds_pkey',
  })
  id!: number;

  @Column('integer', { name: 'calendar_id' })
  calendarId!: number;

  @ManyToOne(() => Calendar, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId', foreignKeyConstraintName: CALENDAR_FKEY },
    { name: 'calendar_id', referencedColumnName: 'id', foreignKeyConstraintName: CALENDAR_FKEY },
  ])
  calendar?: Calendar;

  @Column('text')
  detail!: FeedDetail;

  @Column('boolean', { name: 'include_private' })
  includePrivate!: boolean;

  /** The SHA-256 of the token of the address. */
  @Column('text', { name: 'token_hash', select: false })
  tokenHash!: string;

  @Column('integer', { name: 'created_by_key_id', nullable: true })
  createdByKeyId!: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
