import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AttemptCount } from '../model/attempt-limit.js';

/** The attempts of one subject to do something that is limited, such as to log in. */
@Entity('login_attempts')
@Index('login_attempts_before_tenants_key', { synchronize: false })
export class LoginAttempt implements AttemptCount {
  @PrimaryColumn('integer', {
    name: 'tenant_id',
    default: 1,
    primaryKeyConstraintName: 'login_attempts_pkey',
  })
  tenantId!: number;

  /** A hash, so that the table has no addresses. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_attempts_pkey' })
  subject!: string;

  @Column('integer')
  attempts!: number;

  @Column({ name: 'resets_at', type: 'timestamptz', precision: 3 })
  @Index('login_attempts_resets_at_idx')
  resetsAt!: Date;
}
