import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Calendar } from '../../calendars/store/calendar.entity.js';
import { User } from '../../users/store/user.entity.js';
import type { CalendarSubscriptionRecord, FetchFailureCode } from '../model/subscription-record.js';

const TENANT_COLUMN = { name: 'tenant_id', referencedColumnName: 'tenantId' };
const USER_FKEY = 'calendar_subscriptions_user_id_fkey';
const CALENDAR_FKEY = 'calendar_subscriptions_calendar_id_fkey';

/** The calendars elsewhere that the service fetches for its users. */
@Entity('calendar_subscriptions')
@Index('calendar_subscriptions_user_id_idx', ['tenantId', 'userId'])
@Index('calendar_subscriptions_next_fetch_at_idx', ['nextFetchAt'])
@Unique('calendar_subscriptions_calendar_id_key', ['tenantId', 'calendarId'])
@Check(
  'calendar_subscriptions_failure',
  '("last_error" IS NULL) = ("last_error_code" IS NULL) AND ("last_error" IS NULL) = ("failing_since" IS NULL)',
)
export class CalendarSubscription implements CalendarSubscriptionRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'calendar_subscriptions_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'calendar_subscriptions_pkey',
  })
  id!: number;

  @Column('integer', { name: 'user_id' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: USER_FKEY },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: USER_FKEY },
  ])
  user?: User;

  @Column('integer', { name: 'calendar_id' })
  calendarId!: number;

  @ManyToOne(() => Calendar, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: CALENDAR_FKEY },
    { name: 'calendar_id', referencedColumnName: 'id', foreignKeyConstraintName: CALENDAR_FKEY },
  ])
  calendar?: Calendar;

  @Column('text')
  url!: string;

  /** Those of the response of the last success, for a conditional request. */
  @Column('text', { nullable: true, select: false })
  etag!: string | null;

  @Column('text', { name: 'last_modified', nullable: true, select: false })
  lastModified!: string | null;

  /** The SHA-256 of the file of the last success. */
  @Column('text', { name: 'content_digest', nullable: true, select: false })
  contentDigest!: string | null;

  /** Seconds between two fetches, as the file of the last success wants. */
  @Column('integer', { name: 'refresh_interval', nullable: true, select: false })
  refreshInterval!: number | null;

  @Column({ name: 'last_attempt_at', type: 'timestamptz', precision: 3, nullable: true, select: false })
  lastAttemptAt!: Date | null;

  @Column({ name: 'last_success_at', type: 'timestamptz', precision: 3, nullable: true })
  lastSuccessAt!: Date | null;

  @Column({ name: 'failing_since', type: 'timestamptz', precision: 3, nullable: true })
  failingSince!: Date | null;

  /** The failed attempts since the last success. */
  @Column('integer', { default: 0, select: false })
  failures!: number;

  @Column('text', { name: 'last_error_code', nullable: true })
  lastErrorCode!: FetchFailureCode | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  /** While an instance fetches the calendar, the end of its lease. */
  @Column({ name: 'next_fetch_at', type: 'timestamptz', precision: 3 })
  nextFetchAt!: Date;

  @Column({ name: 'leased_until', type: 'timestamptz', precision: 3, nullable: true, select: false })
  leasedUntil!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
