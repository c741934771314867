import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** The versions of the calendars of a user. Triggers raise them. A user without a row has zero in both. */
@Entity('calendar_versions')
@Index('calendar_versions_settings_xid_idx', ['tenantId', 'settingsXid'])
export class CalendarVersion {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'calendar_versions_pkey' })
  tenantId!: number;

  /** A foreign key alone. The relation names the entity, since `tenants/` stands above this module. */
  @ManyToOne('Tenant', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'tenant_id', foreignKeyConstraintName: 'calendar_versions_tenant_id_fkey' })
  tenant?: unknown;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'calendar_versions_pkey' })
  userId!: number;

  /** Rises with each change of the user's busy time by events. */
  @Column('bigint', { default: 0 })
  entries!: string;

  /** Rises with each change of the user, the calendars and the grants on them. */
  @Column('bigint', { default: 0 })
  settings!: string;

  /** The transaction that raised `settings` last; null: none since the column exists. */
  @Column('bigint', { name: 'settings_xid', nullable: true })
  settingsXid!: string | null;

  /** The latest expiry of the holds on the user; null, or in the past: the user has no open hold. */
  @Column({ name: 'held_until', type: 'timestamptz', precision: 3, nullable: true })
  heldUntil!: Date | null;
}
