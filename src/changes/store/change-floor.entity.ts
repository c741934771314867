import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest transaction whose changes were removed from the log of a tenant. */
@Entity('change_floors')
export class ChangeFloor {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'change_floors_pkey' })
  tenantId!: number;

  @Column('bigint')
  xid!: string;
}
