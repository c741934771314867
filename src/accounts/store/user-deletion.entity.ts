import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { UserDeletionRecord } from '../model/user-deletion.js';

const PRIMARY_KEY = { primaryKeyConstraintName: 'user_deletions_pkey' };

@Entity('user_deletions')
export class UserDeletion implements UserDeletionRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, ...PRIMARY_KEY })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'user_id', ...PRIMARY_KEY })
  userId!: number;

  @ManyToOne('User', { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'user_deletions_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'user_deletions_user_id_fkey' },
  ])
  user?: unknown;

  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3 })
  @Index('user_deletions_deleted_at_idx')
  deletedAt!: Date;

  /** No foreign key: this user may be deleted before the work is done. */
  @Column('integer', { name: 'transfer_to', nullable: true })
  transferTo!: number | null;

  @Column('boolean', { default: false })
  swept!: boolean;
}
