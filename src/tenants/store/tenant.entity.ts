import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_TENANT_NAME_LENGTH } from '../model/tenant.js';

@Entity('tenants')
@Check('tenants_name_length', `char_length("name") BETWEEN 1 AND ${MAX_TENANT_NAME_LENGTH}`)
export class Tenant {
  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'tenants_pkey',
  })
  id!: number;

  @Column('text')
  name!: string;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
