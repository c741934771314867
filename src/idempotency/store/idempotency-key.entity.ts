import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const PRIMARY_KEY = { primaryKeyConstraintName: 'idempotency_keys_pkey' };

/** A request that was made under a key, and how it was answered; written with what the request has changed. */
@Entity('idempotency_keys')
@Index('idempotency_keys_created_at_idx', ['createdAt'])
export class IdempotencyKey {
  /** Keys of different callers do not meet. */
  @PrimaryColumn('text', PRIMARY_KEY)
  caller!: string;

  /** Method and path. */
  @PrimaryColumn('text', PRIMARY_KEY)
  operation!: string;

  @PrimaryColumn('text', PRIMARY_KEY)
  key!: string;

  /** Tells whether a repeat asks for the same. */
  @Column('text')
  fingerprint!: string;

  @Column({ type: 'json' })
  answer!: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
