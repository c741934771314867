import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** Links an account at an OpenID Connect provider to a user. An address may change; the subject of an account does not. */
@Entity('external_identities')
@Index('external_identities_before_tenants_key', { synchronize: false })
@Unique('external_identities_user_id_key', ['tenantId', 'userId', 'issuer'])
export class ExternalIdentity {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'external_identities_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'external_identities_pkey' })
  issuer!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'external_identities_pkey' })
  subject!: string;

  @Column('integer', { name: 'user_id' })
  userId!: number;

  /** A foreign key alone. The relation names the entity, since `auth/` imports nothing of `users/`. */
  @ManyToOne('User', { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'external_identities_user_id_fkey',
    },
    {
      name: 'user_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'external_identities_user_id_fkey',
    },
  ])
  user?: unknown;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
