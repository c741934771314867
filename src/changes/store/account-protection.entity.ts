import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { THIS_TRANSACTION } from '../model/this-transaction.js';

/**
 * An account for which callers without a token may act no more: it got its first password or its first account at a
 * provider, or was deleted. A trigger writes it. The row does not name the user, so that nothing of a deleted user stays.
 */
@Entity('account_protections')
@Index('account_protections_xid_idx', ['tenantId', 'xid'])
export class AccountProtection {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'account_protections_pkey' })
  tenantId!: number;

  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'account_protections_pkey',
  })
  sequence!: string;

  @Column('bigint', { default: THIS_TRANSACTION })
  xid!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at!: Date;
}
