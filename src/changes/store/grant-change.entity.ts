import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { THIS_TRANSACTION } from '../model/this-transaction.js';

/** A change of a grant on a calendar. Triggers write it. A grant that comes with its calendar is no change. */
@Entity('grant_changes')
@Index('grant_changes_xid_idx', ['tenantId', 'xid'])
export class GrantChange {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'grant_changes_pkey' })
  tenantId!: number;

  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'grant_changes_pkey',
  })
  sequence!: string;

  @Column('bigint', { default: THIS_TRANSACTION })
  xid!: string;

  @Column('integer', { name: 'calendar_id' })
  calendarId!: number;

  /** The user of the calendar; null: the grant ended with the calendar. */
  @Column('integer', { name: 'owner_id', nullable: true })
  ownerId!: number | null;

  /** The user who has the grant; null: the tenant. */
  @Column('integer', { name: 'user_id', nullable: true })
  userId!: number | null;

  /** The role before the change; null: there was no grant. */
  @Column('text', { nullable: true })
  role!: string | null;

  @Column('boolean', { name: 'sees_private', nullable: true })
  seesPrivate!: boolean | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at!: Date;
}
