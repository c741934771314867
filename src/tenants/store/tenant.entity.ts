import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_TENANT_NAME_LENGTH, type TenantRecord } from '../model/tenant.js';

@Entity('tenants')
@Check('tenants_name_length', `char_length("name") BETWEEN 1 AND ${MAX_TENANT_NAME_LENGTH}`)
export class Tenant implements TenantRecord {
  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'tenants_pkey',
  })
  id!: number;

  @Column('text')
  name!: string;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  /** When a caller deleted the tenant. The row stays until the service has erased all data of the tenant. */
  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt!: Date | null;
}
