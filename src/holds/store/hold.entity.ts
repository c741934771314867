import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { HoldRecord } from '../model/hold-record.js';

/** The holds, also those that are confirmed or have expired, for some time. */
@Entity('holds')
@Index('holds_created_by_user_idx', ['tenantId', 'createdByUserId', 'expiresAt'])
@Index('holds_created_by_key_idx', ['tenantId', 'createdByKeyId', 'expiresAt'])
@Index('holds_expires_at_idx', ['expiresAt'])
@Check('holds_creator', '"created_by_user_id" IS NULL OR "created_by_key_id" IS NULL')
@Check('holds_time', '"start_at" < "end_at"')
export class Hold implements Omit<HoldRecord, 'isOpen'> {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'holds_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'holds_pkey',
  })
  id!: number;

  /** A foreign key alone. The relation names the entity, since `tenants/` stands above this module. */
  @ManyToOne('Tenant', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'tenant_id', foreignKeyConstraintName: 'holds_tenant_id_fkey' })
  tenant?: unknown;

  @Column('integer', { name: 'user_ids', array: true })
  userIds!: number[];

  @Column('integer', { name: 'room_ids', array: true })
  roomIds!: number[];

  @Column({ name: 'start_at', type: 'timestamptz', precision: 0 })
  startAt!: Date;

  @Column({ name: 'end_at', type: 'timestamptz', precision: 0 })
  endAt!: Date;

  @Column('integer', { name: 'created_by_user_id', nullable: true })
  createdByUserId!: number | null;

  /** No foreign key: any key of the tenant may use the hold, also after the end of this one. */
  @Column('integer', { name: 'created_by_key_id', nullable: true })
  createdByKeyId!: number | null;

  /** No foreign key: a repeat of the confirmation gets the 404 of the event after its deletion. */
  @Column('integer', { name: 'event_id', nullable: true })
  eventId!: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  expiresAt!: Date;
}
