import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { RefreshTokenRecord } from '../model/refresh-token.js';

@Entity('refresh_tokens')
@Index('refresh_tokens_before_tenants_key', { synchronize: false })
@Index('refresh_tokens_family_idx', ['tenantId', 'family'])
@Index('refresh_tokens_user_id_idx', ['tenantId', 'userId'])
export class RefreshToken implements RefreshTokenRecord {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'refresh_tokens_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'refresh_tokens_pkey' })
  hash!: string;

  @Column('uuid')
  family!: string;

  @Column('integer', { name: 'user_id' })
  userId!: number;

  /** A foreign key alone. The relation names the entity, since `auth/` imports nothing of `users/`. */
  @ManyToOne('User', { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'refresh_tokens_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'refresh_tokens_user_id_fkey' },
  ])
  user?: unknown;

  @Column({ name: 'issued_at', type: 'timestamptz', precision: 3 })
  issuedAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  @Index('refresh_tokens_expires_at_idx')
  expiresAt!: Date;

  @Column('integer', { default: 0 })
  generation!: number;

  @Column({ name: 'used_at', type: 'timestamptz', precision: 3, nullable: true })
  usedAt!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', precision: 3, nullable: true })
  revokedAt!: Date | null;
}
