import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const PRIMARY_KEY = { primaryKeyConstraintName: 'idempotency_keys_pkey' };

/** A request with a key, and the stored response. The transaction of the request writes it. */
@Entity('idempotency_keys')
@Index('idempotency_keys_before_tenants_key', { synchronize: false })
@Index('idempotency_keys_created_at_idx', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'idempotency_keys_pkey',
  })
  tenantId!: number;

  @PrimaryColumn('text', PRIMARY_KEY)
  caller!: string;

  @PrimaryColumn('text', PRIMARY_KEY)
  operation!: string;

  @PrimaryColumn('text', PRIMARY_KEY)
  key!: string;

  @Column('text')
  fingerprint!: string;

  /** The stored response. */
  @Column({ type: 'json', name: 'answer' })
  response!: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
