import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import type { Scope } from '../../access/scope.js';
import { type ApiKeyRecord, MAX_API_KEY_NAME_LENGTH } from '../model/api-key-record.js';

@Entity('api_keys')
@Index('api_keys_created_by_key_id_idx', ['tenantId', 'createdByKeyId'])
@Check('api_keys_name_length', `char_length("name") BETWEEN 1 AND ${MAX_API_KEY_NAME_LENGTH}`)
@Check('api_keys_scopes', `cardinality("scopes") > 0`)
export class ApiKey implements ApiKeyRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'api_keys_pkey' })
  tenantId!: number;

  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'api_keys_pkey',
  })
  id!: number;

  /** A foreign key alone. The relation names the entity, since `tenants/` stands above this module. */
  @ManyToOne('Tenant', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'tenant_id', foreignKeyConstraintName: 'api_keys_tenant_id_fkey' })
  tenant?: unknown;

  @Column('text')
  name!: string;

  @Column('text')
  @Index('api_keys_prefix_idx')
  prefix!: string;

  /** No query selects it, except the one that identifies a caller. */
  @Column('text', { select: false })
  @Index('api_keys_hash_key', { unique: true })
  hash!: string;

  @Column('text', { array: true })
  scopes!: Scope[];

  @Column('integer', { name: 'created_by_key_id', nullable: true })
  createdByKeyId!: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  /** A revoked key stays, so that the keys that it made, and those that they made, can be found. */
  @Column({ name: 'revoked_at', type: 'timestamptz', precision: 3, nullable: true })
  revokedAt!: Date | null;
}
