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
  UpdateDateColumn,
} from 'typeorm';
import { User } from '../../../users/store/user.entity.js';
import type { CalendarRole } from '../../model/grants/calendar-role.js';
import type { GrantRecord } from '../../model/grants/grant-record.js';
import { Calendar } from '../calendar.entity.js';

/**
 * The table of grants. A calendar has at most one grant for each user, and one for the tenant. A trigger adds the grant
 * of the tenant, with the role `reader`, to a calendar that an instance of the version before creates.
 */
@Entity('calendar_grants')
@Index('calendar_grants_user_key', ['tenantId', 'calendarId', 'userId'], { unique: true })
@Index('calendar_grants_tenant_key', ['tenantId', 'calendarId'], { unique: true, where: 'user_id IS NULL' })
@Index('calendar_grants_user_id_idx', ['tenantId', 'userId', 'calendarId'], { where: 'user_id IS NOT NULL' })
@Check('calendar_grants_role', `"role" IN ('none', 'free_busy_reader', 'reader', 'writer', 'owner')`)
export class CalendarGrant implements GrantRecord {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'calendar_grants_pkey',
  })
  tenantId!: number;

  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'calendar_grants_pkey',
  })
  id!: number;

  @Column('integer', { name: 'calendar_id' })
  calendarId!: number;

  @ManyToOne(() => Calendar, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'calendar_grants_calendar_id_fkey',
    },
    {
      name: 'calendar_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'calendar_grants_calendar_id_fkey',
    },
  ])
  calendar?: Calendar;

  /** The grantee; null: the tenant. */
  @Column('integer', { name: 'user_id', nullable: true })
  userId!: number | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'calendar_grants_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'calendar_grants_user_id_fkey' },
  ])
  user?: User;

  @Column('text')
  role!: CalendarRole;

  @Column('boolean', { name: 'sees_private', default: false })
  seesPrivate!: boolean;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
