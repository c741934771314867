import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often it was tried to log in to an account, or from an address. In PostgreSQL, so that instances share it. */
@Entity('login_attempts')
export class LoginAttempt {
  /** A hash: whoever reads the table learns no address. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_attempts_pkey' })
  subject!: string;

  @Column('integer')
  attempts!: number;

  @Column({ name: 'resets_at', type: 'timestamptz', precision: 3 })
  @Index('login_attempts_resets_at_idx')
  resetsAt!: Date;
}
